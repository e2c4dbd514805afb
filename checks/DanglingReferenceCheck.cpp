//===-- DanglingReferenceCheck.cpp - Implements coro-dangling-reference ---===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DanglingReferenceCheck.h"
#include "Matchers.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace corolint {

void DanglingReferenceCheck::registerMatchers(MatchFinder *Finder) {
  CoroCheck::registerMatchers(Finder);
  Finder->addMatcher(
      functionDecl(lendsWhatEndsFirst(Shared.get())).bind(Judged), this);
}

} // namespace corolint
