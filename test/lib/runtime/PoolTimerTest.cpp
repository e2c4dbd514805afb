//===-- PoolTimerTest.cpp - Timers of tasks on a pool ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt.h"
#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;

template <class T> T onPool(ThreadPool &Pool, Task<T> Work) {
  const auto Joins = [](JoinHandle<T> Handle) -> Task<T> {
    co_return co_await std::move(Handle);
  };
  return sync_wait(Joins(Pool.spawn(std::move(Work))));
}

TEST(PoolTimer, FiresOnThePool) {
  ThreadPool Pool(2);
  const auto Sleeps = [](std::chrono::milliseconds Time) -> Task<bool> {
    const auto Until = Clock::now() + Time;
    co_await sleep_until(Until);
    co_return ThreadPool::current() && Clock::now() >= Until;
  };
  std::vector<JoinHandle<bool>> Handles;
  for (int I = 0; I != 20; ++I)
    Handles.push_back(Pool.spawn(Sleeps(std::chrono::milliseconds(20 - I))));
  const auto JoinsAll = [&]() -> Task<void> {
    for (JoinHandle<bool> &Handle : Handles) {
      const bool IsRight = co_await std::move(Handle);
      EXPECT_TRUE(IsRight);
    }
  };
  sync_wait(JoinsAll());
}

TEST(PoolTimer, EndsATimeOut) {
  ThreadPool Pool(2);
  const auto Waits = []() -> Task<int> {
    const auto Forever = []() -> Task<int> {
      co_await sleep_for(std::chrono::hours::max());
      co_return 1;
    };
    const auto Returns = []() -> Task<int> { co_return 2; };
    int Value = co_await with_timeout(Returns(), 1h);
    try {
      Value += co_await with_timeout(Forever(), 1ms);
    } catch (const TimedOut &) {
      Value += 40;
    }
    co_return Value;
  };
  EXPECT_EQ(onPool(Pool, Waits()), 42);
}

TEST(PoolTimer, IsEndedByAStop) {
  const auto Start = Clock::now();
  std::atomic<int> Stopped{0};
  const auto Sleeps = [&]() -> Task<void> {
    try {
      co_await sleep_for(1h);
    } catch (const Cancelled &) {
      ++Stopped;
    }
  };
  {
    ThreadPool Pool(2);
    for (int I = 0; I != 10; ++I)
      (void)Pool.spawn(Sleeps());
  }
  EXPECT_EQ(Stopped, 10);
  EXPECT_LT(Clock::now() - Start, 10s);
}

/// The timer fires while it is cancelled or armed, and while the pool ends.
TEST(PoolTimer, RacesStops) {
  for (int Round = 0; Round != 200; ++Round) {
    std::stop_source Stop;
    const auto Nap = [](int Micros) -> Task<void> {
      co_await sleep_for(std::chrono::microseconds(Micros));
    };
    const auto Sleeps = [&](int Micros) -> Task<void> {
      Task<void> Napping = Nap(Micros);
      co_await with_stop_token(std::move(Napping), Stop.get_token());
    };
    ThreadPool Pool(2);
    for (int I = 0; I != 8; ++I)
      (void)Pool.spawn(Sleeps(I * 20));
    std::this_thread::sleep_for(std::chrono::microseconds(Round));
    Stop.request_stop();
  }
}

/// A loop that ends waits for a task that a timer will wake.
TEST(PoolTimer, IsSomethingToWaitFor) {
  AsyncMutex Mutex;
  bool Cleaned = false;
  std::atomic<bool> Held{false};
  const auto Holds = [&]() -> Task<void> {
    auto Guard = co_await Mutex.lock();
    Held = true;
    co_await sleep_for(50ms);
  };
  const auto Cleans = [&]() -> Task<void> {
    auto Guard = co_await Mutex.lock();
    Cleaned = true;
  };
  const auto Serves = [&]() -> Task<void> {
    Task<void> CleanUp = Cleans();
    co_await uncancellable(std::move(CleanUp));
  };
  ThreadPool Pool(1);
  (void)Pool.spawn(Holds());
  while (!Held)
    std::this_thread::yield();
  EventLoop Loop;
  Loop.spawn(Serves());
  Loop.run([]() -> Task<void> { co_await yield_now(); }());
  EXPECT_TRUE(Cleaned);
}

} // namespace
