//===-- JoinTest.cpp - Spawning, joining, stopping one task ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Explorer.h"
#include "corolint/rt.h"
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

using namespace corolint::rt;
using namespace corolint::rt::test;
using namespace std::chrono_literals;

namespace {

Task<int> gives(int Value) { co_return Value; }
Task<int> yieldsThenGives(int Value) {
  co_await yield_now();
  co_return Value;
}
Task<void> throwsError() {
  co_await yield_now();
  throw std::runtime_error("mine");
}
Task<void> sleepsLong() { co_await sleep_for(1h); }

/// The ways to spawn a task.
TEST(Spawn, ReturnsAHandleEverywhere) {
  ThreadPool Pool(2);
  EventLoop Loop;
  const auto Main = [&]() -> Task<int> {
    TaskScope Scope;
    JoinHandle<int> OnLoop = Loop.spawn(gives(1));
    JoinHandle<int> OnPool = Pool.spawn(gives(2));
    JoinHandle<int> Free = spawn(Loop, yieldsThenGives(3));
    JoinHandle<int> Scoped = Scope.spawn(yieldsThenGives(4));
    JoinHandle<int> ScopedThere = Scope.spawn_on(Pool, gives(5));
    int Sum = co_await std::move(OnLoop);
    Sum += co_await std::move(OnPool);
    Sum += co_await std::move(Free);
    Sum += co_await std::move(Scoped);
    Sum += co_await std::move(ScopedThere);
    co_await Scope.join();
    co_return Sum;
  };
  EXPECT_EQ(Loop.run(Main()), 15);
}

TEST(Spawn, AnErrorWithoutAHandleEndsTheLoopsRun) {
  EventLoop Loop;
  Loop.spawn(throwsError());
  EXPECT_THROW(Loop.run(), std::runtime_error);
  JoinHandle<void> Kept = Loop.spawn(throwsError());
  Loop.run();
  EXPECT_TRUE(Kept.done());
  const auto Joins = [](JoinHandle<void> Handle) -> Task<void> {
    co_await std::move(Handle);
  };
  EXPECT_THROW(Loop.run(Joins(std::move(Kept))), std::runtime_error);
}

TEST(Spawn, AnErrorInAScopeIsTheScopesAndTheHandles) {
  EventLoop Loop;
  const auto Main = []() -> Task<int> {
    TaskScope Scope;
    JoinHandle<void> Fails = Scope.spawn(throwsError());
    int Caught = 0;
    try {
      co_await std::move(Fails);
    } catch (const std::runtime_error &) {
      ++Caught;
    }
    try {
      co_await Scope.join();
    } catch (const std::runtime_error &) {
      ++Caught;
    }
    co_return Caught;
  };
  EXPECT_EQ(Loop.run(Main()), 2);
}

//===----------------------------------------------------------------------===//
// A join that begins the task
//===----------------------------------------------------------------------===//

TEST(Join, BeginsTheTaskThatWasSpawnedLast) {
  EventLoop Loop;
  std::string Order;
  const auto Notes = [&](char C) -> Task<void> {
    Order += C;
    co_return;
  };
  const auto Main = [&]() -> Task<void> {
    Loop.spawn(Notes('a'));
    JoinHandle<void> Last = Loop.spawn(Notes('b'));
    EXPECT_EQ(Order, "") << "never before spawn returns";
    co_await std::move(Last);
    EXPECT_EQ(Order, "b");
    JoinHandle<void> NotLast = Loop.spawn(Notes('c'));
    Loop.spawn(Notes('d'));
    co_await std::move(NotLast);
    EXPECT_EQ(Order, "bacd");
  };
  Loop.run(Main());
}

/// Others get their turn, however often a coroutine joins tasks that end at
/// once.
TEST(Join, LetsOthersRun) {
  EventLoop Loop;
  bool Ran = false;
  const auto Main = [&]() -> Task<int> {
    Loop.post([&] { Ran = true; });
    int Joins = 0;
    while (!Ran && Joins != 10'000)
      Joins += co_await Loop.spawn(gives(1));
    co_return Joins;
  };
  EXPECT_LE(Loop.run(Main()), int(detail::AwaitBudget) + 1);
}

Task<int> depthOf(int Depth) {
  if (Depth == 0)
    co_return 0;
  co_return 1 + co_await EventLoop::current()->spawn(depthOf(Depth - 1));
}

TEST(Join, NestsToAnyDepth) {
  EventLoop Loop;
  EXPECT_EQ(Loop.run(depthOf(20'000)), 20'000);
}

/// A task that begins within the join may end the scope of its joiner.
TEST(Join, MayDestroyTheJoiner) {
  EventLoop Loop;
  int Living = 0;
  const auto Main = [&]() -> Task<void> {
    auto Scope = std::make_unique<TaskScope>();
    const auto Destroys = [&]() -> Task<void> {
      Scope.reset();
      co_return;
    };
    const auto Joins = [&](Counted) -> Task<void> {
      co_await Loop.spawn(Destroys());
      ADD_FAILURE() << "is gone";
    };
    Scope->spawn(Joins(Counted(Living)));
    co_await yield_now();
    EXPECT_EQ(Scope, nullptr);
    EXPECT_EQ(Living, 0);
  };
  Loop.run(Main());
}

TEST(Join, OnAPoolBeginsWhatWasNotStolen) {
  ThreadPool Pool(3);
  const auto Main = [&]() -> Task<long> {
    co_await Pool.schedule();
    long Sum = 0;
    for (int I = 0; I != 5000; ++I) {
      // GCC 12 destroys both operands of a conditional next to a co_await.
      Task<int> Work = I % 3 ? gives(I) : yieldsThenGives(I);
      Sum += co_await Pool.spawn(std::move(Work));
    }
    co_return Sum;
  };
  EXPECT_EQ(sync_wait(Main()), 12'497'500);
}

TEST(Join, OutlivesTheLoopOfTheTask) {
  JoinHandle<int> Handle;
  int Living = 0;
  {
    EventLoop Loop;
    const auto Task = [](Counted) -> corolint::rt::Task<int> {
      co_await sleep_for(1h);
      co_return 1;
    };
    Handle = Loop.spawn(Task(Counted(Living)));
    Loop.poll();
    EXPECT_FALSE(Handle.done());
  }
  EXPECT_TRUE(Handle.done());
  EXPECT_EQ(Living, 0) << "only the outcome is kept";
  const auto Joins = [&]() -> Task<void> { co_await std::move(Handle); };
  EXPECT_THROW(sync_wait(Joins()), Cancelled);
}

/// Every order of the ends of task and handle, and of a request to stop.
TEST(Join, EveryOrderOfItsEnds) {
  explore([](Explorer &E) {
    int Living = 0;
    SteppedExecutor Pool;
    EventLoop Loop;
    const auto Waits = [](Counted, AsyncEvent &Event) -> Task<void> {
      co_await Event.wait();
    };
    AsyncEvent Event;
    std::optional<JoinHandle<void>> Handle(
        spawn(Pool, Waits(Counted(Living), Event)));
    bool Stops = E.choose(2);
    bool Sets = true;
    while (Handle || Stops || Sets || Pool.hasWork()) {
      const unsigned Count = (Pool.hasWork() ? 1 : 0) + (Handle ? 1 : 0) +
                             (Stops && Handle ? 1 : 0) + (Sets ? 1 : 0);
      unsigned Taken = Count > 1 ? E.choose(Count) : 0;
      if (Pool.hasWork() && Taken-- == 0) {
        Pool.step();
      } else if (Handle && Taken-- == 0) {
        Handle.reset();
        Stops = false;
      } else if (Stops && Handle && Taken-- == 0) {
        Handle->request_stop();
        Stops = false;
      } else {
        Event.set();
        Sets = false;
      }
    }
    EXPECT_EQ(Living, 0);
  });
}

//===----------------------------------------------------------------------===//
// Stopping one task
//===----------------------------------------------------------------------===//

TEST(RequestStop, EndsThisTaskAlone) {
  EventLoop Loop;
  const auto Main = [&]() -> Task<void> {
    JoinHandle<void> A = Loop.spawn(sleepsLong());
    JoinHandle<void> B = Loop.spawn(sleepsLong());
    co_await yield_now();
    A.request_stop();
    A.request_stop(); // Harmless.
    bool Stopped = false;
    try {
      co_await std::move(A);
    } catch (const Cancelled &) {
      Stopped = true;
    }
    EXPECT_TRUE(Stopped);
    EXPECT_FALSE(B.done());
  };
  Loop.run(Main());
}

TEST(RequestStop, ReachesATaskThatHasNotBegun) {
  EventLoop Loop;
  const auto Main = [&]() -> Task<bool> {
    JoinHandle<void> Later = Loop.spawn(sleepsLong());
    Later.request_stop();
    try {
      co_await std::move(Later);
    } catch (const Cancelled &) {
      co_return true;
    }
    co_return false;
  };
  EXPECT_TRUE(Loop.run(Main()));
}

TEST(RequestStop, IsSeenInTheTokenAndByAYield) {
  EventLoop Loop;
  const auto Spins = []() -> Task<int> {
    const std::stop_token Token = co_await current_stop_token();
    EXPECT_TRUE(Token.stop_possible());
    try {
      for (;;)
        co_await yield_now();
    } catch (const Cancelled &) {
    }
    co_return Token.stop_requested() ? 1 : 0;
  };
  const auto Main = [&]() -> Task<int> {
    JoinHandle<int> Handle = Loop.spawn(Spins());
    co_await yield_now();
    Handle.request_stop();
    co_return co_await std::move(Handle);
  };
  EXPECT_EQ(Loop.run(Main()), 1);
}

/// The stop also reaches children and other scopes that the task awaits.
TEST(RequestStop, ReachesGroupsScopesAndPools) {
  ThreadPool Pool(2);
  EventLoop Loop;
  const auto Group = []() -> Task<void> {
    co_await when_all(sleepsLong(), sleepsLong());
  };
  const auto Scope = []() -> Task<void> {
    constexpr auto Body = [](TaskScope &S) -> Task<void> {
      S.spawn(sleepsLong());
      co_return;
    };
    co_await with_scope(Body);
  };
  const auto Hops = [&]() -> Task<void> {
    co_await Pool.schedule();
    co_await sleep_for(1h);
  };
  const auto Joins = [&]() -> Task<void> { co_await Loop.spawn(sleepsLong()); };
  const auto Main = [&]() -> Task<int> {
    std::vector<JoinHandle<void>> All;
    All.push_back(Loop.spawn(Group()));
    All.push_back(Loop.spawn(Scope()));
    All.push_back(Loop.spawn(Hops()));
    All.push_back(Loop.spawn(Joins()));
    All.push_back(Pool.spawn(sleepsLong()));
    co_await sleep_for(5ms);
    int Stopped = 0;
    for (JoinHandle<void> &One : All) {
      One.request_stop();
      try {
        co_await std::move(One);
        // The scope's join does not throw for tasks that were stopped.
        ++Stopped;
      } catch (const Cancelled &) {
        ++Stopped;
      }
    }
    co_return Stopped;
  };
  EXPECT_EQ(Loop.run(Main()), 5);
}

/// A loop that shuts down stops tasks with handles like all others.
TEST(RequestStop, LeavesTheLoopsOwnStop) {
  EventLoop Loop;
  std::vector<JoinHandle<void>> Kept;
  for (int I = 0; I != 3; ++I)
    Kept.push_back(Loop.spawn(sleepsLong()));
  Loop.poll();
  Loop.shutdown();
  for (const JoinHandle<void> &One : Kept)
    EXPECT_TRUE(One.done());
}

TEST(RequestStop, FromOtherThreads) {
  ThreadPool Pool(2);
  for (int I = 0; I != 300; ++I) {
    JoinHandle<void> Handle = Pool.spawn(sleepsLong());
    std::thread Stops([&] { Handle.request_stop(); });
    const auto Joins = [&]() -> Task<void> {
      try {
        co_await std::move(Handle);
      } catch (const Cancelled &) {
      }
    };
    sync_wait(Joins());
    Stops.join();
  }
}

} // namespace
