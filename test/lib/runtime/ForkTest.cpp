//===-- ForkTest.cpp - Forks with other threads ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The child of a fork has one thread, and must find no lock that another thread
// of the parent held. DescriptorTest.cpp tests what it does with descriptors.
//
//===----------------------------------------------------------------------===//

#include "ChildProcess.h"
#include "ThreadRegistry.h"
#include "corolint/rt.h"
#include <atomic>
#include <gtest/gtest.h>
#include <thread>
#include <unistd.h>

using namespace corolint::rt;
using namespace std::chrono_literals;
using corolint::rt::test::inChild;

namespace {

Task<int> seven() { co_return 7; }

/// The result of a loop in a child that is forked while another thread, as the
/// watcher does, holds the lock of the registry.
int runsInChild() {
  std::atomic<bool> Held = false;
  std::thread Holder([&] {
    const std::lock_guard Guard(detail::ThreadRegistry::get().Lock);
    Held = true;
    std::this_thread::sleep_for(100ms);
  });
  while (!Held)
    std::this_thread::yield();
  const int Result = inChild([] { return sync_wait(seven()); });
  Holder.join();
  return Result;
}

/// In a new process, in which no loop has run yet.
TEST(Fork, IsSafeBeforeTheFirstLoop) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(::_exit(runsInChild()), testing::ExitedWithCode(7), "");
}

TEST(Fork, IsSafeAfterTheFirstLoop) {
  EXPECT_EQ(sync_wait(seven()), 7);
  EXPECT_EQ(runsInChild(), 7);
}

TEST(Fork, AChildHasNoWatcherAndNoBlockingThreads) {
  Contracts::set_mode(ContractMode::Count);
  Contracts::watch();
  const auto Blocks = []() -> Task<int> {
    co_return co_await run_blocking([] { return 3; });
  };
  EXPECT_EQ(sync_wait(Blocks()), 3); // Its thread is idle, in the parent.
  EXPECT_EQ(inChild([&] {
              if (sync_wait(Blocks()) != 3)
                return 1;
              Contracts::stop_watching();
              Contracts::watch();
              Contracts::stop_watching();
              return 0;
            }),
            0);
  Contracts::stop_watching();
  Contracts::set_mode(ContractMode::Off);
}

} // namespace
