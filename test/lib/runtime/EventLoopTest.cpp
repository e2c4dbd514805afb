//===-- EventLoopTest.cpp - The loop, timers, other threads ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt.h"
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <thread>
#include <unistd.h>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {

TEST(EventLoop, RunsToTheEndOfItsTasks) {
  EventLoop Loop;
  int Count = 0;
  const auto Body = [&]() -> Task<void> {
    for (int I = 0; I != 3; ++I) {
      co_await yield_now();
      ++Count;
    }
  };
  Loop.spawn(Body());
  Loop.spawn(Body());
  Loop.run();
  EXPECT_EQ(Count, 6);
  EXPECT_EQ(Loop.tasks(), 0u);
  Loop.spawn(Body());
  Loop.run();
  EXPECT_EQ(Count, 9);
}

TEST(EventLoop, RunReturnsTheResult) {
  EventLoop Loop;
  const auto Body = []() -> Task<int> {
    co_await sleep_for(1ms);
    co_return 7;
  };
  EXPECT_EQ(Loop.run(Body()), 7);
  EXPECT_EQ(EventLoop::current(), nullptr);
}

TEST(EventLoop, RunStopsTheOtherTasks) {
  EventLoop Loop;
  bool Stopped = false;
  const auto Other = [&]() -> Task<void> {
    try {
      co_await sleep_for(1h);
    } catch (const Cancelled &) {
      Stopped = true;
      throw;
    }
  };
  const auto Body = [&]() -> Task<void> {
    EventLoop::current()->spawn(Other());
    co_await yield_now();
    co_await yield_now();
  };
  Loop.run(Body());
  EXPECT_TRUE(Stopped);
}

/// Even if the main task does not let other tasks run.
TEST(EventLoop, RunsWhatWasSpawnedBefore) {
  EventLoop Loop;
  std::string Order;
  const auto Notes = [&](char Name) -> Task<void> {
    Order += Name;
    const std::stop_token Stop = co_await current_stop_token();
    Order += Stop.stop_requested() ? '!' : '.';
  };
  const auto Main = [&]() -> Task<void> {
    Order += 'm';
    Loop.spawn(Notes('c'));
    co_return;
  };
  Loop.spawn(Notes('a'));
  Loop.spawn(Notes('b'));
  Loop.run(Main());
  EXPECT_EQ(Order, "a.b.mc!");
  EXPECT_EQ(Loop.tasks(), 0u);
}

TEST(EventLoop, EndsBesideAFunctionThatPostsItself) {
  EventLoop Loop;
  std::function<void()> Again = [&] { Loop.post(Again); };
  Loop.post(Again);
  const auto Sleeps = []() -> Task<void> { co_await sleep_for(1h); };
  Loop.spawn(Sleeps());
  const auto Main = []() -> Task<void> { co_await yield_now(); };
  Loop.run(Main());
  EXPECT_EQ(Loop.tasks(), 0u);
}

TEST(EventLoop, TasksAreScheduledOnIt) {
  EventLoop Loop;
  ThreadPool Pool(1);
  const auto Main = [&]() -> Task<void> {
    co_await Pool.schedule();
    EXPECT_EQ(EventLoop::current(), nullptr);
    co_await Loop.schedule();
    EXPECT_EQ(EventLoop::current(), &Loop);
  };
  Loop.run(Main());
}

TEST(EventLoop, ThrowsWhatATaskThrew) {
  EventLoop Loop;
  const auto Body = []() -> Task<void> {
    co_await yield_now();
    throw std::runtime_error("oops");
  };
  Loop.spawn(Body());
  EXPECT_THROW(Loop.run(), std::runtime_error);
  Loop.post([] { throw std::logic_error("posted"); });
  EXPECT_THROW(Loop.run(), std::logic_error);
  Loop.run();
}

