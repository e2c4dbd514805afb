//===-- PoolEndTest.cpp - Pools that end, are blocked or are busy ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt.h"
#include <gtest/gtest.h>
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {

Task<int> answer() { co_return 42; }

//===----------------------------------------------------------------------===//
// Destruction
//===----------------------------------------------------------------------===//

/// Work that still runs, and waits, when the destructor is in its last phase.
TEST(PoolDestruction, RunsWorkThatWaits) {
  for (const PoolGrowth Growth : {PoolGrowth::Bounded, PoolGrowth::Growing}) {
    std::atomic<int> Got{0};
    {
      ThreadPool Pool(PoolOptions{1, Growth, 4});
      Pool.post([&] {
        std::this_thread::sleep_for(5ms);
        Got += sync_wait(answer());
        Got += run_isolated(answer());
        // A growing pool gets the worker that this needs.
        if (Growth == PoolGrowth::Growing)
          Got += sync_wait([](ThreadPool &Pool) -> Task<int> {
            co_await Pool.schedule();
            co_return 1;
          }(*ThreadPool::current()));
      });
    }
    EXPECT_EQ(Got, Growth == PoolGrowth::Growing ? 85 : 84);
  }
}

/// No worker ends while another may still wait for the pool's work: that work
/// finds a free worker as long as there was one.
TEST(PoolDestruction, KeepsIdleWorkers) {
  for (const PoolOptions Options : {PoolOptions{2, PoolGrowth::Bounded, 2},
                                    PoolOptions{1, PoolGrowth::Growing, 2}}) {
    int Got = 0;
    {
      ThreadPool Pool(Options);
      Pool.post([&Got] {
        const auto Hop = [](ThreadPool &Pool) -> Task<int> {
          co_await Pool.schedule();
          co_return 1;
        };
        for (int I = 0; I != 3; ++I) {
          std::this_thread::sleep_for(3ms); // The other one is idle.
          Got += sync_wait(Hop(*ThreadPool::current()));
        }
      });
    }
    EXPECT_EQ(Got, 3);
  }
}

TEST(PoolDestruction, RunsWhatQueuedWorkQueues) {
  std::atomic<int> Ran{0};
  const auto Post = [&](auto &Self, ThreadPool &Pool, int Left) -> void {
    ++Ran;
    if (Left != 0)
      Pool.post([&, Left] { Self(Self, Pool, Left - 1); });
  };
  {
    ThreadPool Pool(2);
    for (int I = 0; I != 4; ++I)
      Pool.post([&] { Post(Post, Pool, 100); });
  }
  EXPECT_EQ(Ran, 404);
}

/// A task of the pool that waits elsewhere, and one that only visits the pool.
TEST(PoolDestruction, WaitsForThoseWhoDependOnIt) {
  AsyncEvent Event;
  std::atomic<int> Ended{0};
  std::atomic<bool> Here{false};
  EventLoop Loop;
  EventLoop::WorkGuard Guard(Loop);
  std::thread LoopThread([&] { Loop.run(); });
  std::thread Later;
  {
    ThreadPool Pool(1);
    Loop.spawn([](ThreadPool &Pool, AsyncEvent &Event, std::atomic<int> &Ended,
                  std::atomic<bool> &Here) -> Task<void> {
      co_await Pool.schedule();
      Here = true;
      co_await Event.wait();
      ++Ended;
    }(Pool, Event, Ended, Here));
    (void)Pool.spawn(
        [](EventLoop &Loop, std::atomic<int> &Ended) -> Task<void> {
          co_await uncancellable([](EventLoop &Loop) -> Task<void> {
            co_await resume_on(Loop);
            co_await sleep_for(5ms);
          }(Loop));
          ++Ended;
        }(Loop, Ended));
    while (!Here)
      std::this_thread::yield();
    Later = std::thread([&] {
      std::this_thread::sleep_for(10ms);
      Event.set();
    });
  }
  EXPECT_EQ(Ended, 2);
  Later.join();
  Loop.stop();
  LoopThread.join();
}

/// Waits until the last owner of the pool has destroyed it.
template <class F> void endsByItself(F Start) {
  std::atomic<bool> Gone{false};
  Start(std::shared_ptr<ThreadPool>(new ThreadPool(2), [&](ThreadPool *Pool) {
    delete Pool;
    Gone = true;
  }));
  while (!Gone)
    std::this_thread::sleep_for(100us);
  // The threads end later and must not use the pool.
  std::this_thread::sleep_for(5ms);
}

TEST(PoolDestruction, ByAPostedFunction) {
  endsByItself([](std::shared_ptr<ThreadPool> Pool) {
    ThreadPool &P = *Pool;
    P.post([Pool = std::move(Pool)] { std::this_thread::sleep_for(2ms); });
  });
}

TEST(PoolDestruction, ByTheParameterOfATask) {
  static std::atomic<int> Others;
  Others = 0;
  const auto Body = [](std::shared_ptr<ThreadPool>) -> Task<void> {
    std::this_thread::sleep_for(2ms);
    co_await yield_now();
  };
  const auto Other = []() -> Task<void> {
    for (int I = 0; I != 20; ++I)
      co_await resume_on(*ThreadPool::current());
    ++Others;
  };
  endsByItself([&](std::shared_ptr<ThreadPool> Pool) {
    ThreadPool &P = *Pool;
    for (int I = 0; I != 10; ++I)
      (void)P.spawn(Other());
    (void)P.spawn(Body(std::move(Pool)));
  });
  EXPECT_EQ(Others, 10);
}

//===----------------------------------------------------------------------===//
// Deadlocks are refused
//===----------------------------------------------------------------------===//

Task<void> nothing() { co_return; }

/// The ways to ask a pool for work.
Task<void> bySchedule(ThreadPool &Pool) { co_await Pool.schedule(); }
Task<void> bySpawn(ThreadPool &Pool) { co_await Pool.spawn(nothing()); }
Task<void> byScope(ThreadPool &Pool) {
  const auto Body = [&](TaskScope &Scope) -> Task<void> {
    Scope.spawn_on(Pool, nothing());
    co_return;
  };
  co_await with_scope(Body);
}
Task<void> byScopedHop(ThreadPool &Pool) {
  const auto Body = [&](TaskScope &Scope) -> Task<void> {
    Scope.spawn(bySchedule(Pool));
    co_return;
  };
  co_await with_scope(Body);
}
Task<void> byGroup(ThreadPool &Pool) {
  co_await when_all(bySchedule(Pool), nothing());
}
Task<void> byNestedLoop(ThreadPool &Pool) {
  run_isolated(bySchedule(Pool));
  co_return;
}
Task<void> bySpawnHere(ThreadPool &Pool) {
  co_await spawn(*EventLoop::current(), bySchedule(Pool));
}

TEST(Deadlock, IsRefusedHoweverThePoolIsAsked) {
  using Ask = Task<void> (*)(ThreadPool &);
  for (const Ask How : {bySchedule, bySpawn, byScope, byScopedHop, byGroup,
                        byNestedLoop, bySpawnHere})
    for (const bool Isolated : {false, true})
      for (const PoolGrowth Growth :
           {PoolGrowth::Bounded, PoolGrowth::Growing}) {
        ThreadPool Pool(PoolOptions{1, Growth, 8});
        const auto Blocks = [&]() -> Task<bool> {
          try {
            Isolated ? run_isolated(How(Pool)) : sync_wait(How(Pool));
          } catch (const std::system_error &E) {
            EXPECT_EQ(E.code(), std::errc::resource_deadlock_would_occur);
            co_return true;
          }
          co_return false;
        };
        const auto Main = [&]() -> Task<bool> {
          co_return co_await Pool.spawn(Blocks());
        };
        EXPECT_EQ(sync_wait(Main()), Growth == PoolGrowth::Bounded);
        EXPECT_EQ(Pool.blocked_workers(), 0u);
      }
}

/// A growing pool grows as long as it may.
TEST(Deadlock, IsRefusedByAPoolThatHasGrown) {
  static constexpr int Most = 3;
  ThreadPool Pool(PoolOptions{1, PoolGrowth::Growing, Most});
  int Depth = 0;
  const auto Nests = [&](auto &Self) -> Task<void> {
    co_await resume_on(Pool);
    ++Depth;
    sync_wait(Self(Self));
  };
  const auto Main = [&]() -> Task<void> {
    try {
      co_await Pool.spawn(Nests(Nests));
      ADD_FAILURE() << "ended";
    } catch (const std::system_error &E) {
      EXPECT_EQ(E.code(), std::errc::resource_deadlock_would_occur);
    }
  };
  sync_wait(Main());
  EXPECT_EQ(Depth, Most);
}

/// With a free worker there is no deadlock.
TEST(Deadlock, IsNotRefusedWhileAWorkerIsFree) {
  ThreadPool Pool(2);
  const auto Blocks = [&]() -> Task<void> {
    run_isolated(byScope(Pool));
    run_isolated(byNestedLoop(Pool));
    co_return;
  };
  const auto Main = [&]() -> Task<void> { co_await Pool.spawn(Blocks()); };
  sync_wait(Main());
}

//===----------------------------------------------------------------------===//
// Fairness
//===----------------------------------------------------------------------===//

/// Pairs that wake each other keep a worker busy forever. Work that was woken
/// before, or posted, or spawned, runs within a bounded number of turns.
TEST(Fairness, WhatWasWokenRuns) {
  static constexpr long MostTurns = 5'000;
  ThreadPool Pool(1);
  std::atomic<long> Turns{0};
  std::atomic<bool> End{false};
  static constexpr int Pairs = 4;
  std::vector<std::unique_ptr<Channel<int>>> Channels;
  for (int I = 0; I != 2 * Pairs; ++I)
    Channels.push_back(std::make_unique<Channel<int>>(1));
  const auto Player = [&](Channel<int> &In, Channel<int> &Out,
                          bool First) -> Task<void> {
    if (First)
      co_await Out.send(1);
    while (!End && co_await In.receive()) {
      ++Turns;
      co_await Out.send(1);
    }
    Out.close();
  };
  AsyncEvent Event;
  long Woken = -1, Spawned = -1;
  const auto Waits = [&]() -> Task<void> {
    co_await Event.wait();
    Woken = Turns;
  };
  const auto Last = [&]() -> Task<void> {
    Spawned = Turns;
    co_return;
  };
  std::vector<JoinHandle<void>> Handles;
  const auto Starts = [&]() -> Task<void> {
    co_await yield_now();
    Event.set();
    Handles.push_back(Pool.spawn(Last()));
    for (int I = 0; I != Pairs; ++I) {
      Handles.push_back(
          Pool.spawn(Player(*Channels[2 * I], *Channels[2 * I + 1], true)));
      Handles.push_back(
          Pool.spawn(Player(*Channels[2 * I + 1], *Channels[2 * I], false)));
    }
  };
  const auto Main = [&]() -> Task<void> {
    auto Waiter = Pool.spawn(Waits());
    co_await Pool.spawn(Starts());
    co_await std::move(Waiter);
    while (Turns < MostTurns)
      co_await yield_now();
    End = true;
    for (auto &Handle : Handles)
      co_await std::move(Handle);
  };
  sync_wait(Main());
  EXPECT_GE(Woken, 0);
  EXPECT_LT(Woken, MostTurns);
  EXPECT_GE(Spawned, 0);
  EXPECT_LT(Spawned, MostTurns);
}

} // namespace
