//===-- CoreAlone.cpp - The core without the contracts --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Linked with the core's objects only, so that a call of the contracts that
// bypasses `Observer` is an error.
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/AsyncMutex.h"
#include "corolint/rt/Cancellation.h"
#include "corolint/rt/Schedule.h"
#include "corolint/rt/SyncWait.h"
#include "corolint/rt/TaskScope.h"
#include "corolint/rt/WhenAll.h"
#include <gtest/gtest.h>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {

TEST(Core, WorksWithoutTheContracts) {
  ThreadPool Pool(2);
  AsyncMutex Mutex;
  int Sum = 0;
  const auto Adds = [&](int Value) -> Task<void> {
    co_await Pool.schedule();
    const auto Guard = co_await Mutex.lock();
    co_await yield_now();
    Sum += Value;
  };
  const auto Main = [&]() -> Task<void> {
    TaskScope Scope;
    Scope.spawn(Adds(1));
    co_await when_all(Adds(2), Adds(3));
    co_await with_timeout(
        Scope.spawn_on(Pool, Adds(4)).done() ? Adds(5) : Adds(6), 1h);
    co_await Scope.join();
  };
  sync_wait(Main());
  EXPECT_GE(Sum, 15);
}

} // namespace
