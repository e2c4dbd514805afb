//===-- SerialAwaitsCheck.cpp - Implements coro-serial-awaits -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SerialAwaitsCheck.h"
#include "Matchers.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace corolint {

void SerialAwaitsCheck::registerMatchers(MatchFinder *Finder) {
  CoroCheck::registerMatchers(Finder);
  // Off unless named: then the rule need not be asked.
  if (isOn())
    Finder->addMatcher(functionDecl(awaitsInSeries(Shared.get())).bind(Judged),
                       this);
}

} // namespace corolint