TEST(EventLoop, CannotBeRunInside) {
  EventLoop Loop;
  const auto Body = [&]() -> Task<void> {
    EXPECT_THROW(Loop.run(), std::system_error);
    co_return;
  };
  Loop.run(Body());
}

TEST(EventLoop, TimersFireInOrder) {
  EventLoop Loop;
  std::vector<int> Order;
  const auto Body = [&](int Number, std::chrono::milliseconds Time) -> Task<> {
    co_await sleep_for(Time);
    Order.push_back(Number);
  };
  const auto Start = EventLoop::Clock::now();
  Loop.spawn(Body(3, 9ms));
  Loop.spawn(Body(1, 3ms));
  Loop.spawn(Body(2, 6ms));
  Loop.spawn(Body(0, -1ms));
  Loop.run();
  EXPECT_EQ(Order, (std::vector<int>{0, 1, 2, 3}));
  EXPECT_GE(EventLoop::Clock::now() - Start, 9ms);
}

TEST(EventLoop, TimersOfOneDeadlineKeepTheirOrder) {
  EventLoop Loop;
  std::vector<int> Order;
  const auto Deadline = EventLoop::Clock::now() + 2ms;
  const auto Body = [&](int Number) -> Task<> {
    co_await sleep_until(Deadline);
    Order.push_back(Number);
  };
  for (int I = 0; I != 50; ++I)
    Loop.spawn(Body(I));
  Loop.run();
  for (int I = 0; I != 50; ++I)
    EXPECT_EQ(Order[std::size_t(I)], I);
}

TEST(EventLoop, TakesWorkFromOtherThreads) {
  EventLoop Loop;
  EventLoop::WorkGuard Guard(Loop);
  int Count = 0;
  std::thread Other([&] {
    for (int I = 0; I != 1000; ++I)
      Loop.post([&] { ++Count; });
    Loop.post([&] { Loop.stop(); });
  });
  Loop.run();
  Other.join();
  EXPECT_EQ(Count, 1000);
}

TEST(EventLoop, AGuardKeepsItRunning) {
  EventLoop Loop;
  auto Guard = std::make_unique<EventLoop::WorkGuard>(Loop);
  std::thread Other([&] {
    std::this_thread::sleep_for(5ms);
    Guard.reset();
  });
  const auto Start = EventLoop::Clock::now();
  Loop.run();
  EXPECT_GE(EventLoop::Clock::now() - Start, 4ms);
  Other.join();
}

TEST(EventLoop, PollNeverSleeps) {
  EventLoop Loop;
  EXPECT_FALSE(Loop.poll());
  bool Ran = false;
  Loop.post([&] { Ran = true; });
  EXPECT_TRUE(Loop.poll());
  EXPECT_TRUE(Ran);
}

TEST(EventLoop, DestroysWhatIsLeft) {
  auto Owned = std::make_shared<int>(0);
  const auto Inner = [](std::shared_ptr<int>) -> Task<void> {
    co_await sleep_for(1h);
  };
  const auto Outer = [&](std::shared_ptr<int> Kept) -> Task<void> {
    co_await Inner(Kept);
  };
  const auto Never = [](std::shared_ptr<int>) -> Task<void> { co_return; };
  {
    EventLoop Loop;
    Loop.spawn(Outer(Owned));
    Loop.poll();
    Loop.spawn(Never(Owned)); // Not even started.
    Loop.post([Owned] { FAIL(); });
    EXPECT_GT(Owned.use_count(), 1);
  }
  EXPECT_EQ(Owned.use_count(), 1);
}

TEST(EventLoop, ShutdownLetsTasksCleanUp) {
  EventLoop Loop;
  bool Cleaned = false;
  const auto Body = [&]() -> Task<void> {
    const auto CleanUp = [&]() -> Task<void> {
      co_await sleep_for(1ms);
      Cleaned = true;
    };
    bool Stopped = false;
    try {
      co_await sleep_for(1h);
    } catch (const Cancelled &) {
      Stopped = true;
    }
    EXPECT_TRUE(Stopped);
    co_await uncancellable(CleanUp());
  };
  Loop.spawn(Body());
  Loop.poll();
  Loop.shutdown();
  EXPECT_TRUE(Cleaned);
  EXPECT_EQ(Loop.tasks(), 0u);
}

