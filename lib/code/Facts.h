//===-- Facts.h - What the analyses of one AST share ---------- -*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The facts about one translation unit that every layer asks for: what models
// and annotations declare, and the bodies walked so far.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CODE_FACTS_H
#define COROLINT_CODE_FACTS_H

#include "code/Body.h"
#include "model/Annotations.h"
#include "model/Conditions.h"
#include "model/ModelIndex.h"

namespace corolint {

/// What the analyses of one AST share.
struct Facts {
  Facts(clang::ASTContext &Context, llvm::ArrayRef<const ModelTables *> Tables)
      : Context(Context), Models(Context, Tables), Conditions(Context) {}

  /// The models of \p Callee, called on these operands: of the function,
  /// or of the function object that is called by its name
  /// (`std::ranges::for_each`). Null if nothing.
  const ModelIndex::FunctionEntry *modelOf(const clang::FunctionDecl &Callee,
                                           const CallOperands &Operands);

  clang::ASTContext &Context;
  ModelIndex Models;
  AnnotationReader Annotations;
  ConditionEvaluator Conditions;
  BodyCache Bodies;
};

/// Where what \p Executor is handed runs, if a model describes its class, or
/// the class of what it owns or refers to.
std::optional<ContextKind> executorContext(const clang::Expr &Executor,
                                           ModelIndex &Models);

/// Whether something with this qualified name is declared.
bool isDeclared(llvm::StringRef QualifiedName, clang::ASTContext &Context);

/// Whether \p D is declared in a system header.
bool isInSystemHeader(const clang::Decl &D);

/// The class of \p Type, behind references, arrays and (for a pointer) one
/// level of indirection.
const clang::CXXRecordDecl *classOf(clang::QualType Type);

/// Whether \p Class, or a base of it, defines how its objects are awaited.
bool isAwaitable(const clang::CXXRecordDecl &Class);

} // namespace corolint

#endif // COROLINT_CODE_FACTS_H
