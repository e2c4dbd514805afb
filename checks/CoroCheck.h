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
#include "clang-tidy/ClangTidyCheck.h"
#include "report/Checks.h"

namespace corolint {

/// A check that takes its findings from the session's analysis.
class CoroCheck : public clang::tidy::ClangTidyCheck {
public:
  CoroCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context,
            std::shared_ptr<Session> Shared);

  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) final;
  void check(const clang::ast_matchers::MatchFinder::MatchResult &Result) final;
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

  /// The effects that the check reports, as its options have it.
  virtual EffectSet effects(FindingContext::Kind) const { return Info.Effects; }

protected:
  /// Reports what the check is for.
  virtual void report(Analysis &Analysed) = 0;

  /// "coroutine 'f'", "a no-yield region": where a finding stands.
  std::string describe(const FindingContext &Context) const;

  /// A note for the region, if the finding stands in one.
  void noteRegion(const FindingContext &Context);

  /// A note for each step from the finding to what causes it.
  void noteWitness(const EffectInference::Witness &Cause);

  /// Notes for the steps that only the whole-program index knows.
  void noteExternal(const ExternalWitness &Witness,
                    clang::SourceLocation Fallback);

  /// A replacement of the whole call by \p Text, if that can be done.
  clang::FixItHint replaceCall(const EffectFinding &Finding,
                               llvm::StringRef Text,
                               clang::ASTContext &Context) const;

  std::shared_ptr<Session> Shared;

private:
  void reportAnnotations(Analysis &Analysed);

  const CheckInfo &Info;
  const std::string Models;
  const std::string Index;
  clang::tidy::ClangTidyContext *Tidy;
};

/// A check of what functions do, some of which the user allows.
class EffectCheck : public CoroCheck {
public:
  EffectCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context,
              std::shared_ptr<Session> Shared);
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

protected:
  /// How \p Finding comes to one of \p Wanted other than through allowed
  /// functions; without steps if there is no such way.
  EffectInference::Witness witness(const EffectFinding &Finding,
                                   EffectSet Wanted) const;

private:
  const std::vector<llvm::StringRef> AllowedFunctions;
};

/// The entries of a semicolon-separated option.
std::vector<llvm::StringRef> parseList(llvm::StringRef Option);
std::string joinList(llvm::ArrayRef<llvm::StringRef> Entries);

/// Whether something with this qualified name is declared.
bool isDeclared(llvm::StringRef QualifiedName, clang::ASTContext &Context);

/// Fills a model's replacement with the operands of the call at \p S; empty if
/// they cannot be quoted.
std::string expandReplacement(const Site &S, llvm::StringRef Template,
                              clang::ASTContext &Context);

/// The source text of \p E; empty if it comes from a macro.
std::string sourceOf(const clang::Expr &E, clang::ASTContext &Context);

} // namespace corolint

#endif // COROLINT_CHECKS_COROCHECK_H
