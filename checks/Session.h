//===-- Session.h - What the checks of one run share ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The checks that clang-tidy creates for one translation unit share one
// session, and with it the models and the analysis. Sessions are found by their
// ClangTidyContext, so that several files can be analysed at once in one
// process.
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

/// Where the option's \p Path leads: if it is relative, to the nearest
/// directory above \p SourceFile from which it does; editors and build tools
/// start us anywhere.
std::string locate(llvm::StringRef Path, llvm::StringRef SourceFile);

/// Shared by the checks of one translation unit. Not thread-safe.
class Session {
public:
  /// Loads the user's models (semicolon-separated paths), once; returns what is
  /// wrong with them to the first caller and nothing to the others. A relative
  /// path is looked for above \p SourceFile, as .clang-tidy is, then in the
  /// working directory.
  std::vector<std::string> configure(llvm::StringRef ModelPaths,
                                     llvm::StringRef IndexPath,
                                     llvm::StringRef SourceFile,
                                     bool IncludeSystemHeaders);

  /// The analysis of \p Context, made at the first call.
  Analysis &analysis(clang::ASTContext &Context);

  /// The AST of the analysis, which must have been made.
  clang::ASTContext &context() { return Current->context(); }

  /// Makes the checks report, besides findings, what awaits the whole program,
  /// and keep all of it as data. For the driver.
  void beWholeProgram() { WholeProgram = true; }
  bool isWholeProgram() const { return WholeProgram; }

  /// Keeps a finding as data, for `collected`.
  void collect(CollectedFinding Found) {
    Collected.push_back(std::move(Found));
  }
  llvm::ArrayRef<CollectedFinding> collected() const { return Collected; }

  /// True for the first caller: misused annotations are no single check's.
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
