//===-- CoordinationTest.cpp - Latches, conditions, races, clean-up -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ChildProcess.h"
#include "corolint/rt.h"
#include <csignal>
#include <deque>
#include <gtest/gtest.h>
#include <thread>
#include <unistd.h>

using namespace corolint::rt;
using corolint::rt::test::inChild;
using namespace std::chrono_literals;

namespace {

Task<int> returns(int Value, std::chrono::milliseconds After = 0ms) {
  co_await sleep_for(After);
  co_return Value;
}
Task<int> fails(std::chrono::milliseconds After = 0ms) {
  co_await sleep_for(After);
  throw std::runtime_error("fails");
}
Task<void> sleeps(std::chrono::milliseconds Time) { co_await sleep_for(Time); }
/// Returns although it is asked to stop.
Task<int> stubborn(int Value) {
  co_return co_await uncancellable(returns(Value, 3ms));
}

template <class F> void onLoop(F Body) {
  EventLoop Loop;
  Loop.run(Body());
}

//===----------------------------------------------------------------------===//
// Outcomes
//===----------------------------------------------------------------------===//

TEST(Gather, KeepsEveryOutcome) {
  onLoop([]() -> Task<void> {
    auto [One, Two, Three] =
        co_await gather(returns(1, 2ms), fails(), sleeps(1ms));
    EXPECT_EQ(std::move(One).value(), 1);
    EXPECT_FALSE(Two.has_value());
    EXPECT_FALSE(Two.cancelled());
    EXPECT_THROW(std::move(Two).value(), std::runtime_error);
    EXPECT_TRUE(Three.has_value());

    std::vector<Task<int>> Many;
    Many.push_back(fails());
    Many.push_back(returns(7));
    auto Outcomes = co_await gather(std::move(Many));
    EXPECT_EQ(Outcomes.size(), 2u);
    EXPECT_NE(Outcomes[0].error(), nullptr);
    EXPECT_EQ(std::move(Outcomes[1]).value(), 7);
  });
}

TEST(Gather, PassesAStopOn) {
  onLoop([]() -> Task<void> {
    const auto Both = []() -> Task<bool> {
      auto [One, Two] = co_await gather(sleeps(10s), sleeps(10s));
      co_return One.cancelled() && Two.cancelled();
    };
    std::stop_source Stop;
    TaskScope Scope;
    Scope.spawn([](std::stop_source S) -> Task<void> {
      co_await sleep_for(1ms);
      S.request_stop();
    }(Stop));
    auto Stoppable = with_stop_token(Both(), Stop.get_token());
    const bool AllCancelled = co_await Stoppable;
    EXPECT_TRUE(AllCancelled);
    co_await Scope.join();
  });
}

TEST(Outcome, KeepsReferences) {
  int Value = 1;
  const auto Refers = [&]() -> Task<int &> { co_return Value; };
  Outcome<int &> Got = sync_wait(outcome_of(Refers()));
  EXPECT_EQ(&std::move(Got).value(), &Value);
}

TEST(Race, IsWonByTheFirstThatReturns) {
  onLoop([]() -> Task<void> {
    auto Result = co_await race(fails(), returns(2, 1ms), returns(3, 10s));
    EXPECT_EQ(Result.Winner, 1u);
    EXPECT_EQ(std::get<1>(std::move(Result.All)).value(), 2);
    EXPECT_FALSE(std::get<0>(Result.All).cancelled());
    EXPECT_TRUE(std::get<2>(Result.All).cancelled());
  });
}

TEST(Race, HandsOutWhatALoserMade) {
  onLoop([]() -> Task<void> {
    std::vector<Task<int>> Tasks;
    Tasks.push_back(returns(1));
    Tasks.push_back(stubborn(2));
    auto Result = co_await race(std::move(Tasks));
    EXPECT_EQ(Result.Winner, 0u);
    EXPECT_EQ(std::move(Result.All[1]).value(), 2);
  });
}

TEST(Race, NobodyWinsIfAllFail) {
  onLoop([]() -> Task<void> {
    auto Result = co_await race(fails(), fails(1ms));
    EXPECT_EQ(Result.Winner, Result.Nobody);
    auto None = co_await race(std::vector<Task<int>>());
    EXPECT_EQ(None.Winner, None.Nobody);
  });
}

TEST(CleanUp, RunsWhateverHappens) {
  onLoop([]() -> Task<void> {
    int Cleaned = 0;
    const auto CleanUp = [&]() -> Task<void> {
      co_await sleep_for(1ms);
      ++Cleaned;
    };
    EXPECT_EQ(co_await with_cleanup(returns(1), CleanUp), 1);
    EXPECT_EQ(Cleaned, 1);
    bool Threw = false;
    try {
      (void)co_await with_cleanup(fails(), CleanUp);
    } catch (const std::runtime_error &) {
      Threw = true;
    }
    EXPECT_TRUE(Threw);
    EXPECT_EQ(Cleaned, 2);
    bool IsOut = false;
    try {
      co_await with_timeout(with_cleanup(sleeps(10s), CleanUp), 1ms);
    } catch (const TimedOut &) {
      IsOut = true;
    }
    EXPECT_TRUE(IsOut);
    EXPECT_EQ(Cleaned, 3);
  });
}

TEST(CleanUp, TheFirstErrorCounts) {
  const auto BadCleanUp = []() -> Task<void> {
    throw std::logic_error("clean-up");
    co_return;
  };
  EXPECT_THROW(sync_wait(with_cleanup(fails(), BadCleanUp)),
               std::runtime_error);
  EXPECT_THROW(sync_wait(with_cleanup(returns(1), BadCleanUp)),
               std::logic_error);
}

TEST(LinkedStopSource, IsStoppedByEach) {
  for (int Which = 0; Which != 3; ++Which) {
    std::stop_source A, B;
    LinkedStopSource Linked({A.get_token(), B.get_token()});
    EXPECT_FALSE(Linked.stop_requested());
    Which == 0   ? A.request_stop()
    : Which == 1 ? B.request_stop()
                 : Linked.request_stop();
    EXPECT_TRUE(Linked.get_token().stop_requested());
    EXPECT_EQ(A.stop_requested(), Which == 0);
  }
}

//===----------------------------------------------------------------------===//
// Latch, condition variable, shared mutex
//===----------------------------------------------------------------------===//

TEST(AsyncLatch, OpensWithTheLast) {
  ThreadPool Pool(2);
  AsyncLatch Latch(10);
  std::atomic<int> Arrived{0};
  const auto Arrives = [&]() -> Task<void> {
    ++Arrived;
    Latch.count_down();
    co_return;
  };
  std::vector<JoinHandle<void>> All;
  for (int I = 0; I != 10; ++I)
    All.push_back(Pool.spawn(Arrives()));
  sync_wait([](AsyncLatch &L) -> Task<void> { co_await L.wait(); }(Latch));
  EXPECT_EQ(Arrived, 10);
  EXPECT_TRUE(Latch.try_wait());
  for (JoinHandle<void> &One : All)
    sync_wait([](JoinHandle<void> H) -> Task<void> {
      co_await std::move(H);
    }(std::move(One)));
  EXPECT_TRUE(AsyncLatch(0).try_wait());
}

struct Mailbox {
  AsyncMutex Mutex;
  AsyncConditionVariable Changed;
  std::deque<int> Values;

