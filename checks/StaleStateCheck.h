//===-- StaleStateCheck.h - Declares coro-stale-state -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_STALESTATECHECK_H
#define COROLINT_CHECKS_STALESTATECHECK_H

#include "CoroCheck.h"
#include "access/StaleState.h"

namespace corolint {

/// Finds coroutines that act on knowledge of shared state from before a
/// suspension point.
///
/// See docs/checks/coro-stale-state.md.
class StaleStateCheck : public CoroCheck {
public:
  StaleStateCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context,
                  std::shared_ptr<Session> Shared);
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

protected:
  void judge(const clang::FunctionDecl &Function, Analysis &Analysed) override;

private:
  void parseForms(llvm::StringRef Name);

  const std::string Forms;
  const std::string Interferer;
  const std::string Exclusive;
  StaleOptions Rules;
  std::unique_ptr<StaleStateAnalysis> Rule;
  const Analysis *RuleOf = nullptr;
  /// Several instantiations of a template are one place.
  llvm::DenseSet<clang::SourceLocation> Reported;
};

} // namespace corolint

#endif // COROLINT_CHECKS_STALESTATECHECK_H
