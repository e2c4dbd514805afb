//===-- AgreementTest.cpp - Exact reports of the contracts ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tests each kind of contract in a case that looks like a violation but is
// none, and in one where a violation is hidden.
//
//===----------------------------------------------------------------------===//

#include "Reports.h"
#include "corolint/rt.h"
#include <gtest/gtest.h>
#include <mutex>
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {

/// Also enables the watcher.
class Reports : public test::Reports {
public:
  explicit Reports(WatchOptions Options = {}) { Contracts::watch(Options); }
  std::string text() {
    std::string Text;
    for (const Violation &V : take())
      Text += V.format() + "\n";
    return Text;
  }
};

Task<void> nothing() { co_return; }
Task<void> sleeps() { co_await sleep_for(1ms); }
Task<void> awaits(Task<void> Work) { co_await std::move(Work); }
Task<void> inScope(Task<void> Work) {
  NoYieldScope Scope;
  co_await std::move(Work);
}

//===----------------------------------------------------------------------===//
// Did the await let others run?
//===----------------------------------------------------------------------===//

std::vector<bool> suspendedIn(Task<void> Work) {
  Reports R;
  EventLoop Loop;
  Loop.run(std::move(Work));
  std::vector<bool> Suspended;
  for (const Violation &V : R.take())
    Suspended.push_back(V.Suspended);
  return Suspended;
}

TEST(Suspension, OfATaskThatEndsAtOnce) {
  EXPECT_EQ(suspendedIn(inScope(nothing())), std::vector{false});
  EXPECT_EQ(suspendedIn(inScope(awaits(awaits(nothing())))),
            std::vector{false});
}

TEST(Suspension, OfATaskThatWaits) {
  EXPECT_EQ(suspendedIn(inScope(sleeps())), std::vector{true});
  EXPECT_EQ(suspendedIn(inScope(awaits(awaits(sleeps())))), std::vector{true});
}

TEST(Suspension, OfAGroup) {
  const auto All = [](Task<void> A, Task<void> B) -> Task<void> {
    co_await when_all(std::move(A), std::move(B));
  };
  EXPECT_EQ(suspendedIn(inScope(All(nothing(), nothing()))),
            std::vector{false});
  EXPECT_EQ(suspendedIn(inScope(All(nothing(), sleeps()))), std::vector{true});
}

TEST(Suspension, OfAnAwaitInsideOfWhichALoopRuns) {
  const auto Isolated = []() -> Task<void> {
    run_isolated(sleeps()); // Its turns are not the outer loop's.
    co_return;
  };
  EXPECT_EQ(suspendedIn(inScope(Isolated())), std::vector{false});
}

TEST(Suspension, OfATaskThatThrows) {
  const auto Throws = []() -> Task<void> {
    throw std::runtime_error("");
    co_return;
  };
  const auto Main = [&]() -> Task<void> {
    try {
      co_await inScope(Throws());
    } catch (const std::runtime_error &) {
    }
  };
  EXPECT_EQ(suspendedIn(Main()), std::vector{false});
}

TEST(Suspension, IsReportedThoughTheTaskNeverEnds) {
  Reports R;
  AsyncEvent Never;
  const auto Waits = [&]() -> Task<void> { co_await Never.wait(); };
  {
    EventLoop Loop;
    (void)Loop.spawn(inScope(Waits()));
    while (Loop.poll()) {
    }
    const auto Found = R.take();
    ASSERT_EQ(Found.size(), 1u);
    EXPECT_TRUE(Found[0].Suspended);
  }
}

//===----------------------------------------------------------------------===//
// The holder of a mutex
//===----------------------------------------------------------------------===//

class Holder : public ::testing::Test {
public:
  /// Waits for the mutex, which another task releases.
  Task<void> locks() { auto Guard = co_await Mutex.lock(); }
  Task<void> givesBack(AsyncMutex::Guard &Guard) {
    co_await sleep_for(5ms);
    Guard.unlock();
  }
  Task<void> keeps(AsyncMutex::Guard) { co_await sleep_for(5ms); }

  void expectSilence(Task<void> Main) {
    Reports R({.Quiescence = 1ms});
    EventLoop Loop;
    Loop.run(std::move(Main));
    EXPECT_EQ(R.text(), "");
  }

  AsyncMutex Mutex;
};

TEST_F(Holder, IsForgottenAfterUnlock) {
  expectSilence([](Holder &Self) -> Task<void> {
    {
      auto Mine = co_await Self.Mutex.lock();
    }
    AsyncMutex::Guard Tried = Self.Mutex.try_lock();
    EXPECT_TRUE(Tried.owns_lock());
    EXPECT_EQ(Self.Mutex.holder(), nullptr);
    TaskScope Scope;
    Scope.spawn(Self.givesBack(Tried));
    auto Again = co_await Self.Mutex.lock();
    co_await Scope.join();
  }(*this));
}

TEST_F(Holder, IsForgottenWhenTheGuardMoves) {
  expectSilence([](Holder &Self) -> Task<void> {
    TaskScope Scope;
    auto Mine = co_await Self.Mutex.lock();
    Scope.spawn(Self.keeps(std::move(Mine)));
    auto Again = co_await Self.Mutex.lock();
    co_await Scope.join();
  }(*this));
}

TEST_F(Holder, IsWhoeverTheLockIsHandedTo) {
  expectSilence([](Holder &Self) -> Task<void> {
    TaskScope Scope;
    {
      auto Mine = co_await Self.Mutex.lock();
      for (int I = 0; I != 3; ++I)
        Scope.spawn(Self.locks());
      co_await yield_now();
    }
    auto Again = co_await Self.Mutex.lock(); // The others got it first.
    co_await Scope.join();
  }(*this));
}

TEST_F(Holder, MayRaceAgainstATimer) {
  expectSilence([](Holder &Self) -> Task<void> {
    auto Mine = co_await Self.Mutex.lock();
    bool IsOut = false;
    try {
      co_await with_timeout(Self.locks(), 2ms);
    } catch (const TimedOut &) {
      IsOut = true;
    }
    EXPECT_TRUE(IsOut);
  }(*this));
}

TEST(Legs, OfAForkMayWaitForOneAnother) {
  Reports R;
  ThreadPool Pool(2);
  AsyncMutex Mutex;
  const auto Locks = [&]() -> Task<void> {
    auto Guard = co_await Mutex.lock();
    co_await yield_now();
  };
  const auto Main = [&]() -> Task<void> {
    co_await Pool.schedule();
    for (int I = 0; I != 20; ++I)
      co_await fork_join(Locks(), Locks());
  };
  sync_wait(Main());
  EXPECT_EQ(R.text(), "");
}

//===----------------------------------------------------------------------===//
// Cycles
//===----------------------------------------------------------------------===//

Task<void> both(AsyncMutex &First, AsyncMutex &Second, std::atomic<int> &Both) {
  auto One = co_await First.lock();
  ++Both;
  while (Both != 2)
    co_await yield_now();
  auto Two = co_await Second.lock();
}

TEST(Cycle, OnALoopThatHasOtherThingsToDo) {
  Reports R;
  AsyncMutex A, B;
  std::atomic<int> Both{0};
  EventLoop Loop;
  (void)Loop.spawn(both(A, B, Both));
  (void)Loop.spawn(both(B, A, Both));
  Loop.run(sleeps());
  const auto Found = R.take();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Kind, ViolationKind::Quiescence);
}

