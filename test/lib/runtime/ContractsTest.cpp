//===-- ContractsTest.cpp - Each contract, broken and kept ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Reports.h"
#include "corolint/rt.h"
#include <future>
#include <gtest/gtest.h>
#include <mutex>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

using namespace corolint::rt;
using namespace corolint::rt::test;
using namespace std::chrono_literals;

namespace {

Task<void> nothing() { co_return; }
Task<void> sleeps() { co_await sleep_for(1ms); }

TEST(NoYield, AnAwaitInAScopeIsReported) {
  Reports R;
  unsigned Line = 0;
  const auto Main = [&]() -> Task<void> {
    NoYieldScope Scope;
    Line = lineOf() + 1;
    co_await sleeps();
  };
  sync_wait(Main());
  const auto Found = R.take();
  ASSERT_EQ(Found.size(), 1u) << "the callee's own await is not in the scope";
  EXPECT_EQ(Found[0].Kind, ViolationKind::Yield);
  EXPECT_STREQ(Found[0].Check, "coro-no-yield-region");
  EXPECT_EQ(Found[0].Message, "'co_await' yields inside a no-yield region");
  EXPECT_EQ(Found[0].Where.Line, Line);
  EXPECT_NE(Found[0].Where.File.find("ContractsTest.cpp"), std::string::npos);
  EXPECT_TRUE(Found[0].Suspended);
  ASSERT_FALSE(Found[0].Notes.empty());
  EXPECT_EQ(Found[0].Notes[0].Where.Line, Line - 2);
  EXPECT_EQ(Contracts::count(ViolationKind::Yield), 1u);
  EXPECT_EQ(Contracts::count(), 1u);
}

TEST(NoYield, EachAwaitIsReported) {
  Reports R;
  const auto Main = [&]() -> Task<void> {
    co_await nothing();
    {
      NoYieldScope Scope;
      co_await sleeps();
      NoYieldScope Inner;
      co_await sleeps();
    }
    co_await sleeps();
    NoYieldScope Scope;
    Scope.end();
    co_await sleeps();
  };
  sync_wait(Main());
  EXPECT_EQ(R.take().size(), 2u);
}

TEST(NoYield, AReadyAwaitIsToldApart) {
  Reports R;
  AsyncMutex Mutex;
  const auto Main = [&]() -> Task<void> {
    NoYieldScope Scope;
    auto Guard = co_await Mutex.lock();
    co_await std::suspend_never();
    (void)co_await current_stop_token();
  };
  sync_wait(Main());
  const auto Found = R.take();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_FALSE(Found[0].Suspended);
}

TEST(NoYield, OtherCoroutinesAreNotInTheScope) {
  Reports R;
  const auto Other = []() -> Task<void> {
    for (int I = 0; I != 5; ++I)
      co_await yield_now();
  };
  const auto Main = [&]() -> Task<void> {
    NoYieldScope Scope;
    co_await when_all(Other(), Other());
  };
  sync_wait(Main());
  EXPECT_EQ(R.take().size(), 1u);
}

TEST(NoYield, ThrowModeThrowsAtTheAwait) {
  Reports R(ContractMode::Throw);
  const auto Main = [&]() -> Task<bool> {
    bool Threw = false;
    try {
      NoYieldScope Scope;
      co_await sleeps();
    } catch (const ContractViolation &E) {
      Threw = E.violation().Kind == ViolationKind::Yield;
    }
    co_await sleeps();
    co_return Threw;
  };
  EXPECT_TRUE(sync_wait(Main()));
  EXPECT_TRUE(R.take().empty());
}

TEST(NoYield, CountModeOnlyCounts) {
  Reports R(ContractMode::Count);
  const auto Main = [&]() -> Task<void> {
    NoYieldScope Scope;
    co_await sleeps();
  };
  sync_wait(Main());
  EXPECT_TRUE(R.take().empty());
  EXPECT_EQ(Contracts::count(ViolationKind::Yield), 1u);
}

TEST(NoYield, OffModeLooksAtNothing) {
  Reports R(ContractMode::Off);
  const auto Main = [&]() -> Task<void> {
    NoYieldScope Scope;
    co_await sleeps();
  };
  sync_wait(Main());
  EXPECT_EQ(Contracts::count(), 0u);
}

TEST(NoYieldDeathTest, AbortModeAborts) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        Contracts::set_mode(ContractMode::Abort);
        const auto Main = [&]() -> Task<void> {
          NoYieldScope Scope;
          co_await sleeps();
        };
        sync_wait(Main());
      },
      "yields inside a no-yield region \\[coro-no-yield-region\\]");
}

