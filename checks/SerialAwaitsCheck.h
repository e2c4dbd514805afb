//===-- SerialAwaitsCheck.h - Declares coro-serial-awaits -------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_SERIALAWAITSCHECK_H
#define COROLINT_CHECKS_SERIALAWAITSCHECK_H

#include "CoroCheck.h"

namespace corolint {

/// Finds independent tasks that a coroutine awaits one after another.
///
/// See docs/checks/coro-serial-awaits.md.
class SerialAwaitsCheck : public TaskCheck<&Tasks::serialAwaits> {
public:
  using TaskCheck::TaskCheck;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
};

} // namespace corolint

#endif // COROLINT_CHECKS_SERIALAWAITSCHECK_H
