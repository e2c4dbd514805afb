//===-- Configuration.cpp - Shows errors of the configuration -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ClangdApi.h"
#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

// Defined by clang-tidy.
void realSetASTContext(tidy::ClangTidyContext *, ASTContext *) asm(
    "__real__ZN5clang4tidy16ClangTidyContext13setASTContextEPNS_10ASTContextE");
DiagnosticBuilder
realConfigurationDiag(tidy::ClangTidyContext *, llvm::StringRef,
                      DiagnosticIDs::Level) asm("__real__ZN5clang4tidy16ClangTi"
                                                "dyContext17configurationDiagEN"
                                                "4llvm9StringRefENS_13Diagnosti"
                                                "cIDs5LevelE");

// Replaces the function above.
void setASTContext(tidy::ClangTidyContext *, ASTContext *) asm(
    "__wrap__ZN5clang4tidy16ClangTidyContext13setASTContextEPNS_10ASTContextE");
DiagnosticBuilder configurationDiag(
    tidy::ClangTidyContext *, llvm::StringRef,
    DiagnosticIDs::Level) asm("__wrap__ZN5clang4tidy16ClangTidyCo"
                              "ntext17configurationDiagEN4llvm9St"
                              "ringRefENS_13DiagnosticIDs5LevelE");

/// The file that this thread analyses. clangd sets it, then creates the checks.
static thread_local ASTContext *Analysed = nullptr;

void setASTContext(tidy::ClangTidyContext *Tidy, ASTContext *Context) {
  Analysed = Context;
  realSetASTContext(Tidy, Context);
}

/// At best, clangd logs an error that has no place. Show it at the beginning of
/// the file.
DiagnosticBuilder configurationDiag(tidy::ClangTidyContext *Tidy,
                                    llvm::StringRef Message,
                                    DiagnosticIDs::Level Level) {
  if (!Analysed || Level < DiagnosticIDs::Error)
    return realConfigurationDiag(Tidy, Message, Level);
  const SourceManager &Sources = Analysed->getSourceManager();
  return Tidy->diag("clang-tidy-config",
                    Sources.getLocForStartOfFile(Sources.getMainFileID()),
                    Message, Level);
}
