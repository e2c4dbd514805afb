//===-- EarlyReleaseCheck.cpp - Implements coro-early-release -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EarlyReleaseCheck.h"
#include "Matchers.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace corolint {

void EarlyReleaseCheck::registerMatchers(MatchFinder *Finder) {
  CoroCheck::registerMatchers(Finder);
  Finder->addMatcher(
      functionDecl(returnsTaskPastGuard(Shared.get())).bind(Judged), this);
}

} // namespace corolint
