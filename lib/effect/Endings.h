//===-- Endings.h - Functions that end the process --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function ends the process if every path through it ends in a call that
// does: of a function declared noreturn, or of another such function. An
// endless loop does not count, and neither does a throw, so a noreturn function
// counts only if it does not throw.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_ENDINGS_H
#define COROLINT_EFFECT_ENDINGS_H

#include "code/Facts.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/BitVector.h"

namespace corolint {

/// The functions of one AST that end the process. Not thread-safe.
class Endings {
public:
  explicit Endings(Facts &Unit) : Unit(Unit) {}

  /// Includes \p Definition and the functions that it calls. The queries below
  /// are valid after `settle`.
  void consider(const clang::FunctionDecl &Definition);
  void settle();

  /// Whether calling \p Callee ends the process.
  bool endsProcess(const clang::FunctionDecl &Callee);

  /// Whether \p Definition contains a call that ends the process.
  bool mayEnd(const clang::FunctionDecl &Definition) const {
    return Fatal.contains(&Definition);
  }

  /// The functions of other translation units that \p Definition calls and that
  /// may end the process although they are not declared to: they return
  /// nothing. At most `MaxOpen`, in source order.
  llvm::SmallVector<const clang::FunctionDecl *, 2>
  openEndings(const clang::FunctionDecl &Definition);

  /// The blocks of \p Graph from which control can leave the function or loop
  /// forever, by number. All others end the process.
  llvm::BitVector survivingBlocks(const clang::CFG &Graph,
                                  const clang::FunctionDecl &Function,
                                  const clang::FunctionDecl *Assumed = nullptr);

private:
  /// A limit on the assumptions under which a function is judged.
  static constexpr unsigned MaxOpen = 8;

  bool isDeclaredToEnd(const clang::FunctionDecl &Callee);
  bool endsIn(const clang::CFGBlock &Block, const clang::FunctionDecl *Assumed);
  bool throwsIn(const clang::CFGBlock &Block);
  bool everyPathEnds(const clang::FunctionDecl &Definition);
  void addCandidate(const clang::FunctionDecl &Definition);

  Facts &Unit;
  llvm::DenseSet<const clang::FunctionDecl *> Considered;
  /// Functions that contain a call that ends the process.
  llvm::DenseSet<const clang::FunctionDecl *> Fatal;
  /// Functions with a body that end the process.
  llvm::DenseSet<const clang::FunctionDecl *> Ending;
  llvm::DenseMap<const clang::FunctionDecl *,
                 llvm::SmallVector<const clang::FunctionDecl *, 2>>
      Callers;
  std::vector<const clang::FunctionDecl *> ToScan;
  std::vector<const clang::FunctionDecl *> Candidates;
};

} // namespace corolint

#endif // COROLINT_EFFECT_ENDINGS_H
