//===-- PoolTest.cpp - The thread pool ------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt.h"
#include <barrier>
#include <gtest/gtest.h>
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {

TEST(ThreadPool, RunsCoroutinesOnItsThreads) {
  ThreadPool Pool(2);
  EXPECT_EQ(Pool.threads(), 2u);
  const auto Main = [&]() -> Task<int> {
    const auto Here = std::this_thread::get_id();
    EXPECT_EQ(ThreadPool::current(), nullptr);
    co_await Pool.schedule();
    EXPECT_NE(Here, std::this_thread::get_id());
    EXPECT_EQ(ThreadPool::current(), &Pool);
    co_await Pool.schedule();
    co_return 5;
  };
  EXPECT_EQ(sync_wait(Main()), 5);
}

TEST(ThreadPool, SpawnsAndJoins) {
  ThreadPool Pool(2);
  const auto Body = [](int N) -> Task<int> {
    co_await yield_now();
    if (N == 13)
      throw std::runtime_error("13");
    co_return N;
  };
  const auto Main = [&]() -> Task<int> {
    std::vector<JoinHandle<int>> Handles;
    for (int I = 0; I != 20; ++I)
      Handles.push_back(Pool.spawn(Body(I)));
    int Sum = 0;
    for (auto &Handle : Handles) {
      try {
        Sum += co_await std::move(Handle);
      } catch (const std::runtime_error &) {
        Sum += 1000;
      }
    }
    co_return Sum;
  };
  EXPECT_EQ(sync_wait(Main()), 190 - 13 + 1000);
}

TEST(ThreadPool, TheDestructorWaitsForSpawnedTasks) {
  std::atomic<int> Done{0};
  const auto Body = [&]() -> Task<void> {
    for (int I = 0; I != 100; ++I)
      co_await resume_on(*ThreadPool::current());
    ++Done;
  };
  {
    ThreadPool Pool(2);
    for (int I = 0; I != 50; ++I)
      (void)Pool.spawn(Body());
  }
  EXPECT_EQ(Done, 50);
}

TEST(ThreadPool, TheDestructorStopsSpawnedTasks) {
  const auto Body = [&]() -> Task<void> {
    for (;;)
      co_await yield_now();
  };
  ThreadPool Pool(1);
  (void)Pool.spawn(Body());
  std::this_thread::sleep_for(1ms);
}

TEST(ThreadPool, PostedFunctionsRun) {
  std::atomic<int> Sum{0};
  {
    ThreadPool Pool(2);
    for (int I = 1; I <= 100; ++I)
      Pool.post([&, I] { Sum += I; });
  }
  EXPECT_EQ(Sum, 5050);
}

TEST(ThreadPool, YieldingIsFair) {
  ThreadPool Pool(1);
  std::atomic<bool> Flag{false};
  const auto Spins = [&]() -> Task<void> {
    while (!Flag)
      co_await yield_now();
  };
  const auto Sets = [&]() -> Task<void> {
    Flag = true;
    co_return;
  };
  auto A = Pool.spawn(Spins());
  auto B = Pool.spawn(Sets());
  const auto Main = [&]() -> Task<void> {
    co_await std::move(A);
    co_await std::move(B);
  };
  sync_wait(Main());
}

TEST(ThreadPool, PingPongDoesNotStarveOthers) {
  // Two tasks that always wake each other use the slot; a third still runs.
  ThreadPool Pool(1);
  Channel<int> There(0), Back(0);
  std::atomic<bool> Flag{false};
  const auto Ping = [&]() -> Task<void> {
    while (!Flag) {
      co_await There.send(1);
      co_await Back.receive();
    }
    There.close();
  };
  const auto Pong = [&]() -> Task<void> {
    while (co_await There.receive())
      co_await Back.send(1);
  };
  const auto Third = [&]() -> Task<void> {
    for (int I = 0; I != 10; ++I)
      co_await yield_now();
    Flag = true;
  };
  auto A = Pool.spawn(Ping());
  auto B = Pool.spawn(Pong());
  auto C = Pool.spawn(Third());
  const auto Main = [&]() -> Task<void> {
    co_await std::move(A);
    co_await std::move(B);
    co_await std::move(C);
  };
  sync_wait(Main());
}

Task<long> fib(int N) {
  if (N < 2)
    co_return N;
  auto [A, B] = co_await fork_join(fib(N - 1), fib(N - 2));
  co_return A + B;
}

TEST(ForkJoin, DividesAndConquers) {
  for (std::size_t Threads : {1, 2, 4}) {
    ThreadPool Pool(Threads);
    const auto Main = [&]() -> Task<long> {
      co_await Pool.schedule();
      co_return co_await fib(20);
    };
    EXPECT_EQ(sync_wait(Main()), 6765) << Threads;
  }
  EXPECT_EQ(sync_wait(fib(10)), 55) << "off the pool";
}

TEST(ForkJoin, WorksWithTasksThatSuspend) {
  ThreadPool Pool(3);
  struct Recursive {
    static Task<long> sum(int From, int To) {
      co_await yield_now();
      if (To - From == 1)
        co_return From;
      const int Middle = (From + To) / 2;
      auto [A, B] = co_await fork_join(sum(From, Middle), sum(Middle, To));
      co_await yield_now();
      co_return A + B;
    }
  };
  const auto Main = [&]() -> Task<long> {
    co_await Pool.schedule();
    co_return co_await Recursive::sum(0, 500);
  };
  for (int I = 0; I != 20; ++I)
    EXPECT_EQ(sync_wait(Main()), 500 * 499 / 2);
}

TEST(ForkJoin, ThrowsTheFirstError) {
  ThreadPool Pool(2);
  const auto Fails = [](const char *What) -> Task<void> {
    throw std::runtime_error(What);
    co_return;
  };
  const auto Main = [&]() -> Task<std::string> {
    co_await Pool.schedule();
    try {
      co_await fork_join(Fails("one"), Fails("two"));
    } catch (const std::runtime_error &E) {
      co_return E.what();
    }
    co_return "";
  };
  EXPECT_EQ(sync_wait(Main()), "one");
}

TEST(SyncWaitOnPool, WorksWhileAWorkerIsFree) {
  ThreadPool Pool(2);
  const auto Inner = [&]() -> Task<int> {
    co_await Pool.schedule();
    co_return 3;
  };
  const auto Main = [&]() -> Task<int> {
    co_await Pool.schedule();
    co_return sync_wait(Inner());
  };
  EXPECT_EQ(sync_wait(Main()), 3);
}

TEST(SyncWaitOnPool, ThrowsOnTheLastFreeWorker) {
  ThreadPool Pool(1);
  const auto Inner = [&]() -> Task<int> {
    co_await Pool.schedule();
    co_return 3;
  };
  const auto Joins = [&]() -> Task<int> {
    co_return co_await Pool.spawn(Inner());
  };
  const auto Main = [&](bool Join) -> Task<bool> {
    co_await Pool.schedule();
    try {
      sync_wait(Join ? Joins() : Inner());
    } catch (const std::system_error &E) {
      co_return E.code() == std::errc::resource_deadlock_would_occur;
    }
    co_return false;
  };
  EXPECT_TRUE(sync_wait(Main(false)));
  EXPECT_TRUE(sync_wait(Main(true)));
}

TEST(SyncWaitOnPool, OtherWorkIsFine) {
  ThreadPool Pool(1);
  const auto Inner = []() -> Task<int> {
    co_await sleep_for(1ms);
    co_return 4;
  };
  const auto Main = [&]() -> Task<int> {
    co_await Pool.schedule();
    co_return sync_wait(Inner());
  };
  EXPECT_EQ(sync_wait(Main()), 4);
}

TEST(SyncWaitOnPool, AGrowingPoolGrows) {
  ThreadPool Pool(PoolOptions{1, PoolGrowth::Growing, 8});
  struct Recursive {
    static Task<int> run(ThreadPool &Pool, int Depth) {
      co_await Pool.schedule();
      if (Depth == 0)
        co_return 0;
      co_return 1 + sync_wait(run(Pool, Depth - 1));
    }
  };
  EXPECT_EQ(sync_wait(Recursive::run(Pool, 5)), 5);
  EXPECT_GT(Pool.threads(), 4u);
}

TEST(ThreadPool, BlockingWorkGoesElsewhere) {
  ThreadPool Pool(1);
  std::barrier AllAtOnce(8); // Hangs unless eight threads block at a time.
  const auto Body = [&]() -> Task<void> {
    co_await run_blocking([&] { AllAtOnce.arrive_and_wait(); });
    EXPECT_NE(ThreadPool::current(), nullptr);
  };
  const auto Main = [&]() -> Task<void> {
    std::vector<JoinHandle<void>> All;
    for (int I = 0; I != 8; ++I)
      All.push_back(Pool.spawn(Body()));
    for (auto &Handle : All)
      co_await std::move(Handle);
  };
  sync_wait(Main());
}

TEST(ThreadPool, SyncPrimitivesWorkAcrossThreads) {
  ThreadPool Pool(3);
  AsyncMutex Mutex;
  long Counter = 0;
  const auto Body = [&]() -> Task<void> {
    for (int I = 0; I != 500; ++I) {
      auto Guard = co_await Mutex.lock();
      ++Counter;
      if (I % 50 == 0)
        co_await yield_now();
    }
  };
  const auto Main = [&]() -> Task<void> {
    std::vector<JoinHandle<void>> All;
    for (int I = 0; I != 20; ++I)
      All.push_back(Pool.spawn(Body()));
    for (auto &Handle : All)
      co_await std::move(Handle);
  };
  sync_wait(Main());
  EXPECT_EQ(Counter, 10000);
}

} // namespace
