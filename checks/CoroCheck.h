//===-- CoroCheck.h - What the checks have in common ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_COROCHECK_H
#define COROLINT_CHECKS_COROCHECK_H

#include "Session.h"
#include "SourceFinding.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "report/Checks.h"

namespace corolint {

/// A check that takes its findings from the session's analysis.
class CoroCheck : public clang::tidy::ClangTidyCheck {
public:
  CoroCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context,
            std::shared_ptr<Session> Shared);

  /// Registers what concerns all checks. A check adds its rule: a matcher of
  /// functions, which binds `Judged` (see Matchers.h).
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
  void check(const clang::ast_matchers::MatchFinder::MatchResult &Result) final;
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

  /// The effects that the check reports, as its options have it.
  virtual EffectSet effects(FindingContext::Kind) const { return Info.Effects; }

protected:
  static constexpr llvm::StringLiteral Judged = "judged";

  /// Reports the mistakes in \p Function, which the rule matched.
  virtual void judge(const clang::FunctionDecl &Function,
                     Analysis &Analysed) = 0;

  /// Reports \p Found: as a diagnostic, and to the driver as data. The driver
  /// drops it if one of \p DeadIf, functions of other units, ends the process.
  void emit(SourceFinding Found,
            llvm::ArrayRef<const clang::FunctionDecl *> DeadIf = {});

  /// Reports that \p Found is a finding if a callee at the site \p Open turns
  /// out to have one of \p Wanted. Only of a whole-program analysis.
  void emitPending(SourceFinding Found, const PendingFinding &Open,
                   EffectSet Wanted);

  /// Reports that \p Found is a finding if the borrower that \p Open names
  /// turns out to use late what it is handed. Only of a whole-program analysis.
  void emitPending(SourceFinding Found, const TaskFinding &Open);

  /// Reports that \p Found is a finding if another unit has the interferer that
  /// \p Open waits for. Only of a whole-program analysis.
  void emitPending(SourceFinding Found, const StaleFinding &Open);

  /// A replacement of the whole call by \p Text, if that can be done.
  clang::FixItHint replaceCall(const EffectFinding &Finding,
                               llvm::StringRef Text,
                               clang::ASTContext &Context) const;

  std::shared_ptr<Session> Shared;

  const CheckInfo &Info;

private:
  const bool IsOn;
  void reportAnnotations(Analysis &Analysed);
  /// As a diagnostic, and in a whole-program analysis as data.
  void report(CollectedFinding Kept);
  void diagnose(const SourceFinding &Found);
  void diagnoseNote(const SourceNote &Note, clang::SourceLocation Fallback);

  /// Those judged: a traversal may visit a function more than once.
  llvm::DenseSet<const clang::FunctionDecl *> Done;
  const std::string Models;
  const std::string Index;
};

/// A check of tasks and lifetimes. What becomes of a task may be decided in
/// another function, so the functions of a translation unit are judged at once.
class TaskCheck : public CoroCheck {
public:
  using CoroCheck::CoroCheck;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;

protected:
  /// The findings of the check.
  virtual llvm::ArrayRef<TaskFinding> find(Tasks &Analysed) = 0;

private:
  void judge(const clang::FunctionDecl &Function, Analysis &Analysed) final;

  bool IsDone = false;
};

/// A check of what functions do, some of which the user allows.
class EffectCheck : public CoroCheck {
public:
  EffectCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context,
              std::shared_ptr<Session> Shared);
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

protected:
  /// Reports each site of \p Function that has one of the check's effects, and
  /// in a whole-program analysis the sites that may turn out to.
  void judge(const clang::FunctionDecl &Function, Analysis &Analysed) override;

  /// A replacement of the offending call; none by default.
  virtual clang::FixItHint fix(const EffectFinding & /*Finding*/,
                               const EffectInference::Witness & /*Cause*/,
                               Analysis & /*Analysed*/) const {
    return {};
  }

private:
  const std::vector<llvm::StringRef> AllowedFunctions;
  /// The places of findings that do not need the whole program.
  llvm::DenseSet<clang::SourceLocation> Certain;
};

/// The entries of a semicolon-separated option.
std::vector<llvm::StringRef> parseList(llvm::StringRef Option);
std::string joinList(llvm::ArrayRef<llvm::StringRef> Entries);

/// Fills a model's replacement with the operands of the call at \p S; empty if
/// they cannot be quoted.
std::string expandReplacement(const Site &S, llvm::StringRef Template,
                              clang::ASTContext &Context);

/// The source text of \p E; empty if it comes from a macro.
std::string sourceOf(const clang::Expr &E, clang::ASTContext &Context);

} // namespace corolint

#endif // COROLINT_CHECKS_COROCHECK_H