TEST(NoYield, CallablesAndGenerators) {
  Reports R;
  EventLoop Other;
  const int Value = no_yield([&] {
    Other.poll();
    return 4;
  });
  EXPECT_EQ(Value, 4);
  auto Found = R.take();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Message, "call to 'poll' yields inside a no-yield region");
  const auto Numbers = []() -> Generator<int> {
    NoYieldScope Scope;
    co_yield 1;
  };
  for (int N : Numbers())
    EXPECT_EQ(N, 1);
  Found = R.take();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Message, "'co_yield' yields inside a no-yield region");
}

TEST(NoYield, AGeneratorIsNotInItsConsumersRegion) {
  Reports R;
  const auto Numbers = []() -> Generator<int> {
    co_yield 1;
    NoYieldScope Scope;
    co_yield 2;
    Scope.end();
    co_yield 3;
  };
  int Sum = 0;
  {
    NoYieldScope Scope;
    for (int N : Numbers())
      Sum += N;
    EventLoop Other;
    Other.poll();
  }
  EXPECT_EQ(Sum, 6);
  EXPECT_EQ(R.take().size(), 2u) << "the generator's second, and poll";
  EventLoop Other;
  Other.poll();
  EXPECT_TRUE(R.take().empty());
}

TEST(NoYield, AGeneratorsCallsAreInItsConsumersRegion) {
  Reports R;
  EventLoop Other;
  const auto Numbers = [&]() -> Generator<int> {
    Other.poll();
    co_yield 1;
  };
  NoYieldScope Scope;
  for (int N : Numbers())
    EXPECT_EQ(N, 1);
  EXPECT_EQ(R.take().size(), 1u);
}

TEST(NoYield, RunIsolatedIsTheApprovedWay) {
  Reports R;
  const auto Main = [&]() -> Task<void> {
    NoYieldScope Scope;
    run_isolated(sleeps());
    co_return;
  };
  EventLoop Loop;
  Loop.run(Main());
  EXPECT_TRUE(R.take().empty());
}

TEST(SyncOverAsync, InACoroutineIsReportedWithBothSites) {
  Reports R;
  unsigned Line = 0;
  ThreadPool Pool(2);
  const auto Main = [&]() -> Task<void> {
    co_await Pool.schedule();
    Line = lineOf() + 1;
    sync_wait(nothing());
  };
  sync_wait(Main());
  const auto Found = R.take();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Kind, ViolationKind::SyncWait);
  EXPECT_STREQ(Found[0].Check, "coro-sync-over-async");
  EXPECT_EQ(Found[0].Where.Line, Line);
  ASSERT_EQ(Found[0].Notes.size(), 1u);
  EXPECT_EQ(Found[0].Notes[0].Where.Line, Line - 2);
}

TEST(SyncOverAsync, OnALoopItIsReportedAndThrows) {
  Reports R;
  const auto Main = [&]() -> Task<void> {
    EXPECT_THROW(sync_wait(nothing()), std::system_error);
    co_return;
  };
  EventLoop Loop;
  Loop.run(Main());
  EXPECT_EQ(R.take().size(), 1u);
}

TEST(SyncOverAsync, MeantWaitsAreSilent) {
  Reports R;
  ThreadPool Pool(2);
  const auto Main = [&]() -> Task<void> {
    co_await Pool.schedule();
    {
      const AllowBlocking Meant;
      sync_wait(nothing());
    }
    co_await run_blocking([] { sync_wait(nothing()); });
  };
  sync_wait(Main());
  EXPECT_TRUE(R.take().empty());
}

/// Short limits for the watcher. Sanitizers slow everything down.
WatchOptions quickly() {
  WatchOptions Options;
  Options.Stall = 30ms;
  Options.Starvation = 50ms;
  Options.Quiescence = 20ms;
  return Options;
}