TEST(EventLoop, DescriptorsNeedALoop) {
  ThreadPool Pool(1);
  const auto OnPool = [&]() -> Task<bool> {
    co_await Pool.schedule();
    try {
      co_await readable(STDIN_FILENO); // A pool watches no descriptors.
    } catch (const std::system_error &E) {
      co_return E.code() == std::errc::operation_not_permitted;
    }
    co_return false;
  };
  EXPECT_TRUE(sync_wait(OnPool()));
}

TEST(Descriptor, BecomesReadableAndWritable) {
  const int Fd = ::eventfd(0, EFD_NONBLOCK);
  const auto Main = [&]() -> Task<void> {
    co_await writable(Fd);
    EventLoop::current()->spawn([](int Fd) -> Task<void> {
      co_await sleep_for(2ms);
      const std::uint64_t One = 1;
      EXPECT_EQ(::write(Fd, &One, sizeof(One)), 8);
    }(Fd));
    co_await readable(Fd);
    std::uint64_t Value = 0;
    EXPECT_EQ(::read(Fd, &Value, sizeof(Value)), 8);
    EXPECT_EQ(Value, 1u);
    co_await writable(Fd);
  };
  EventLoop Loop;
  Loop.run(Main());
  ::close(Fd);
}

TEST(Descriptor, ManyWaitForOne) {
  const int Fd = ::eventfd(0, EFD_NONBLOCK);
  int Woken = 0;
  EventLoop Loop;
  for (int I = 0; I != 3; ++I)
    Loop.spawn([](int Fd, int &Woken) -> Task<void> {
      co_await readable(Fd);
      ++Woken;
    }(Fd, Woken));
  Loop.spawn([](int Fd) -> Task<void> {
    co_await sleep_for(1ms);
    const std::uint64_t One = 1;
    EXPECT_EQ(::write(Fd, &One, sizeof(One)), 8);
  }(Fd));
  Loop.run();
  EXPECT_EQ(Woken, 3);
  ::close(Fd);
}

TEST(Descriptor, FilesAreAlwaysReady) {
  const int Fd = ::open("/proc/self/exe", O_RDONLY);
  ASSERT_GE(Fd, 0);
  EventLoop Loop;
  Loop.run([](int Fd) -> Task<void> { co_await readable(Fd); }(Fd));
  ::close(Fd);
}

TEST(Descriptor, BadOnesThrow) {
  EventLoop Loop;
  const auto Wait = [](int Fd) -> Task<void> { co_await readable(Fd); };
  EXPECT_THROW(Loop.run(Wait(-1)), std::system_error);
  EXPECT_THROW(Loop.run(Wait(100000)), std::system_error);
}

TEST(Descriptor, MayBeReusedByAnotherFile) {
  EventLoop Loop;
  const auto Main = []() -> Task<void> {
    for (int I = 0; I != 3; ++I) {
      const int Fd = ::eventfd(1, EFD_NONBLOCK);
      co_await readable(Fd);
      ::close(Fd);
    }
  };
  Loop.run(Main());
}

TEST(RunBlocking, RunsElsewhere) {
  EventLoop Loop;
  const auto Main = []() -> Task<int> {
    const auto Here = std::this_thread::get_id();
    const auto There = co_await run_blocking([] {
      std::this_thread::sleep_for(1ms);
      return std::this_thread::get_id();
    });
    EXPECT_NE(Here, There);
    EXPECT_EQ(Here, std::this_thread::get_id());
    EXPECT_NE(EventLoop::current(), nullptr);
    try {
      co_await run_blocking([] { throw std::runtime_error("there"); });
    } catch (const std::runtime_error &) {
      co_return 1;
    }
    co_return 0;
  };
  EXPECT_EQ(Loop.run(Main()), 1);
}

