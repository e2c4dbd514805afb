//===-- NeverSuspendsCheck.h - Declares coro-never-suspends -----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_NEVERSUSPENDSCHECK_H
#define COROLINT_CHECKS_NEVERSUSPENDSCHECK_H

#include "CoroCheck.h"

namespace corolint {

/// Finds asynchronous coroutines that have no suspension point.
///
/// See docs/checks/coro-never-suspends.md.
class NeverSuspendsCheck : public TaskCheck<&Tasks::neverSuspending> {
public:
  using TaskCheck::TaskCheck;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
};

} // namespace corolint

#endif // COROLINT_CHECKS_NEVERSUSPENDSCHECK_H