TEST(Stall, AThreadThatSleepsInTheKernelIsFound) {
  Reports R;
  Contracts::watch(quickly());
  unsigned AwaitLine = 0, Line = 0;
  const auto Main = [&]() -> Task<void> {
    AwaitLine = lineOf() + 1;
    co_await sleep_for(1ms);
    Line = lineOf() + 1;
    std::this_thread::sleep_for(300ms);
  };
  EventLoop Loop;
  Loop.run(Main());
  const auto Found = R.take();
  ASSERT_EQ(Found.size(), 1u);
  const Violation &V = Found[0];
  EXPECT_EQ(V.Kind, ViolationKind::Stall);
  EXPECT_STREQ(V.Check, "coro-blocking-call");
  EXPECT_NE(V.Message.find("blocked in"), std::string::npos) << V.Message;
  EXPECT_EQ(V.SystemCall, SYS_clock_nanosleep);
  EXPECT_FALSE(V.Stack.empty());
  EXPECT_EQ(V.Notes.at(0).Where.Line, AwaitLine) << V.format();
  EXPECT_NE(V.Where.File.find("ContractsTest.cpp"), std::string::npos);
#ifndef __OPTIMIZE__
  // With optimisation the call is inlined from a header, so its line is
  // unknown.
  EXPECT_EQ(V.Where.Line, Line) << V.format();
#endif
}

/// How long a stall may go unnoticed if the watcher hardly gets a processor.
constexpr auto Patience = 10s;

bool stallReported() { return Contracts::count(ViolationKind::Stall) != 0; }

__attribute__((noinline)) void helper() {
  const auto End = std::chrono::steady_clock::now() + Patience;
  do
    ::usleep(100'000);
  while (!stallReported() && std::chrono::steady_clock::now() < End);
  asm volatile(""); // Keeps the call from being a jump.
}

TEST(Stall, TheCallInTheCoroutineIsNamed) {
  Reports R;
  Contracts::watch(quickly());
  unsigned Line = 0;
  const auto Inner = [&]() -> Task<void> {
    co_await yield_now();
    Line = lineOf() + 1;
    helper();
    asm volatile("");
  };
  const auto Main = [&]() -> Task<void> { co_await Inner(); };
  EventLoop Loop;
  Loop.run(Main());
  const auto Found = R.take();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Where.Line, Line) << Found[0].format();
  EXPECT_NE(Found[0].Where.File.find("ContractsTest.cpp"), std::string::npos);
}

TEST(Stall, ABusyThreadIsToldApart) {
  Reports R;
  Contracts::watch(quickly());
  const auto Main = [&]() -> Task<void> {
    co_await yield_now();
    const auto End = std::chrono::steady_clock::now() + Patience;
    while (!stallReported() && std::chrono::steady_clock::now() < End)
      ;
  };
  EventLoop Loop;
  Loop.run(Main());
  const auto Found = R.take();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_NE(Found[0].Message.find("busy on the CPU"), std::string::npos)
      << Found[0].Message;
}

TEST(Stall, MeantStallsAndIdleLoopsAreSilent) {
  Reports R;
  Contracts::watch(quickly());
  const auto Main = [&]() -> Task<void> {
    co_await sleep_for(100ms);
    {
      const AllowBlocking Meant;
      std::this_thread::sleep_for(100ms);
    }
    const auto Slow = []() -> Task<void> { co_await sleep_for(100ms); };
    run_isolated(Slow());
  };
  EventLoop Loop;
  Loop.run(Main());
  EXPECT_TRUE(R.take().empty());
}

TEST(Stall, ReportsAreLimitedAndCounted) {
  Reports R;
  WatchOptions Options = quickly();
  Options.Stall = 5ms;
  Options.ReportsPerSecond = 2;
  Options.CaptureStack = false;
  Contracts::watch(Options);
  const auto Main = [&]() -> Task<void> {
    const auto End = std::chrono::steady_clock::now() + Patience;
    while (!R.anySuppressed() && std::chrono::steady_clock::now() < End) {
      std::this_thread::sleep_for(30ms);
      co_await yield_now();
    }
  };
  EventLoop Loop;
  Loop.run(Main());
  const auto Found = R.take();
  ASSERT_GE(Found.size(), 3u) << "two a second may be reported";
  EXPECT_GT(Found.back().Suppressed, 0u);
}

TEST(Quiescence, AMutexLockedTwiceIsReported) {
  Reports R(ContractMode::Throw);
  AsyncMutex Mutex;
  unsigned Line = 0;
  const auto Main = [&]() -> Task<void> {
    auto Guard = co_await Mutex.lock();
    Line = lineOf() + 1;
    auto Again = co_await Mutex.lock();
  };
  EventLoop Loop;
  try {
    Loop.run(Main());
    FAIL();
  } catch (const ContractViolation &E) {
    const Violation &V = E.violation();
    EXPECT_EQ(V.Kind, ViolationKind::Quiescence);
    EXPECT_EQ(V.Where.Line, Line);
    ASSERT_FALSE(V.Notes.empty());
    EXPECT_NE(V.Notes[0].Text.find("that it holds itself"), std::string::npos)
        << V.format();
  }
}

