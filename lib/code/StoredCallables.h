//===-- StoredCallables.h - Callables in tables and objects -----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds the functions that a call through a stored callable may run. It may be
// stored in an element of a constant table, in a member of a constant object,
// or in a member that is only ever bound to one function, of a class that no
// other file knows.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CODE_STOREDCALLABLES_H
#define COROLINT_CODE_STOREDCALLABLES_H

#include "code/Body.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace corolint {

class ModelIndex;

/// The stored callables of one AST. Not thread-safe.
class StoredCallables {
public:
  StoredCallables(clang::ASTContext &Context, ModelIndex &Models)
      : Context(Context), Models(Models) {}

  using Functions = llvm::SmallVector<const clang::FunctionDecl *, 4>;

  /// The functions that calling \p Called in \p Within may run, in source
  /// order. Empty if invisible code may change the stored callables.
  Functions of(const clang::Expr &Called, const Body &Within);

private:
  using Values = llvm::SmallVector<const clang::Expr *, 8>;

  bool addValues(const clang::Expr *E, const Body &Within, unsigned Depth,
                 Values &Found);
  bool addVariable(const clang::VarDecl &Variable, const Body &Within,
                   unsigned Depth, Values &Found);
  bool addElements(const clang::Expr &Table, const clang::Expr *Index,
                   const Body &Within, unsigned Depth, Values &Found);
  bool addMember(const clang::MemberExpr &Member, const Body &Within,
                 unsigned Depth, Values &Found);
  bool addLibraryAccess(const clang::CallExpr &Access, const Body &Within,
                        unsigned Depth, Values &Found);
  const clang::Expr *onlyBinding(const clang::FieldDecl &Field);

  /// The bindings of a member in all code that sees its class.
  struct Binding {
    const clang::Expr *Only = nullptr;
    const clang::FunctionDecl *Function = nullptr;
    bool IsUnknown = false;
  };
  class BindingFinder;

  clang::ASTContext &Context;
  ModelIndex &Models;
  bool Scanned = false;
  llvm::DenseMap<const clang::FieldDecl *, Binding> Bindings;
};

} // namespace corolint

#endif // COROLINT_CODE_STOREDCALLABLES_H
