//===-- BusyWaitCheck.h - Declares coro-busy-wait ---------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_BUSYWAITCHECK_H
#define COROLINT_CHECKS_BUSYWAITCHECK_H

#include "CoroCheck.h"

namespace corolint {

/// Finds loops in asynchronous code that poll for a change instead of awaiting
/// it.
///
/// See docs/checks/coro-busy-wait.md.
class BusyWaitCheck : public TaskCheck<&Tasks::busyWaits> {
public:
  using TaskCheck::TaskCheck;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
};

} // namespace corolint

#endif // COROLINT_CHECKS_BUSYWAITCHECK_H
