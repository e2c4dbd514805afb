//===-- SharedTest.cpp - State that coroutines share ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/Shared.h"
#include "Reports.h"
#include "corolint/rt.h"
#include <array>
#include <gtest/gtest.h>

using namespace corolint::rt;
using namespace corolint::rt::test;
using namespace std::chrono_literals;

namespace {

template <class T> using Checked = Shared<T, true>;

// Free if it is not checked, which is the default.
static_assert(sizeof(Shared<int>) == sizeof(int));
static_assert(sizeof(Shared<std::array<char, 3>>) == 3);
static_assert(std::is_same_v<Shared<int>, Shared<int, false>>);
static_assert(std::is_trivially_destructible_v<Shared<int>>);

Task<int> later(int Value) {
  co_await yield_now();
  co_return Value;
}

/// Checks, suspends, acts.
Task<void> setIfUnset(Checked<int> &Number, int Value) {
  if (Number.read() == 0)
    Number.write() = co_await later(Value);
}

TEST(Shared, AWriteOnAnOldReadIsReported) {
  Reports R;
  Checked<int> Number(0);
  unsigned ReadAt = 0, WrittenAt = 0, ChangedAt = 0;
  const auto Acts = [&]() -> Task<void> {
    ReadAt = lineOf() + 1;
    const bool Unset = Number.read() == 0;
    co_await yield_now();
    WrittenAt = lineOf() + 2;
    if (Unset)
      Number.write() = 1;
  };
  const auto Changes = [&]() -> Task<void> {
    ChangedAt = lineOf() + 1;
    Number.write() = 2;
    co_return;
  };
  sync_wait(when_all(Acts(), Changes()));
  const auto Found = R.take();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Kind, ViolationKind::StaleState);
  EXPECT_STREQ(Found[0].Check, "coro-stale-state");
  EXPECT_EQ(Found[0].Where.Line, WrittenAt);
  ASSERT_EQ(Found[0].Notes.size(), 2u);
  EXPECT_EQ(Found[0].Notes[0].Where.Line, ReadAt);
  EXPECT_EQ(Found[0].Notes[1].Where.Line, ChangedAt);
  EXPECT_EQ(Contracts::count(ViolationKind::StaleState), 1u);
}

TEST(Shared, TheSameCoroutineTwice) {
  Reports R;
  Checked<int> Number(0);
  sync_wait(when_all(setIfUnset(Number, 1), setIfUnset(Number, 2)));
  EXPECT_EQ(R.take().size(), 1u) << "the first one to write was right";
}

TEST(Shared, ACallbackChangesIt) {
  Reports R;
  Checked<int> Number(0);
  EventLoop Loop;
  const auto Main = [&]() -> Task<void> {
    EventLoop::current()->post([&] { Number.write() = 5; });
    co_await setIfUnset(Number, 1);
  };
  Loop.run(Main());
  EXPECT_EQ(R.take().size(), 1u);
}

TEST(Shared, ASecondLook) {
  Reports R;
  Checked<int> Number(0);
  const auto Looks = [&](int Value) -> Task<void> {
    if (Number.read() == 0) {
      const int Made = co_await later(Value);
      if (Number.read() == 0)
        Number.write() = Made;
      else
        Number.write() += 10; // Depends on the second read.
    }
  };
  sync_wait(when_all(Looks(1), Looks(2)));
  EXPECT_EQ(Number.read(), 11);
  EXPECT_TRUE(R.take().empty());
}

TEST(Shared, AMutexOverBoth) {
  Reports R;
  Checked<int> Number(0);
  AsyncMutex Mutex;
  const auto Locks = [&](int Value) -> Task<void> {
    const auto Guard = co_await Mutex.lock();
    co_await setIfUnset(Number, Value);
  };
  sync_wait(when_all(Locks(1), Locks(2)));
  EXPECT_TRUE(R.take().empty());
}

TEST(Shared, LookingAndWritingInOneStep) {
  Reports R;
  Checked<int> Number(0);
  const auto Exchanges = [&](int Value) -> Task<void> {
    if (Number.read() == 0)
      (void)Number.exchange(co_await later(Value));
  };
  const auto Updates = [&](int Value) -> Task<void> {
    if (Number.read() == 0) {
      const int Made = co_await later(Value);
      Number.update([&](int &N) { N += Made; });
    }
  };
  sync_wait(when_all(Exchanges(1), Updates(2), Exchanges(4), Updates(8)));
  EXPECT_TRUE(R.take().empty());
}

TEST(Shared, AReadIsOnesOwn) {
  Reports R;
  Checked<int> Number(0);
  const auto Reads = [&]() -> Task<void> {
    (void)Number.read();
    co_await yield_now();
    (void)Number.read();
  };
  const auto Writes = [&]() -> Task<void> {
    co_await yield_now();
    Number.write() = 1;
    co_await yield_now();
    Number.write() = 2;
  };
  sync_wait(when_all(Reads(), Writes(), Writes()));
  EXPECT_TRUE(R.take().empty()) << "who writes has not read, who read does not";
}

TEST(Shared, WhatItAwaitsWritesForIt) {
  Reports R;
  Checked<int> Number(0);
  const auto Main = [&]() -> Task<void> {
    if (Number.read() == 0)
      co_await setIfUnset(Number, 1);
    Number.write() += 1;
    if (Number.read() == 2)
      co_await when_all(setIfUnset(Number, 3), later(0));
    Number.write() = 0;
    if (Number.read() == 0)
      co_await with_timeout(setIfUnset(Number, 3), 1h);
    Number.write() += 1;
  };
  sync_wait(Main());
  EXPECT_EQ(Number.read(), 4);
  EXPECT_TRUE(R.take().empty());
}

