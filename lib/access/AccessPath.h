//===-- AccessPath.h - Names for shared state -------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An access path leads from a root (`this`, a variable) over members and
// elements to some state: `this->topics[].assigned`. Unlike a flow place, it
// has the same meaning in every function, so accesses of different functions
// can be compared, and a callee's path can be mapped to its caller's.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_ACCESSPATH_H
#define COROLINT_ACCESS_ACCESSPATH_H

#include "code/Facts.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>
#include <string>

namespace corolint {

/// A piece of state, identified by the path to it.
struct AccessPath {
  /// The variable at the root; null for `this`.
  const clang::ValueDecl *Root = nullptr;
  /// The members on the path from the root. A null step leads from a pointer to
  /// its object, or from a container to its elements, which are not
  /// distinguished.
  llvm::SmallVector<const clang::FieldDecl *, 3> Steps;

  friend bool operator==(const AccessPath &A, const AccessPath &B) {
    return A.Root == B.Root && A.Steps == B.Steps;
  }
  friend bool operator<(const AccessPath &A, const AccessPath &B) {
    return std::tie(A.Root, A.Steps) < std::tie(B.Root, B.Steps);
  }

  /// Whether \p Other is this state or a part of it.
  bool contains(const AccessPath &Other) const {
    return Root == Other.Root && Steps.size() <= Other.Steps.size() &&
           std::equal(Steps.begin(), Steps.end(), Other.Steps.begin());
  }
  bool isThis() const { return !Root && Steps.empty(); }

  /// The last member of the path, or else the root variable; null for `this`
  /// itself. Paths of two functions to the same state have the same key.
  const clang::ValueDecl *key() const;

  /// Appends a member, or (null) an element. Elements of elements are one step.
  void append(const clang::FieldDecl *Step);

  /// The path in messages: `handle`, `conn->open`.
  std::string name() const;
};

/// Longer paths, which recursive structures cause, are not followed.
constexpr unsigned MaxPathLength = 8;

/// Resolves expressions of one function to paths. Not thread-safe.
class PathResolver {
public:
  /// \p ReturnedPath returns the path to which the result of a callee refers,
  /// in terms of the callee.
  using Returned = llvm::function_ref<std::optional<AccessPath>(
      const clang::FunctionDecl &)>;

  PathResolver(Facts &Unit, const Body &Walked) : Unit(Unit), Walked(Walked) {}

  /// The state that \p E names or points to. Nothing if unknown, or if \p E is
  /// a separate value.
  std::optional<AccessPath> of(const clang::Expr *E, Returned ReturnedPath);

  /// The object \p E of a method call or, through a pointer, the object it
  /// points to.
  std::optional<AccessPath> ofObject(const clang::Expr &E,
                                     Returned ReturnedPath);

  /// Translates \p Path of a callee to the caller, with \p Operands for the
  /// callee's object and parameters.
  std::optional<AccessPath> map(const AccessPath &Path,
                                const clang::FunctionDecl &Callee,
                                const CallOperands &Operands,
                                Returned ReturnedPath);

  /// Whether the local \p Variable always denotes the object named by its
  /// initialiser: a reference, or a pointer that is never assigned.
  bool isAlias(const clang::VarDecl &Variable) const;

  /// Whether \p E is a smart pointer to the object itself, returned by a method
  /// of the class without arguments.
  bool isOwnHandle(const clang::Expr &E) const;

private:
  struct Trail;

  std::optional<AccessPath> follow(const clang::Expr *E, Returned ReturnedPath);
  /// Takes one step along \p Way.
  void followStep(Trail &Way, Returned ReturnedPath);
  void followMember(const clang::MemberExpr &Member, Trail &Way,
                    Returned ReturnedPath);
  void followCall(const clang::CallExpr &Call, Trail &Way,
                  Returned ReturnedPath);
  std::optional<AccessPath> ofVariable(const clang::ValueDecl &Variable,
                                       Returned ReturnedPath);
  const clang::Expr *passedThrough(const clang::CallExpr &Call);

  Facts &Unit;
  const Body &Walked;
  unsigned Depth = 0;
};

/// Whether objects of \p Class stand in for the object they point to, by
/// `operator->`.
bool isPointerLike(const clang::CXXRecordDecl &Class);

/// Whether a value of \p Type refers to an object of another owner: a pointer,
/// or an iterator. A copied smart pointer is an owner itself.
bool isIndirect(clang::QualType Type);

/// Whether \p Init copies the value of a pointer, as opposed to pointing to the
/// object that it names.
bool copiesPointer(const clang::Expr &Init);

} // namespace corolint

#endif // COROLINT_ACCESS_ACCESSPATH_H
