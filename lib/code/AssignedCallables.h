//===-- AssignedCallables.h - Callables assigned to objects -----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds the callables that a variable or data member may hold because some
// function of the unit stored them there: by assignment, by a method of a
// library's wrapper or container (`handlers.emplace(id, callable)`), by an
// initialiser, or through a parameter of a function that does one of these.
//
// Objects of one class are not distinguished. A member that receives many
// different callables belongs to a general-purpose class, so nothing is known
// about any single object.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CODE_ASSIGNEDCALLABLES_H
#define COROLINT_CODE_ASSIGNEDCALLABLES_H

#include "code/Facts.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace corolint {

/// The callables that objects of one AST may hold. Not thread-safe.
class AssignedCallables {
public:
  explicit AssignedCallables(Facts &Unit) : Unit(Unit) {}

  using Functions = llvm::SmallVector<const clang::FunctionDecl *, 4>;

  /// The functions that calling \p Called may run, according to the stores in
  /// \p Bodies. The first call searches the bodies; later calls must pass the
  /// same.
  Functions of(const clang::Expr &Called,
               llvm::ArrayRef<const clang::FunctionDecl *> Bodies);

private:
  /// A variable or data member, or an element of one.
  struct Root {
    const clang::ValueDecl *Object = nullptr;
    bool IsElement = false;
  };
  using Callables = llvm::SmallSetVector<const clang::FunctionDecl *, 2>;
  using Parameter = std::pair<const clang::FunctionDecl *, unsigned>;

  Root rootOf(const clang::Expr *E);
  void search(const clang::FunctionDecl &Definition);
  void searchSite(const Site &S);
  bool handOver(const clang::FunctionDecl &Definition);
  bool store(const clang::ValueDecl &Object, const clang::Expr *Value);

  Facts &Unit;
  bool Searched = false;
  llvm::DenseMap<const clang::ValueDecl *, Callables> Given;
  /// The objects in which a parameter is stored.
  llvm::MapVector<Parameter, llvm::SmallSetVector<const clang::ValueDecl *, 1>>
      GivenParameters;
};

} // namespace corolint

#endif // COROLINT_CODE_ASSIGNEDCALLABLES_H
