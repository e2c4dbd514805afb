//===-- LockWatchTest.cpp - Thread locks at a co_await --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt.h"
#include <chrono>
#include <gtest/gtest.h>
#include <mutex>
#include <pthread.h>
#include <shared_mutex>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {

class Reports {
public:
  Reports() {
    Contracts::set_handler([this](const Violation &V) { Found.push_back(V); });
    Contracts::set_mode(ContractMode::Report);
  }
  ~Reports() {
    Contracts::set_mode(ContractMode::Off);
    Contracts::set_handler(nullptr);
  }
  std::vector<Violation> Found;
};

Task<void> sleeps() { co_await sleep_for(1ms); }

TEST(LockWatch, ALockAcrossAnAwaitIsReported) {
  Reports R;
  std::mutex Mutex;
  unsigned Line = 0;
  const auto Main = [&]() -> Task<void> {
    {
      const std::lock_guard Before(Mutex);
    }
    co_await sleeps();
    const std::lock_guard Guard(Mutex);
    Line = std::source_location::current().line() + 1;
    co_await sleeps();
  };
  EventLoop Loop;
  Loop.run(Main());
  ASSERT_EQ(R.Found.size(), 1u);
  EXPECT_EQ(R.Found[0].Kind, ViolationKind::LockAcrossAwait);
  EXPECT_STREQ(R.Found[0].Check, "coro-lock-across-await");
  EXPECT_EQ(R.Found[0].Where.Line, Line);
}

TEST(LockWatch, SharedAndTriedLocksCount) {
  Reports R;
  std::shared_mutex Shared;
  std::mutex Mutex;
  const auto Main = [&]() -> Task<void> {
    {
      const std::shared_lock Guard(Shared);
      co_await sleeps();
    }
    {
      const std::unique_lock Guard(Mutex, std::try_to_lock);
      co_await sleeps();
    }
    {
      std::unique_lock Guard(Mutex);
      Guard.unlock();
      co_await sleeps();
    }
  };
  EventLoop Loop;
  Loop.run(Main());
  EXPECT_EQ(R.Found.size(), 2u);
}

TEST(LockWatch, OtherCoroutinesDoNotHoldIt) {
  Reports R;
  std::mutex Mutex;
  const auto Other = []() -> Task<void> {
    for (int I = 0; I != 10; ++I)
      co_await yield_now();
  };
  const auto Holds = [&]() -> Task<void> {
    const std::lock_guard Guard(Mutex);
    co_await sleeps();
  };
  const auto Main = [&]() -> Task<void> {
    co_await when_all(Holds(), Other(), Other());
  };
  EventLoop Loop;
  Loop.run(Main());
  EXPECT_EQ(R.Found.size(), 1u);
}

TEST(LockWatch, AGuardMayBeHandedOver) {
  Reports R;
  std::mutex Mutex;
  const auto Takes = [](std::unique_lock<std::mutex> Guard) -> Task<void> {
    Guard.unlock();
    co_await sleeps();
  };
  const auto Main = [&]() -> Task<void> {
    co_await Takes(std::unique_lock(Mutex)); // Held during this await.
    co_await sleeps();
  };
  EventLoop Loop;
  Loop.run(Main());
  EXPECT_EQ(R.Found.size(), 1u);
}

TEST(LockWatch, ManyLocksAreCounted) {
  Reports R;
  std::array<std::mutex, 20> Mutexes;
  const auto Main = [&]() -> Task<void> {
    for (std::mutex &Mutex : Mutexes)
      Mutex.lock();
    co_await sleeps();
    for (std::mutex &Mutex : Mutexes)
      Mutex.unlock();
    co_await sleeps();
  };
  EventLoop Loop;
  Loop.run(Main());
  EXPECT_EQ(R.Found.size(), 1u);
}

