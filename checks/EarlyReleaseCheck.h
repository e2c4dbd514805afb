//===-- EarlyReleaseCheck.h - Declares coro-early-release -------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_EARLYRELEASECHECK_H
#define COROLINT_CHECKS_EARLYRELEASECHECK_H

#include "CoroCheck.h"

namespace corolint {

/// Finds guards that are released when a function returns an unfinished task.
///
/// See docs/checks/coro-early-release.md.
class EarlyReleaseCheck : public TaskCheck<&Tasks::earlyReleases> {
public:
  using TaskCheck::TaskCheck;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EARLYRELEASECHECK_H