TEST(Cycle, OnAPool) {
  Reports R;
  AsyncMutex A, B;
  std::atomic<int> Both{0};
  const auto Locks = [&](AsyncMutex &X, AsyncMutex &Y) -> Task<void> {
    try {
      co_await both(X, Y, Both);
    } catch (const Cancelled &) {
    }
  };
  {
    ThreadPool Pool(2);
    auto One = Pool.spawn(Locks(A, B));
    auto Two = Pool.spawn(Locks(B, A));
    for (int I = 0; I != 500 && Contracts::count() == 0; ++I)
      std::this_thread::sleep_for(1ms);
  }
  const auto Found = R.take();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Kind, ViolationKind::Quiescence);
}

TEST(Cycle, ThroughAGroup) {
  Reports R;
  AsyncMutex Mutex;
  const auto Locks = [&]() -> Task<void> {
    auto Guard = co_await Mutex.lock();
  };
  const auto Outer = [&]() -> Task<void> {
    auto Guard = co_await Mutex.lock();
    co_await when_all(Locks(), sleeps());
  };
  EventLoop Loop;
  (void)Loop.spawn(Outer());
  Loop.run([]() -> Task<void> { co_await sleep_for(5ms); }());
  ASSERT_EQ(R.take().size(), 1u);
}

