//===-- Executor.cpp - Interface of loops and thread pools ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/Executor.h"
#include <cstdio>
#include <cstdlib>

using namespace corolint::rt;

void Executor::forget(Resumable &) noexcept {
  std::fputs("corolint::rt: a coroutine was destroyed while a thread pool was "
             "about to resume it\n",
             stderr);
  std::abort();
}
