//===-- NoYieldRegionCheck.h - Declares coro-no-yield-region ----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_NOYIELDREGIONCHECK_H
#define COROLINT_CHECKS_NOYIELDREGIONCHECK_H

#include "CoroCheck.h"

namespace corolint {

/// Finds suspension points and other yields inside regions that must not yield.
///
/// See docs/checks/coro-no-yield-region.md.
class NoYieldRegionCheck : public EffectCheck {
public:
  using EffectCheck::EffectCheck;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
};

} // namespace corolint

#endif // COROLINT_CHECKS_NOYIELDREGIONCHECK_H