TEST(Cycle, OrderedLocksAreNone) {
  Reports R;
  ThreadPool Pool(2);
  AsyncMutex A, B, C;
  const auto Locks = [&]() -> Task<void> {
    for (int I = 0; I != 200; ++I) {
      auto One = co_await A.lock();
      auto Two = co_await B.lock();
      One.unlock();
      auto Three = co_await C.lock();
      co_await yield_now();
    }
  };
  std::vector<JoinHandle<void>> All;
  for (int I = 0; I != 8; ++I)
    All.push_back(Pool.spawn(Locks()));
  for (JoinHandle<void> &One : All)
    sync_wait([](JoinHandle<void> H) -> Task<void> {
      co_await std::move(H);
    }(std::move(One)));
  EXPECT_EQ(R.text(), "");
}

//===----------------------------------------------------------------------===//
// Isolation, and stalls
//===----------------------------------------------------------------------===//

TEST(Isolation, IsNoneOnAPoolOfSeveral) {
  Reports R;
  const auto Section = []() -> Task<void> {
    NoYieldScope Scope;
    co_return;
  };
  {
    ThreadPool Pool(2);
    for (int I = 0; I != 8; ++I)
      (void)Pool.spawn(Section());
  }
  const auto Found = R.take();
  ASSERT_EQ(Found.size(), 1u) << "once a place";
  EXPECT_STREQ(Found[0].Check, "rt-no-isolation");
}

TEST(Isolation, IsOneOnAPoolOfOneAndOnALoop) {
  Reports R;
  const auto Section = []() -> Task<void> {
    NoYieldScope Scope;
    co_return;
  };
  {
    ThreadPool Pool(1);
    (void)Pool.spawn(Section());
  }
  EventLoop().run(Section());
  EXPECT_EQ(R.text(), "");
}

void computes(std::chrono::milliseconds Time) {
  const auto Until = std::chrono::steady_clock::now() + Time;
  while (std::chrono::steady_clock::now() < Until) {
  }
}

Task<void> tree(int Depth) {
  if (Depth == 0) {
    computes(4ms);
    co_return;
  }
  co_await fork_join(tree(Depth - 1), tree(Depth - 1));
}

TEST(Stall, AForkIsNone) {
  Reports R({.Stall = 40ms});
  ThreadPool Pool(1);
  sync_wait([](ThreadPool &P) -> Task<void> {
    co_await P.schedule();
    co_await tree(5);
  }(Pool));
  EXPECT_EQ(R.text(), "");
}

TEST(Stall, InsideOfAPolledLoop) {
  Reports R({.Stall = 20ms});
  EventLoop Loop;
  const auto Stalls = []() -> Task<void> {
    std::this_thread::sleep_for(100ms);
    co_return;
  };
  const auto Pumps = [&]() -> Task<void> {
    (void)Loop.spawn(Stalls());
    Loop.poll();
    co_return;
  };
  Loop.run(Pumps());
  // The watcher needs some time to find the line.
  for (int I = 0; I != 5000 && Contracts::count() == 0; ++I)
    std::this_thread::sleep_for(1ms);
  EXPECT_EQ(Contracts::count(ViolationKind::Stall), 1u);
}

TEST(Stall, WhoRunsALoopDoesNotWaitForTheWatcher) {
  // Each capture of a thread that does not answer takes 50 ms.
  Reports R({.Stall = 5ms});
  std::atomic<bool> End{false};
  std::thread Deaf([&] {
    sigset_t All;
    sigfillset(&All);
    pthread_sigmask(SIG_BLOCK, &All, nullptr);
    EventLoop Loop;
    Loop.run([](std::atomic<bool> &E) -> Task<void> {
      while (!E) {
        std::this_thread::sleep_for(20ms);
        co_await yield_now();
      }
    }(End));
  });
  EventLoop Loop;
  auto Longest = 0ns;
  const auto Until = std::chrono::steady_clock::now() + 200ms;
  while (std::chrono::steady_clock::now() < Until) {
    timespec Before, After;
    ::clock_gettime(CLOCK_MONOTONIC, &Before);
    Loop.poll();
    ::clock_gettime(CLOCK_MONOTONIC, &After);
    Longest = std::max<std::chrono::nanoseconds>(
        Longest, std::chrono::seconds(After.tv_sec - Before.tv_sec) +
                     std::chrono::nanoseconds(After.tv_nsec - Before.tv_nsec));
  }
  End = true;
  Deaf.join();
  EXPECT_LT(Longest, 40ms);
}

} // namespace
