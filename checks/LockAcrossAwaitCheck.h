//===-- LockAcrossAwaitCheck.h - coro-lock-across-await ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_LOCKACROSSAWAITCHECK_H
#define COROLINT_CHECKS_LOCKACROSSAWAITCHECK_H

#include "CoroCheck.h"

namespace corolint {

/// Finds thread locks that are held at a suspension point, or at a call that
/// yields without one.
///
/// See docs/checks/coro-lock-across-await.md.
class LockAcrossAwaitCheck : public CoroCheck {
public:
  LockAcrossAwaitCheck(llvm::StringRef Name,
                       clang::tidy::ClangTidyContext *Context,
                       std::shared_ptr<Session> Shared);
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

protected:
  void judge(const clang::FunctionDecl &Function, Analysis &Analysed) override;

private:
  const std::vector<llvm::StringRef> AllowedGuards;
  const bool ManualLocks;
};

} // namespace corolint

#endif // COROLINT_CHECKS_LOCKACROSSAWAITCHECK_H
