//===-- DiscardedTaskCheck.h - Declares coro-discarded-task -----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_DISCARDEDTASKCHECK_H
#define COROLINT_CHECKS_DISCARDEDTASKCHECK_H

#include "CoroCheck.h"

namespace corolint {

/// Finds tasks and awaitables that are neither awaited, stored, returned nor
/// handed on.
///
/// See docs/checks/coro-discarded-task.md.
class DiscardedTaskCheck : public TaskCheck<&Tasks::discarded> {
public:
  using TaskCheck::TaskCheck;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
};

} // namespace corolint

#endif // COROLINT_CHECKS_DISCARDEDTASKCHECK_H
