//===-- DanglingReferenceCheck.h - coro-dangling-reference ------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_DANGLINGREFERENCECHECK_H
#define COROLINT_CHECKS_DANGLINGREFERENCECHECK_H

#include "CoroCheck.h"

namespace corolint {

/// Finds captures, arguments and objects that a coroutine uses after they have
/// been destroyed.
///
/// See docs/checks/coro-dangling-reference.md.
class DanglingReferenceCheck : public TaskCheck<&Tasks::danglingReferences> {
public:
  using TaskCheck::TaskCheck;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
};

} // namespace corolint

#endif // COROLINT_CHECKS_DANGLINGREFERENCECHECK_H
