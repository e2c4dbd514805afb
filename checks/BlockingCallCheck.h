//===-- BlockingCallCheck.h - Declares coro-blocking-call -------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_BLOCKINGCALLCHECK_H
#define COROLINT_CHECKS_BLOCKINGCALLCHECK_H

#include "CoroCheck.h"

namespace corolint {

/// Finds calls that may block the thread in coroutines, event-loop code and
/// no-yield regions.
///
/// See docs/checks/coro-blocking-call.md.
class BlockingCallCheck : public EffectCheck {
public:
  BlockingCallCheck(llvm::StringRef Name,
                    clang::tidy::ClangTidyContext *Context,
                    std::shared_ptr<Session> Shared);
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

  EffectSet effects(FindingContext::Kind Where) const override {
    return (Where == FindingContext::Kind::Coroutine
                ? Enabled
                : EnabledOutsideCoroutines) &
           AnyBlocking;
  }

private:
  EffectSet parseKinds(llvm::StringRef List);

  const std::string Kinds;
  const EffectSet Enabled;
  const EffectSet EnabledOutsideCoroutines;
};

} // namespace corolint

#endif // COROLINT_CHECKS_BLOCKINGCALLCHECK_H
