//===-- SharedMembers.h - Members that refer to one object ------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds members of several classes that refer to one object: one function
// passes the object to the constructors of both, which bind their references or
// pointers to it.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_SHAREDMEMBERS_H
#define COROLINT_ACCESS_SHAREDMEMBERS_H

#include "access/Access.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace corolint {

/// The bindings in one AST. Not thread-safe.
class SharedMembers {
public:
  /// Scans \p Functions, which are all that are visible.
  SharedMembers(AccessAnalysis &Accesses,
                llvm::ArrayRef<const clang::FunctionDecl *> Functions);

  using Set = llvm::SmallSetVector<const clang::ValueDecl *, 4>;

  /// The other members and variables that denote, or refer to, an object that
  /// \p Member denotes or refers to.
  const Set &others(const clang::ValueDecl &Member);

  /// Whether \p Path ends at the object that its last member or variable
  /// denotes or refers to.
  static bool isObject(const AccessPath &Path);

  /// Whether \p Made changes such an object.
  static bool changesObject(const Access &Made);

private:
  void scan(const clang::FunctionDecl &Function);
  void construct(const clang::CXXConstructorDecl &Constructor,
                 llvm::ArrayRef<const clang::Expr *> Arguments,
                 const Body &Walked);
  void make(const clang::CallExpr &Call, const Body &Walked);
  void bind(const clang::ValueDecl &To, const clang::Expr &Value,
            const Body &Walked);
  Set sourcesOf(const clang::ValueDecl &Member) const;

  AccessAnalysis &Accesses;
  Facts &Unit;
  /// What each reference or pointer is bound to.
  llvm::MapVector<const clang::ValueDecl *, Set> Bound;
  llvm::DenseMap<const clang::ValueDecl *, Set> Others;
};

} // namespace corolint

#endif // COROLINT_ACCESS_SHAREDMEMBERS_H