TEST(Shared, AGeneratorBetween) {
  Reports R;
  Checked<int> Number(0);
  const auto Numbers = []() -> Generator<int> {
    co_yield 1;
    co_yield 2;
  };
  const auto Main = [&](int Value) -> Task<void> {
    if (Number.read() != 0)
      co_return;
    co_await yield_now();
    for (int N : Numbers()) {
      if (Number.read() == 0)
        Number.write() = Value;
      Number.write() += N;
    }
  };
  sync_wait(when_all(Main(1), Main(2)));
  EXPECT_TRUE(R.take().empty());
}

TEST(Shared, OneCoroutineResumesAnother) {
  Reports R;
  Checked<int> Number(0);
  std::coroutine_handle<> Waits;
  struct Parks {
    std::coroutine_handle<> &Self;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> H) noexcept { Self = H; }
    void await_resume() const noexcept {}
  };
  const auto Other = [&]() -> Task<void> {
    for (int I = 1; I != 3; ++I) {
      co_await Parks{Waits};
      Number.write() = I;
    }
  };
  const auto Main = [&]() -> Task<void> {
    (void)Number.read();
    co_await yield_now();
    Waits.resume();
    if (Number.read() == 1)
      Number.write() = 5; // It has read since.
    co_await yield_now();
    Number.write() = 6;
    Waits.resume();
  };
  sync_wait(when_all(Other(), Main()));
  EXPECT_TRUE(R.take().empty());
}

TEST(Shared, OnAPool) {
  Reports R;
  Checked<int> Number(0);
  ThreadPool Pool(2);
  AsyncMutex Mutex;
  const auto Moves = [&](bool Again) -> Task<void> {
    bool Even;
    {
      const auto Guard = co_await Mutex.lock();
      Even = Number.read() % 2 == 0;
    }
    co_await resume_on(Pool);
    const auto Guard = co_await Mutex.lock();
    if (Again)
      Even = Number.read() % 2 == 0;
    Number.write() += Even ? 1 : 2;
  };
  std::vector<Task<void>> Right;
  for (int I = 0; I != 50; ++I)
    Right.push_back(Moves(/*Again=*/true));
  sync_wait(when_all(std::move(Right)));
  EXPECT_TRUE(R.take().empty());

  std::vector<Task<void>> Wrong;
  for (int I = 0; I != 10; ++I)
    Wrong.push_back(Moves(/*Again=*/false));
  sync_wait(when_all(std::move(Wrong)));
  EXPECT_FALSE(R.take().empty());
}

TEST(Shared, AMovedTask) {
  Reports R;
  Checked<int> Number(0);
  std::vector<Task<void>> Tasks;
  for (int I = 1; I != 5; ++I) {
    Task<void> One = setIfUnset(Number, I);
    Tasks.push_back(std::move(One)); // The vector moves them again.
  }
  sync_wait(when_all(std::move(Tasks)));
  EXPECT_EQ(R.take().size(), 3u);
}

TEST(Shared, ThrowModeChangesNothing) {
  Reports R(ContractMode::Throw);
  Checked<int> Number(0);
  int Refused = 0;
  const auto Main = [&](int Value) -> Task<void> {
    try {
      co_await setIfUnset(Number, Value);
    } catch (const ContractViolation &E) {
      Refused += E.violation().Kind == ViolationKind::StaleState;
    }
  };
  sync_wait(when_all(Main(1), Main(2)));
  EXPECT_EQ(Refused, 1);
  EXPECT_EQ(Number.read(), 1);
}

TEST(Shared, PlainCodeAndOffMode) {
  Checked<int> Number(0);
  {
    Reports R;
    if (Number.read() == 0)
      Number.write() = 1;
    EXPECT_EQ(Number.exchange(0), 1);
    EXPECT_EQ(Contracts::count(), 0u);
  }
  Reports R(ContractMode::Off);
  sync_wait(when_all(setIfUnset(Number, 1), setIfUnset(Number, 2)));
  EXPECT_EQ(Contracts::count(), 0u);
}

TEST(Shared, TheModeChangesMeanwhile) {
  Reports R(ContractMode::Off);
  Checked<int> Number(0);
  const auto Main = [&]() -> Task<void> {
    (void)Number.read();
    Contracts::set_mode(ContractMode::Report);
    co_await yield_now();
    (void)Number.read();
    Contracts::set_mode(ContractMode::Off);
    co_await yield_now();
    Contracts::set_mode(ContractMode::Report);
    if (Number.read() != 0)
      Number.write() = 1;
    co_await yield_now();
    Number.write() = 1;
  };
  const auto Writes = [&]() -> Task<void> {
    for (int I = 0; I != 5; ++I) {
      Number.write() = I;
      co_await yield_now();
    }
  };
  sync_wait(when_all(Main(), Writes()));
  EXPECT_TRUE(R.take().empty());
}

TEST(Shared, MoreTasksThanAreRemembered) {
  Reports R;
  Checked<int> Number(0);
  std::vector<Task<void>> Tasks;
  for (int I = 1; I != 201; ++I)
    Tasks.push_back(setIfUnset(Number, I));
  sync_wait(when_all(std::move(Tasks)));
  EXPECT_EQ(R.take().size(), 64u) << "the oldest reads are forgotten";
}

} // namespace