TEST(SyncWait, WorksOnAPlainThread) {
  const auto Body = []() -> Task<int> {
    co_await sleep_for(1ms);
    co_return 1;
  };
  EXPECT_EQ(sync_wait(Body()), 1);
}

TEST(SyncWait, ThrowsOnALoopsThread) {
  EventLoop Loop;
  const auto Body = []() -> Task<void> { co_return; };
  const auto Main = [&]() -> Task<bool> {
    try {
      sync_wait(Body());
    } catch (const std::system_error &E) {
      co_return E.code() == std::errc::resource_deadlock_would_occur;
    }
    co_return false;
  };
  EXPECT_TRUE(Loop.run(Main()));
}

TEST(SyncWait, WaitsForAnotherLoop) {
  EventLoop Loop;
  EventLoop::WorkGuard Guard(Loop);
  std::thread Other([&] { Loop.run(); });
  const auto Body = [&]() -> Task<int> {
    co_await resume_on(Loop);
    EXPECT_EQ(EventLoop::current(), &Loop);
    co_await sleep_for(1ms);
    co_return 4;
  };
  EXPECT_EQ(sync_wait(Body()), 4);
  Loop.stop();
  Other.join();
}

TEST(RunIsolated, LetsNothingElseRun) {
  EventLoop Loop;
  int Others = 0;
  const auto Other = [&]() -> Task<void> {
    for (;;) {
      ++Others;
      co_await yield_now();
    }
  };
  const auto Inner = []() -> Task<int> {
    co_await sleep_for(2ms);
    co_return 6;
  };
  const auto Main = [&]() -> Task<int> {
    EventLoop::current()->spawn(Other());
    co_await yield_now();
    co_await yield_now();
    const int Before = Others;
    EXPECT_GT(Before, 0);
    const int Value = run_isolated(Inner());
    EXPECT_EQ(Others, Before);
    EXPECT_EQ(EventLoop::current(), &Loop);
    co_return Value;
  };
  EXPECT_EQ(Loop.run(Main()), 6);
}

TEST(RunIsolated, Nests) {
  const auto Leaf = []() -> Task<int> {
    co_await sleep_for(1ms);
    co_return 1;
  };
  const auto Middle = [&]() -> Task<int> {
    co_return 1 + run_isolated(Leaf());
  };
  const auto Main = [&]() -> Task<int> {
    co_return 1 + run_isolated(Middle());
  };
  EventLoop Loop;
  EXPECT_EQ(Loop.run(Main()), 3);
}

TEST(Spawn, JoinsOnTheLoop) {
  EventLoop Loop;
  const auto Body = [](int N) -> Task<int> {
    co_await yield_now();
    if (N < 0)
      throw std::runtime_error("negative");
    co_return N * 2;
  };
  const auto Main = [&]() -> Task<int> {
    auto A = spawn(Loop, Body(1));
    auto B = spawn(Loop, Body(2));
    auto C = spawn(Loop, Body(-1));
    {
      auto Dropped = spawn(Loop, Body(3));
    }
    int Sum = co_await std::move(A) + co_await std::move(B);
    try {
      co_await std::move(C);
    } catch (const std::runtime_error &) {
      Sum += 100;
    }
    co_return Sum;
  };
  EXPECT_EQ(Loop.run(Main()), 106);
}

TEST(Spawn, ALoopThatEndsCancelsTheJoin) {
  auto Loop = std::make_unique<EventLoop>();
  const auto Body = []() -> Task<void> { co_await sleep_for(1h); };
  auto Handle = spawn(*Loop, Body());
  Loop->poll();
  EXPECT_FALSE(Handle.done());
  Loop.reset();
  EXPECT_TRUE(Handle.done());
}

} // namespace