TEST(Quiescence, ACycleOfMutexesIsReported) {
  Reports R(ContractMode::Throw);
  AsyncMutex A, B;
  const auto Locks = [](AsyncMutex &First, AsyncMutex &Second) -> Task<void> {
    auto One = co_await First.lock();
    co_await yield_now();
    auto Two = co_await Second.lock();
  };
  const auto Main = [&]() -> Task<void> {
    co_await when_all(Locks(A, B), Locks(B, A));
  };
  EventLoop Loop;
  try {
    Loop.run(Main());
    FAIL();
  } catch (const ContractViolation &E) {
    const std::string Text = E.what();
    EXPECT_NE(Text.find(" holds\n"), std::string::npos) << Text;
    EXPECT_NE(Text.find("waits for other tasks"), std::string::npos) << Text;
  }
}

TEST(Quiescence, OutstandingWorkIsNone) {
  Reports R;
  ThreadPool Pool(1);
  const auto Away = [&](EventLoop &Home) -> Task<void> {
    co_await Pool.schedule();
    std::this_thread::sleep_for(120ms);
    co_await resume_on(Home);
  };
  EventLoop Loop;
  const auto Main = [&]() -> Task<void> {
    co_await when_all(Away(Loop), Away(Loop));
    co_await run_blocking([] { std::this_thread::sleep_for(120ms); });
    co_await Pool.spawn([](EventLoop &) -> Task<void> {
      co_await run_blocking([] { std::this_thread::sleep_for(120ms); });
    }(Loop));
  };
  Loop.run(Main());
  const auto Found = R.take();
  EXPECT_TRUE(Found.empty()) << Found.front().format();
}

TEST(Quiescence, IsReportedOnceUntilSomethingHappens) {
  Reports R;
  AsyncEvent First, Second;
  EventLoop Loop;
  const auto Main = [&]() -> Task<void> {
    co_await First.wait();
    co_await Second.wait();
  };
  std::thread Other([&] {
    std::this_thread::sleep_for(250ms);
    First.set();
    std::this_thread::sleep_for(250ms);
    Second.set();
  });
  Loop.run(Main());
  Other.join();
  EXPECT_EQ(R.take().size(), 2u);
}

TEST(Quiescence, AGuardStandsForAThread) {
  Reports R;
  AsyncEvent Event;
  EventLoop Loop;
  const auto Main = [&]() -> Task<void> { co_await Event.wait(); };
  std::thread Other([&, Guard = EventLoop::WorkGuard(Loop)] {
    std::this_thread::sleep_for(150ms);
    Event.set();
  });
  Loop.run(Main());
  Other.join();
  EXPECT_TRUE(R.take().empty());
}

TEST(Quiescence, APoolAtWorkMayEndIt) {
  Reports R;
  AsyncEvent Event;
  ThreadPool Pool(1);
  const auto Computes = [&]() -> Task<void> {
    std::this_thread::sleep_for(150ms);
    co_await run_blocking([] { std::this_thread::sleep_for(150ms); });
    Event.set();
  };
  auto Join = Pool.spawn(Computes());
  EventLoop Loop;
  const auto Main = [&]() -> Task<void> { co_await Event.wait(); };
  Loop.run(Main());
  EXPECT_TRUE(R.take().empty());
}

TEST(Quiescence, AnIdlePoolEndsNothing) {
  Reports R(ContractMode::Throw);
  AsyncEvent Event;
  ThreadPool Pool(1);
  EventLoop Loop;
  const auto Main = [&]() -> Task<void> { co_await Event.wait(); };
  EXPECT_THROW(Loop.run(Main()), ContractViolation);
}

TEST(Quiescence, AnotherLoopMayEndIt) {
  Reports R;
  AsyncEvent Event;
  const auto Sets = [&]() -> Task<void> {
    co_await sleep_for(150ms);
    Event.set();
  };
  std::thread Other([&] { sync_wait(Sets()); });
  EventLoop Loop;
  const auto Main = [&]() -> Task<void> { co_await Event.wait(); };
  Loop.run(Main());
  Other.join();
  EXPECT_TRUE(R.take().empty());
}

TEST(Quiescence, ACycleOfMutexesIsOneWhateverOthersDo) {
  Reports R(ContractMode::Throw);
  AsyncMutex Mutex;
  EventLoop Other;
  std::thread Busy([&] {
    const EventLoop::WorkGuard Guard(Other);
    Other.run();
  });
  EventLoop Loop;
  const auto Main = [&]() -> Task<void> {
    auto Guard = co_await Mutex.lock();
    auto Again = co_await Mutex.lock();
  };
  EXPECT_THROW(Loop.run(Main()), ContractViolation);
  Other.stop();
  Busy.join();
}

