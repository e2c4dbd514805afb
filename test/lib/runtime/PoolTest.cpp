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

/// A tree whose nodes have \p Width children, as an array or as a vector.
template <class Children> struct Tree {
  static Task<long> sum(long From, long Size, long Width) {
    if (Size == 1)
      co_return From;
    if (From % 3 == 0)
      co_await yield_now();
    Children Parts = makeChildren(Width);
    for (long I = 0; I != Width; ++I)
      Parts[I] = sum(From + I * (Size / Width), Size / Width, Width);
    long Sum = 0;
    for (long Part : co_await fork_join(std::move(Parts)))
      Sum += Part;
    co_return Sum;
  }
  static Children makeChildren(long Width) {
    if constexpr (requires(Children C) { C.resize(1); })
      return Children(std::size_t(Width));
    else
      return Children();
  }
};

template <class Children> void sumsATree() {
  for (std::size_t Threads : {1, 2, 4}) {
    ThreadPool Pool(Threads);
    const auto Main = [&]() -> Task<long> {
      co_await Pool.schedule();
      co_return co_await Tree<Children>::sum(0, 10'000, 10);
    };
    for (int I = 0; I != 10; ++I)
      EXPECT_EQ(sync_wait(Main()), 10'000L * 9'999 / 2) << Threads;
  }
  EventLoop Loop;
  EXPECT_EQ(Loop.run(Tree<Children>::sum(0, 100, 10)), 4950) << "off the pool";
}
TEST(ForkJoin, TakesAnArray) { sumsATree<std::array<Task<long>, 10>>(); }
TEST(ForkJoin, TakesAVector) { sumsATree<std::vector<Task<long>>>(); }

TEST(ForkJoin, TakesTasksOfSeveralTypes) {
  ThreadPool Pool(2);
  bool Ran = false;
  const auto Number = []() -> Task<int> { co_return 7; };
  const auto Nothing = [&]() -> Task<void> {
    Ran = true;
    co_return;
  };
  const auto Text = []() -> Task<std::string> { co_return "text"; };
  const auto Main = [&]() -> Task<void> {
    co_await Pool.schedule();
    auto [A, B, C] = co_await fork_join(Number(), Nothing(), Text());
    static_assert(std::is_same_v<decltype(B), std::monostate>);
    EXPECT_EQ(A, 7);
    EXPECT_EQ(C, "text");
  };
  sync_wait(Main());
  EXPECT_TRUE(Ran);
}

TEST(ForkJoin, TakesAnyNumberEvenNone) {
  ThreadPool Pool(2);
  std::atomic<int> Runs = 0;
  const auto Counts = [&]() -> Task<void> {
    ++Runs;
    co_return;
  };
  const auto Main = [&](int Number) -> Task<void> {
    co_await Pool.schedule();
    std::vector<Task<void>> Tasks;
    for (int I = 0; I != Number; ++I)
      Tasks.push_back(Counts());
    co_await fork_join(std::move(Tasks));
  };
  for (int Number : {0, 1, 2, 1000}) {
    Runs = 0;
    sync_wait(Main(Number));
    EXPECT_EQ(Runs, Number);
  }
}

TEST(ForkJoin, SharesOneForkAmongAllWorkers) {
  ThreadPool Pool(3);
  // Each child waits for the other two: that takes three threads at once. A
  // sleeping worker may miss an offer, so not every fork gets them.
  std::atomic<int> There = 0;
  std::atomic<bool> AllMet = false;
  const auto Meets = [&]() -> Task<void> {
    const auto Start = std::chrono::steady_clock::now();
    for (++There; std::chrono::steady_clock::now() - Start < 100ms;) {
      if (There == 3)
        AllMet = true;
      if (AllMet)
        break;
      std::this_thread::yield();
    }
    co_return;
  };
  const auto Main = [&]() -> Task<void> {
    co_await Pool.schedule();
    co_await fork_join(Meets(), Meets(), Meets());
  };
  for (int I = 0; I != 20 && !AllMet; ++I) {
    There = 0;
    sync_wait(Main());
  }
  EXPECT_TRUE(AllMet);
}

TEST(ForkJoin, AStopReachesEveryTaskThatWaits) {
  for (int Round = 0; Round != 50; ++Round) {
    ThreadPool Pool(3);
    AsyncEvent Never;
    std::stop_source Stop;
    std::atomic<int> Waiting = 0, Ended = 0;
    const auto Waits = [&]() -> Task<void> {
      ++Waiting;
      for (int I = 0; I != 3; ++I) {
        try {
          co_await Never.wait();
        } catch (const Cancelled &) {
          ++Ended;
        }
      }
    };
    const auto Forks = [&]() -> Task<void> {
      std::vector<Task<void>> Tasks;
      for (int I = 0; I != 5; ++I)
        Tasks.push_back(Waits());
      co_await fork_join(std::move(Tasks));
    };
    const auto Main = [&]() -> Task<void> {
      co_await Pool.schedule();
      co_await with_stop_token(Forks(), Stop.get_token());
    };
    std::jthread Stops([&] {
      if (Round % 2 == 0)
        while (Waiting != 5)
          std::this_thread::yield();
      Stop.request_stop();
    });
    sync_wait(Main());
    EXPECT_EQ(Ended, 15);
  }
}

TEST(ForkJoin, TasksWaitBesideEachOther) {
  ThreadPool Pool(3);
  std::stop_source Stop;
  const auto Main = [&]() -> Task<void> {
    co_await Pool.schedule();
    for (int Round = 0; Round != 100; ++Round) {
      AsyncEvent Open;
      std::atomic<int> Waiting = 0;
      const auto Waits = [&]() -> Task<void> {
        if (++Waiting == 4)
          Open.set();
        co_await Open.wait();
        co_await yield_now();
        co_await Open.wait();
      };
      co_await fork_join(Waits(), Waits(), Waits(), Waits());
    }
  };
  const auto Stoppable = [&]() -> Task<void> {
    co_await with_stop_token(Main(), Stop.get_token());
  };
  sync_wait(Stoppable());
}

TEST(ForkJoin, ThrowsTheFirstErrorOfMany) {
  ThreadPool Pool(2);
  const auto Fails = [](int I) -> Task<int> {
    if (I == 3 || I == 5)
      throw std::runtime_error(std::to_string(I));
    co_return I;
  };
  const auto Main = [&]() -> Task<std::string> {
    co_await Pool.schedule();
    std::vector<Task<int>> Tasks;
    for (int I = 0; I != 8; ++I)
      Tasks.push_back(Fails(I));
    try {
      co_await fork_join(std::move(Tasks));
    } catch (const std::runtime_error &E) {
      co_return E.what();
    }
    co_return "";
  };
  EXPECT_EQ(sync_wait(Main()), "3");
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
