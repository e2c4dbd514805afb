//===-- Facts.h - Shared facts about one translation unit -------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The facts about one translation unit that every layer needs: the declarations
// of models and annotations, and the bodies walked so far.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CODE_FACTS_H
#define COROLINT_CODE_FACTS_H

#include "code/Body.h"
#include "code/FlowGraph.h"
#include "model/Annotations.h"
#include "model/Conditions.h"
#include "model/ModelIndex.h"

namespace corolint {

/// The facts that the analyses of one AST share.
struct Facts {
  Facts(clang::ASTContext &Context, llvm::ArrayRef<const ModelTables *> Tables)
      : Context(Context), Models(Context, Tables), Conditions(Context),
        Graphs(Context) {}

  /// The models of \p Callee, called on these operands: those of the function,
  /// or of a function object that is called by its name
  /// (`std::ranges::for_each`). Null if there is none.
  const ModelIndex::FunctionEntry *modelOf(const clang::FunctionDecl &Callee,
                                           const CallOperands &Operands);

  clang::ASTContext &Context;
  ModelIndex Models;
  AnnotationReader Annotations;
  ConditionEvaluator Conditions;
  BodyCache Bodies;
  FlowGraphs Graphs;
  llvm::DenseMap<const clang::Stmt *, bool> Suspensions; ///< See `canSuspend`.
};

/// The context in which \p Executor runs work, if a model describes its class
/// or the class of the object that it owns or refers to.
std::optional<ContextKind> executorContext(const clang::Expr &Executor,
                                           ModelIndex &Models);

/// Whether a declaration with this qualified name exists.
bool isDeclared(llvm::StringRef QualifiedName, clang::ASTContext &Context);

/// Whether \p D is declared in a system header.
bool isInSystemHeader(const clang::Decl &D);

/// The class of \p Type, ignoring references, arrays and (for a pointer) one
/// level of indirection.
const clang::CXXRecordDecl *classOf(clang::QualType Type);

/// Whether \p Class, or a base of it, defines how its objects are awaited.
bool isAwaitable(const clang::CXXRecordDecl &Class);

} // namespace corolint

#endif // COROLINT_CODE_FACTS_H
