//===-- Session.h - State shared by the checks of one run -------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The checks that clang-tidy creates for one translation unit share one
// session, which contains the models and the analysis. Sessions are looked up
// by their ClangTidyContext, so that one process can analyse several files at
// once.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_SESSION_H
#define COROLINT_CHECKS_SESSION_H

#include "SourceFinding.h"
#include "model/ModelFile.h"
#include "program/IndexEffects.h"
#include "llvm/ADT/DenseMap.h"
#include <memory>
#include <mutex>

namespace clang::tidy {
class ClangTidyContext;
} // namespace clang::tidy

namespace corolint {

/// Resolves the option's \p Path. A relative path is resolved in the nearest
/// directory above \p SourceFile in which it exists, because editors and build
/// tools start the process in any directory.
std::string locate(llvm::StringRef Path, llvm::StringRef SourceFile);

/// Shared by the checks of one translation unit. Not thread-safe.
class Session {
public:
  // Out of line, as for the analysis: else each check instantiates them.
  Session();
  ~Session();

  /// Loads the user's models (semicolon-separated paths) once. Returns the
  /// errors to the first caller and nothing to the others. A relative path is
  /// looked up above \p SourceFile, like .clang-tidy, then in the working
  /// directory.
  std::vector<std::string> configure(llvm::StringRef ModelPaths,
                                     llvm::StringRef IndexPath,
                                     llvm::StringRef SourceFile,
                                     bool IncludeSystemHeaders);

  /// The analysis of \p Context, created by the first call.
  Analysis &analysis(clang::ASTContext &Context);

  /// The AST of the analysis, which must exist.
  clang::ASTContext &context() { return Current->context(); }

  /// Makes the checks also record sites that depend on the whole program, and
  /// keep all findings as data. For the driver.
  void beWholeProgram() { WholeProgram = true; }
  bool isWholeProgram() const { return WholeProgram; }

  /// Keeps a finding as data, for `collected`.
  void collect(CollectedFinding Found) {
    Collected.push_back(std::move(Found));
  }
  llvm::ArrayRef<CollectedFinding> collected() const { return Collected; }

  /// True for the first caller only: misused annotations belong to no single
  /// check.
  bool claimAnnotations() { return !std::exchange(AnnotationsClaimed, true); }

private:
  bool Configured = false;
  bool WholeProgram = false;
  bool IncludeSystemHeaders = false;
  bool AnnotationsClaimed = false;
  std::vector<CollectedFinding> Collected;
  std::vector<std::unique_ptr<ModelFile>> UserModels;
  std::unique_ptr<IndexEffects> External;
  std::unique_ptr<Analysis> Current;
};

/// Finds the session of a context. Thread-safe.
class SessionPool {
public:
  std::shared_ptr<Session> of(clang::tidy::ClangTidyContext *Context);

private:
  std::mutex Mutex;
  llvm::DenseMap<clang::tidy::ClangTidyContext *, std::weak_ptr<Session>>
      Sessions;
};

} // namespace corolint

#endif // COROLINT_CHECKS_SESSION_H
