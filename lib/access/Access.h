//===-- Access.h - What functions do to shared state ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tells which state a statement reads and changes, and, over calls, which state
// a function does. Containers and owning pointers are known from models. What
// cannot be seen changes nothing, but nothing is known afterwards either: it is
// a `Touch`.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_ACCESS_H
#define COROLINT_ACCESS_ACCESS_H

#include "access/AccessPath.h"
#include <vector>

namespace corolint {

enum class AccessKind : uint8_t {
  Read,    ///< Its value is read or tested.
  Use,     ///< What it points to or holds is used, and so must be there.
  Write,   ///< Assigned.
  Change,  ///< Read and written in one step: `++n`.
  Insert,  ///< Elements are added.
  Erase,   ///< Elements are removed.
  Replace, ///< Everything is replaced: `clear`, `reset`, moved from.
  AtOnce,  ///< Checked in the step of the change that follows: `try_emplace`.
  Touch,   ///< Handed to code that cannot be seen.
};

/// Whether an access of this kind changes the state, as far as can be seen.
inline bool isChange(AccessKind Kind) {
  return Kind > AccessKind::Use && Kind < AccessKind::AtOnce;
}

/// One access to some state.
struct Access {
  AccessPath Path;
  AccessKind Kind = AccessKind::Read;
  clang::SourceLocation Where;
  const clang::Expr *Value = nullptr; ///< Write: the assigned value.
  const clang::Expr *Key = nullptr;   ///< Of an element, if there is one.
  /// The function whose body makes the access, where it is not the one asked
  /// about but one that this calls.
  const clang::FunctionDecl *Through = nullptr;
  bool Adds = false; ///< Change: `++n`, `n += k`.
};

using AccessList = std::vector<Access>;

/// What changing a container does to iterators and references into it.
enum class Invalidation : uint8_t { None, Iterators, All };

/// The accesses of the functions of one AST, computed on demand and remembered.
/// Not thread-safe.
class AccessAnalysis {
public:
  explicit AccessAnalysis(Facts &Unit) : Unit(Unit) {}

  /// Adds the accesses that the node \p S itself makes in \p Walked, those of
  /// the functions that it calls included; its operands are nodes of their own.
  void at(const clang::Stmt &S, const Body &Walked, AccessList &Found);

  /// The accesses that evaluating all of \p E makes.
  AccessList within(const clang::Expr &E, const Body &Walked);

  /// Every access of \p Definition and of what it calls to state that its
  /// caller can name.
  const AccessList &summary(const clang::FunctionDecl &Definition);

  /// The accesses of \p Definition itself: one for each node, none over calls.
  const AccessList &direct(const clang::FunctionDecl &Definition);

  /// The state that the result of \p Callee refers to.
  std::optional<AccessPath> returned(const clang::FunctionDecl &Callee);

  std::optional<AccessPath> pathOf(const clang::Expr *E, const Body &Walked);

  /// The object \p E that a method is called on: through a pointer, the state
  /// that it points to.
  std::optional<AccessPath> objectOf(const clang::Expr &E, const Body &Walked);

  /// The definition of \p Callee to look into; null where models or annotations
  /// alone describe it, or where no body can be seen.
  const clang::FunctionDecl *visible(const clang::FunctionDecl &Callee);

  /// What an access of \p Kind does to iterators into a container of \p Type.
  Invalidation invalidation(clang::QualType Type, AccessKind Kind);

  Facts &Unit;

private:
  struct Collector;
  void collect(const clang::FunctionDecl &Definition);
  bool merge(const clang::FunctionDecl &Caller,
             const clang::FunctionDecl &Callee, const CallOperands &Operands,
             clang::SourceLocation Where, AccessList &Into);
  PathResolver &resolver(const Body &Walked);

  /// A call of a function whose summary is the caller's, too.
  struct Call {
    const clang::FunctionDecl *Callee;
    const clang::Stmt *Node;
    clang::SourceLocation Where;
  };
  struct Known {
    AccessList Direct, All;
    std::vector<Call> Calls;
  };
  Known &known(const clang::FunctionDecl &Definition);

  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Known>> Functions;
  llvm::DenseSet<const clang::FunctionDecl *> Solved;
  llvm::DenseMap<const clang::FunctionDecl *, std::optional<AccessPath>>
      Returned;
  llvm::DenseMap<const Body *, std::unique_ptr<PathResolver>> Resolvers;
  unsigned ReturnDepth = 0;
};

} // namespace corolint

#endif // COROLINT_ACCESS_ACCESS_H
