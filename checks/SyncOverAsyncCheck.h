//===-- SyncOverAsyncCheck.h - Declares coro-sync-over-async ----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_SYNCOVERASYNCCHECK_H
#define COROLINT_CHECKS_SYNCOVERASYNCCHECK_H

#include "CoroCheck.h"

namespace corolint {

/// Finds synchronous waits for asynchronous work in coroutines, event-loop code
/// and no-yield regions.
///
/// See docs/checks/coro-sync-over-async.md.
class SyncOverAsyncCheck : public EffectCheck {
public:
  using EffectCheck::EffectCheck;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;

private:
  clang::FixItHint fix(const EffectFinding &Finding,
                       const EffectInference::Witness &Cause,
                       Analysis &Analysed) const override;
};

} // namespace corolint

#endif // COROLINT_CHECKS_SYNCOVERASYNCCHECK_H