TEST(LockWatch, AConsumersLockIsNotItsGenerators) {
  Reports R;
  std::mutex Mutex, Own;
  const auto Numbers = [&]() -> Generator<int> {
    co_yield 1;
    const std::lock_guard Guard(Own);
    co_yield 2;
  };
  const auto Main = [&]() -> Task<void> {
    {
      const std::lock_guard Guard(Mutex);
      for (int N : Numbers())
        if (N == 2)
          break; // The generator is destroyed with its lock held.
    }
    co_await sleeps();
  };
  EventLoop Loop;
  Loop.run(Main());
  EXPECT_EQ(R.Found.size(), 1u);
}

TEST(LockWatch, AnAsyncMutexIsFine) {
  Reports R;
  AsyncMutex Mutex;
  const auto Main = [&]() -> Task<void> {
    auto Guard = co_await Mutex.lock();
    co_await sleeps();
  };
  EventLoop Loop;
  Loop.run(Main());
  EXPECT_TRUE(R.Found.empty());
}

template <class Lock> Task<void> holds(Lock &M) {
  if (M.try_lock_for(std::chrono::milliseconds(10))) {
    co_await yield_now();
    M.unlock();
  }
}
template <class Lock> Task<void> holdsShared(Lock &M) {
  if (M.try_lock_shared_for(std::chrono::milliseconds(10))) {
    co_await yield_now();
    M.unlock_shared();
  }
}

std::uint64_t countOf(Task<void> Main) {
  Contracts::set_mode(ContractMode::Count);
  Contracts::reset_counts();
  EventLoop Loop;
  Loop.run(std::move(Main));
  Contracts::set_mode(ContractMode::Off);
  return Contracts::count(ViolationKind::LockAcrossAwait);
}

TEST(LockWatch, TimedLocksCount) {
  std::timed_mutex Timed;
  EXPECT_EQ(countOf(holds(Timed)), 1u);
  std::recursive_timed_mutex Recursive;
  EXPECT_EQ(countOf(holds(Recursive)), 1u);
  std::shared_timed_mutex Shared;
  EXPECT_EQ(countOf(holds(Shared)), 1u);
  EXPECT_EQ(countOf(holdsShared(Shared)), 1u);
}

TEST(LockWatch, SpinLocksCount) {
  pthread_spinlock_t Spin;
  pthread_spin_init(&Spin, PTHREAD_PROCESS_PRIVATE);
  EXPECT_EQ(countOf([](pthread_spinlock_t &S) -> Task<void> {
              pthread_spin_lock(&S);
              co_await yield_now();
              pthread_spin_unlock(&S);
              co_await yield_now();
            }(Spin)),
            1u);
}

Task<void> releases(std::unique_lock<std::mutex> &Guard) {
  Guard.unlock();
  co_return;
}
Task<void> takes(std::mutex &M, std::unique_lock<std::mutex> &Guard) {
  Guard = std::unique_lock(M);
  co_return;
}

TEST(LockWatch, WhatRunIsolatedDoesToLocksStays) {
  std::mutex M;
  EXPECT_EQ(countOf([](std::mutex &Lock) -> Task<void> {
              std::unique_lock Guard(Lock);
              run_isolated(releases(Guard));
              co_await yield_now();
            }(M)),
            0u);
  EXPECT_EQ(countOf([](std::mutex &Lock) -> Task<void> {
              std::unique_lock<std::mutex> Guard;
              run_isolated(takes(Lock, Guard));
              co_await yield_now();
            }(M)),
            1u);
}

TEST(LockWatch, WhatATaskLeavesTakenIsNotTheNextOnes) {
  std::mutex M;
  EXPECT_EQ(countOf([](std::mutex &Lock) -> Task<void> {
              std::unique_lock<std::mutex> Guard;
              TaskScope Scope;
              Scope.spawn(takes(Lock, Guard));
              co_await Scope.join();
              co_await yield_now();
              Guard.unlock();
              co_await yield_now();
            }(M)),
            0u);
}

} // namespace