  Task<int> take() {
    auto Guard = co_await Mutex.lock();
    co_await Changed.wait(Guard, [this] { return !Values.empty(); });
    const int Value = Values.front();
    Values.pop_front();
    co_return Value;
  }
  Task<void> put(int Value) {
    auto Guard = co_await Mutex.lock();
    Values.push_back(Value);
    Changed.notify_one();
  }
};

TEST(AsyncConditionVariable, EveryValueArrives) {
  Mailbox Box;
  constexpr int Count = 500;
  std::atomic<long> Sum{0};
  const auto Takes = [&]() -> Task<void> {
    for (int I = 0; I != Count; ++I)
      Sum += co_await Box.take();
  };
  const auto Puts = [&]() -> Task<void> {
    for (int I = 0; I != Count; ++I) {
      co_await Box.put(1);
      if (I % 16 == 0)
        co_await yield_now();
    }
  };
  {
    ThreadPool Pool(2);
    std::vector<JoinHandle<void>> All;
    for (int I = 0; I != 3; ++I) {
      All.push_back(Pool.spawn(Takes()));
      All.push_back(Pool.spawn(Puts()));
    }
    for (JoinHandle<void> &One : All)
      sync_wait([](JoinHandle<void> H) -> Task<void> {
        co_await std::move(H);
      }(std::move(One)));
  }
  EXPECT_EQ(Sum, 3 * Count);
}

TEST(AsyncConditionVariable, ACancelledWaiterHasTheLockAndLosesNoWakeUp) {
  onLoop([]() -> Task<void> {
    Mailbox Box;
    bool HadLock = false;
    const auto Waits = [&]() -> Task<void> {
      auto Guard = co_await Box.Mutex.lock();
      try {
        co_await Box.Changed.wait(Guard);
      } catch (const Cancelled &) {
        HadLock = Guard.owns_lock() && Box.Mutex.is_locked();
      }
    };
    TaskScope Scope;
    Scope.spawn(Waits());
    co_await sleep_for(1ms);
    TaskScope Second;
    int Got = 0;
    const auto Takes = [&]() -> Task<void> { Got = co_await Box.take(); };
    Second.spawn(Takes());
    co_await sleep_for(1ms);
    // The first one is notified and asked to stop in the same turn.
    Box.Values.push_back(5);
    Box.Changed.notify_one();
    Scope.request_stop();
    co_await Scope.join();
    Box.Changed.notify_one();
    co_await Second.join();
    EXPECT_EQ(Got, 5);
    Scope.spawn(Waits());
  });
}

/// A waiter that was notified and destroyed before it resumed passes the
/// notification on.
TEST(AsyncConditionVariable, ANotificationSurvivesItsReceiver) {
  AsyncMutex Mutex;
  AsyncConditionVariable Changed;
  bool Woken = false;
  const auto Waits = [&](bool *IsWoken) -> Task<void> {
    auto Guard = co_await Mutex.lock();
    co_await Changed.wait(Guard);
    if (IsWoken)
      *IsWoken = true;
  };
  EventLoop Loop;
  {
    EventLoop First;
    First.spawn(Waits(nullptr));
    First.poll();
    Loop.spawn(Waits(&Woken));
    Loop.poll();
    Changed.notify_one();
  }
  for (int I = 0; I != 4; ++I)
    Loop.poll();
  EXPECT_TRUE(Woken);
}

TEST(AsyncSharedMutex, ReadersShareWritersDoNot) {
  AsyncSharedMutex Mutex;
  std::atomic<int> Readers{0}, Writers{0}, MostReaders{0};
  std::atomic<bool> Broken{false};
  const auto Reads = [&]() -> Task<void> {
    for (int I = 0; I != 100; ++I) {
      auto Guard = co_await Mutex.lock_shared();
      const int Now = ++Readers;
      if (Now > MostReaders)
        MostReaders = Now;
      if (Writers != 0)
        Broken = true;
      co_await yield_now();
      --Readers;
    }
  };
  const auto Writes = [&]() -> Task<void> {
    for (int I = 0; I != 100; ++I) {
      auto Guard = co_await Mutex.lock();
      if (++Writers != 1 || Readers != 0)
        Broken = true;
      co_await yield_now();
      --Writers;
    }
  };
  {
    ThreadPool Pool(2);
    std::vector<JoinHandle<void>> All;
    for (int I = 0; I != 4; ++I)
      All.push_back(Pool.spawn(Reads()));
    for (int I = 0; I != 2; ++I)
      All.push_back(Pool.spawn(Writes()));
    for (JoinHandle<void> &One : All)
      sync_wait([](JoinHandle<void> H) -> Task<void> {
        co_await std::move(H);
      }(std::move(One)));
  }
  EXPECT_FALSE(Broken);
  EXPECT_GT(MostReaders, 1);
}

TEST(AsyncSharedMutex, AWriterThatGivesUpLetsReadersIn) {
  onLoop([]() -> Task<void> {
    AsyncSharedMutex Mutex;
    auto Mine = co_await Mutex.lock_shared();
    const auto Writes = [&]() -> Task<void> {
      auto Guard = co_await Mutex.lock();
    };
    bool HasRead = false;
    const auto Reads = [&]() -> Task<void> {
      auto Guard = co_await Mutex.lock_shared();
      HasRead = true;
    };
    TaskScope Writer, Reader;
    Writer.spawn(Writes());
    co_await yield_now();
    EXPECT_FALSE(Mutex.try_lock_shared().owns_lock()) << "the writer is next";
    Reader.spawn(Reads());
    co_await yield_now();
    EXPECT_FALSE(HasRead);
    Writer.request_stop();
    co_await Writer.join();
    co_await Reader.join();
    EXPECT_TRUE(HasRead);
    EXPECT_FALSE(Mutex.try_lock().owns_lock());
    Mine.unlock();
    EXPECT_TRUE(Mutex.try_lock().owns_lock());
  });
}

//===----------------------------------------------------------------------===//
// Signals
//===----------------------------------------------------------------------===//

TEST(Signals, ArriveAsValues) {
  SignalSet Set({SIGUSR1, SIGUSR2});
  EventLoop Loop;
  const auto Raises = []() -> Task<void> {
    co_await sleep_for(1ms);
    ::raise(SIGUSR2);
  };
  const auto Main = [&]() -> Task<int> {
    TaskScope Scope;
    Scope.spawn(Raises());
    const int Signal = co_await Set.next();
    co_await Scope.join();
    co_return Signal;
  };
  EXPECT_EQ(Loop.run(Main()), SIGUSR2);
}

/// The exit status of a process that runs \p Work until SIGTERM.
int statusAfter(Task<void> (*Work)(), bool Terminate) {
  return inChild([&] {
    SignalSet Set({SIGTERM});
    if (Terminate)
      ::raise(SIGTERM);
    EventLoop Loop;
    Loop.run(run_until_signal(Work(), Set, 20ms));
    return 7;
  });
}

TEST(Signals, AskTheProgramToStop) {
  constexpr auto Ends = []() -> Task<void> { co_await sleep_for(1ms); };
  EXPECT_EQ(statusAfter(Ends, false), 7) << "no signal";
  constexpr auto Obeys = []() -> Task<void> {
    try {
      co_await sleep_for(10s);
    } catch (const Cancelled &) {
    }
  };
  EXPECT_EQ(statusAfter(Obeys, true), 7) << "stopped in time";
  constexpr auto Unwinds = []() -> Task<void> { co_await sleep_for(10s); };
  EXPECT_EQ(statusAfter(Unwinds, true), 7) << "cancelled in time";
  constexpr auto Joins = []() -> Task<void> {
    TaskScope Scope;
    Scope.spawn(sleeps(10s));
    co_await Scope.join();
  };
  EXPECT_EQ(statusAfter(Joins, true), 7) << "with its tasks";
  constexpr auto Ignores = []() -> Task<void> {
    co_await uncancellable(sleeps(10s));
  };
  EXPECT_EQ(statusAfter(Ignores, true), 128 + SIGTERM) << "the grace is over";
}

} // namespace
