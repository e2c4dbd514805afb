//===-- CoroCheck.h - Base classes of the checks ----------------*- C++ -*-===//
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

  /// Registers matchers that all checks share. Each check adds its rule: a
  /// matcher of functions, which binds `Judged` (see Matchers.h).
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
  void check(const clang::ast_matchers::MatchFinder::MatchResult &Result) final;
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

  /// The effects that the check reports, according to its options.
  virtual EffectSet effects(FindingContext::Kind) const { return Info.Effects; }

protected:
  static constexpr llvm::StringLiteral Judged = "judged";

  /// Reports the findings in \p Function, which the rule matched.
  virtual void judge(const clang::FunctionDecl &Function,
                     Analysis &Analysed) = 0;

  /// Reports \p Found as a diagnostic, and to the driver as data. The driver
  /// drops it if one of \p DeadIf, functions of other units, ends the process.
  void emit(SourceFinding Found,
            llvm::ArrayRef<const clang::FunctionDecl *> DeadIf = {});

  /// Reports \p Found. In whole-program analysis also records those that
  /// depend on other units.
  void emitAll(llvm::ArrayRef<TaskFinding> Found);

  /// Records that \p Found is a finding if a callee at the site \p Open has one
  /// of \p Wanted. For whole-program analysis only.
  void emitPending(SourceFinding Found, const PendingFinding &Open,
                   EffectSet Wanted);

  /// Records that \p Found is a finding if the borrower that \p Open names uses
  /// its argument too late. For whole-program analysis only.
  void emitPending(SourceFinding Found, const TaskFinding &Open);

  /// Records that \p Found is a finding if another unit contains the interferer
  /// that \p Open needs. For whole-program analysis only.
  void emitPending(SourceFinding Found, const StaleFinding &Open);

  /// A replacement of the whole call by \p Text, if possible.
  clang::FixItHint replaceCall(const EffectFinding &Finding,
                               llvm::StringRef Text,
                               clang::ASTContext &Context) const;

  std::shared_ptr<Session> Shared;

  const CheckInfo &Info;

  /// Whether the user wants the check: some checks are off unless named.
  bool isOn() const { return IsOn; }

private:
  const bool IsOn;
  void reportAnnotations(Analysis &Analysed);
  /// Reports \p Kept as a diagnostic, and in whole-program analysis as data.
  void report(CollectedFinding Kept);
  void diagnose(const SourceFinding &Found);
  void diagnoseNote(const SourceNote &Note, clang::SourceLocation Fallback);

  /// The functions already judged: a traversal may visit one several times.
  llvm::DenseSet<const clang::FunctionDecl *> Done;
  bool AnnotationsAreReported = false;
  const std::string Models;
  const std::string Index;
};

/// A check of tasks and lifetimes. \p Query has its findings in a function.
template <TaskQuery Query> class TaskCheck : public CoroCheck {
public:
  using CoroCheck::CoroCheck;

private:
  void judge(const clang::FunctionDecl &Function, Analysis &Analysed) final {
    emitAll((Analysed.tasks().*Query)(Function));
  }
};

/// A check of effects. Users can allow individual functions.
class EffectCheck : public CoroCheck {
public:
  EffectCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context,
              std::shared_ptr<Session> Shared);
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

protected:
  /// Reports each site of \p Function that has one of the check's effects. In
  /// whole-program analysis also records the sites that may have one.
  void judge(const clang::FunctionDecl &Function, Analysis &Analysed) override;

  /// A replacement of the offending call; by default, the one of its model.
  virtual clang::FixItHint fix(const EffectFinding &Finding,
                               const EffectInference::Witness &Cause,
                               Analysis &Analysed) const;

private:
  const std::vector<llvm::StringRef> AllowedFunctions;
  /// The places of findings that do not need the whole program.
  llvm::DenseSet<clang::SourceLocation> Certain;
};

/// Splits a semicolon-separated option.
std::vector<llvm::StringRef> parseList(llvm::StringRef Option);
std::string joinList(llvm::ArrayRef<llvm::StringRef> Entries);

/// Inserts the operands of the call at \p S into a model's replacement. Empty
/// if they cannot be quoted.
std::string expandReplacement(const Site &S, llvm::StringRef Template,
                              clang::ASTContext &Context);

/// The source text of \p E, or empty if it comes from a macro.
std::string sourceOf(const clang::Expr &E, clang::ASTContext &Context);

/// The source text of the object of a method call, as a value: `*pointer`.
std::string objectSource(const clang::Expr &Object, clang::ASTContext &Context);

} // namespace corolint

#endif // COROLINT_CHECKS_COROCHECK_H