TEST(Starvation, WorkersThatWaitForTheirPoolAreFound) {
  Reports R;
  Contracts::watch(quickly());
  {
    ThreadPool Pool(2);
    AsyncEvent Event;
    const auto Sets = [&]() -> Task<void> {
      Event.set();
      co_return;
    };
    const auto Waits = [&]() -> Task<void> { co_await Event.wait(); };
    const auto Blocks = [&]() -> Task<void> {
      co_await Pool.schedule();
      sync_wait(Waits());
    };
    auto A = Pool.spawn(Blocks());
    auto B = Pool.spawn(Blocks());
    std::this_thread::sleep_for(20ms);
    auto C = Pool.spawn(Sets()); // Both workers wait for its effect.
    std::this_thread::sleep_for(250ms);
    Event.set();
    const auto Join = [&]() -> Task<void> {
      co_await std::move(A);
      co_await std::move(B);
      co_await std::move(C);
    };
    sync_wait(Join());
  }
  int Starved = 0;
  for (const Violation &V : R.take())
    if (V.Kind == ViolationKind::Starvation) {
      ++Starved;
      EXPECT_STREQ(V.Check, "coro-sync-over-async");
      EXPECT_NE(V.Message.find("2 of its 2 workers"), std::string::npos)
          << V.format();
    }
  EXPECT_EQ(Starved, 1);
}

TEST(Starvation, WorkersThatWaitForFuturesAreFound) {
  Reports R;
  WatchOptions Options = quickly();
  Options.Stall = 0ms;
  Contracts::watch(Options);
  std::atomic<unsigned> Line{0};
  std::promise<void> Promise;
  std::shared_future<void> Future = Promise.get_future().share();
  {
    ThreadPool Pool(2);
    const auto Blocks = [&]() -> Task<void> {
      co_await Pool.schedule();
      Line = lineOf() + 1;
      Future.wait();
    };
    const auto Sets = [&]() -> Task<void> {
      Promise.set_value();
      co_return;
    };
    (void)Pool.spawn(Blocks());
    (void)Pool.spawn(Blocks());
    std::this_thread::sleep_for(20ms);
    (void)Pool.spawn([]() -> Task<void> { co_return; }());
    std::this_thread::sleep_for(250ms);
    sync_wait(Sets());
  }
  const auto Found = R.take();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Kind, ViolationKind::Starvation);
  EXPECT_NE(Found[0].Message.find("2 of its 2 workers"), std::string::npos)
      << Found[0].format();
  EXPECT_EQ(Found[0].Notes.size(), 2u) << Found[0].format();
  EXPECT_EQ(Found[0].Where.Line, Line.load()) << Found[0].format();
  EXPECT_NE(Found[0].Where.File.find("ContractsTest.cpp"), std::string::npos);
}

TEST(Starvation, BusyWorkersAreNone) {
  Reports R;
  WatchOptions Options = quickly();
  Options.Stall = 0ms;
  Contracts::watch(Options);
  {
    ThreadPool Pool(2);
    const auto Works = []() -> Task<void> {
      const auto End = std::chrono::steady_clock::now() + 200ms;
      while (std::chrono::steady_clock::now() < End)
        ;
      co_return;
    };
    const auto Reads = []() -> Task<void> {
      std::this_thread::sleep_for(200ms);
      co_return;
    };
    (void)Pool.spawn(Works());
    (void)Pool.spawn(Reads());
    std::this_thread::sleep_for(20ms);
    (void)Pool.spawn(Reads());
  }
  const auto Found = R.take();
  EXPECT_TRUE(Found.empty()) << Found.front().format();
}

TEST(Violation, FormatsLikeACompiler) {
  Violation V;
  V.Check = "coro-no-yield-region";
  V.Where.File = "a.cpp";
  V.Where.Line = 3;
  V.Where.Column = 5;
  V.Message = "'co_await' yields inside a no-yield region";
  V.Notes.push_back({V.Where, "the no-yield region begins here"});
  V.Suppressed = 2;
  EXPECT_EQ(V.format(),
            "a.cpp:3:5: warning: 'co_await' yields inside a no-yield region "
            "[coro-no-yield-region]\n"
            "a.cpp:3:5: note: the no-yield region begins here\n"
            "note: 2 more of the kind were not shown");
}

} // namespace
