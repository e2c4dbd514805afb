//===-- Access.h - Reads and changes of shared state ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Computes which state a statement reads and changes, and, over calls, which
// state a function does. Models describe containers and owning pointers. Code
// that is not visible is assumed to change nothing, but nothing is known about
// the state afterwards: such an access is a `Touch`.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_ACCESS_H
#define COROLINT_ACCESS_ACCESS_H

#include "access/AccessPath.h"
#include <vector>

namespace corolint {

enum class AccessKind : uint8_t {
  Read,    ///< Its value is read or tested.
  Use,     ///< The object it refers to is used, so it must exist.
  Write,   ///< Assigned.
  Change,  ///< Read and written in one step: `++n`.
  Insert,  ///< Elements are added.
  Erase,   ///< Elements are removed.
  Replace, ///< Everything is replaced: `clear`, `reset`, moved from.
  AtOnce,  ///< Checked in one step with the following change: `try_emplace`.
  Touch,   ///< Passed to code that is not visible.
};

/// Whether an access of this kind visibly changes the state.
inline bool isChange(AccessKind Kind) {
  return Kind > AccessKind::Use && Kind < AccessKind::AtOnce;
}

/// One access to some state.
struct Access {
  AccessPath Path;
  AccessKind Kind = AccessKind::Read;
  clang::SourceLocation Where;
  const clang::Expr *Value = nullptr; ///< Write: the assigned value.
  const clang::Expr *Key = nullptr;   ///< Of an element, if any.
  /// The function that contains the access, if it is a callee of the queried
  /// function.
  const clang::FunctionDecl *Through = nullptr;
  bool Adds = false; ///< Change: `++n`, `n += k`.
};

using AccessList = std::vector<Access>;

/// Which iterators and references a change of a container invalidates.
enum class Invalidation : uint8_t { None, Iterators, All };

/// Computes and caches the accesses of the functions of one AST. Not
/// thread-safe.
class AccessAnalysis {
public:
  explicit AccessAnalysis(Facts &Unit) : Unit(Unit) {}

  /// Adds the accesses of the node \p S in \p Walked, including those of
  /// functions that it calls. Its operands are separate nodes.
  void at(const clang::Stmt &S, const Body &Walked, AccessList &Found);

  /// The accesses that evaluating all of \p E makes.
  AccessList within(const clang::Expr &E, const Body &Walked);

  /// Every access of \p Definition and its callees to state that its caller can
  /// name.
  const AccessList &summary(const clang::FunctionDecl &Definition);

  /// The accesses in \p Definition itself, one for each node, without calls.
  const AccessList &direct(const clang::FunctionDecl &Definition);

  /// The state to which the result of \p Callee refers.
  std::optional<AccessPath> returned(const clang::FunctionDecl &Callee);

  std::optional<AccessPath> pathOf(const clang::Expr *E, const Body &Walked);

  /// The state of \p E, the object of a method call or, through a pointer, the
  /// object it points to.
  std::optional<AccessPath> objectOf(const clang::Expr &E, const Body &Walked);

  /// The definition of \p Callee to analyse, or null if only models or
  /// annotations describe it, or if no body is visible.
  const clang::FunctionDecl *visible(const clang::FunctionDecl &Callee);

  /// The iterators into a container of \p Type that an access of \p Kind
  /// invalidates.
  Invalidation invalidation(clang::QualType Type, AccessKind Kind);

  Facts &Unit;

private:
  struct Collector;
  void collect(const clang::FunctionDecl &Definition);
  bool merge(const clang::FunctionDecl &Caller,
             const clang::FunctionDecl &Callee, const CallOperands &Operands,
             clang::SourceLocation Where, AccessList &Into);
  PathResolver &resolver(const Body &Walked);

  /// A call of a function whose summary is included in the caller's.
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
