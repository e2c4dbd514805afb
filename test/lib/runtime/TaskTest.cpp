//===-- TaskTest.cpp - Task, Generator, AsyncGenerator --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt.h"
#include <gtest/gtest.h>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>

using namespace corolint::rt;

namespace {

struct Oops : std::exception {};

Task<int> three() { co_return 3; }
Task<std::string> text() { co_return "text"; }
Task<int &> reference(int &Target) { co_return Target; }
Task<std::unique_ptr<int>> moveOnly() { co_return std::make_unique<int>(5); }
Task<void> nothing() { co_return; }
Task<int> fails() {
  throw Oops();
  co_return 0;
}

TEST(Task, ReturnsValues) {
  const auto Main = []() -> Task<int> {
    co_await nothing();
    EXPECT_EQ(co_await text(), "text");
    std::unique_ptr<int> Five = co_await moveOnly();
    co_return co_await three() + *Five;
  };
  EXPECT_EQ(sync_wait(Main()), 8);
}

TEST(Task, ReturnsReferences) {
  int Value = 1;
  const auto Main = [&]() -> Task<void> {
    int &Same = co_await reference(Value);
    EXPECT_EQ(&Same, &Value);
  };
  sync_wait(Main());
}

TEST(Task, CarriesExceptions) {
  const auto Main = []() -> Task<bool> {
    try {
      co_await fails();
    } catch (const Oops &) {
      co_return true;
    }
    co_return false;
  };
  EXPECT_TRUE(sync_wait(Main()));
  EXPECT_THROW(sync_wait(fails()), Oops);
}

TEST(Task, IsLazy) {
  bool Ran = false;
  const auto Body = [&]() -> Task<void> {
    Ran = true;
    co_return;
  };
  {
    Task<void> Dropped = Body();
    EXPECT_TRUE(Dropped);
    EXPECT_FALSE(Dropped.done());
  }
  EXPECT_FALSE(Ran);
  sync_wait(Body());
  EXPECT_TRUE(Ran);
}

TEST(Task, IsMoveOnly) {
  static_assert(!std::is_copy_constructible_v<Task<int>>);
  static_assert(std::is_nothrow_move_constructible_v<Task<int>>);
  Task<int> A = three();
  Task<int> B = std::move(A);
  EXPECT_FALSE(A);
  A = std::move(B);
  EXPECT_EQ(sync_wait(std::move(A)), 3);
}

Task<int> deep(int Depth) {
  if (Depth == 0)
    co_return 0;
  co_return 1 + co_await deep(Depth - 1);
}

TEST(Task, NestsDeeply) { EXPECT_EQ(sync_wait(deep(2000)), 2000); }

#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) &&                 \
    !defined(__SANITIZE_THREAD__)
TEST(Task, LoopsOverReadyTasksNeedNoStack) {
  const auto Main = []() -> Task<long> {
    long Sum = 0;
    for (int I = 0; I != 1'000'000; ++I)
      Sum += co_await three();
    co_return Sum;
  };
  EXPECT_EQ(sync_wait(Main()), 3'000'000);
}
#endif

Generator<int> count(int From, int To) {
  for (int I = From; I != To; ++I)
    co_yield I;
}

TEST(Generator, YieldsASequence) {
  Generator<int> Numbers = count(0, 5);
  int Sum = 0;
  for (int N : Numbers)
    Sum += N;
  EXPECT_EQ(Sum, 10);
  static_assert(std::input_iterator<Generator<int>::Iterator>);
}

TEST(Generator, IsEmptyByDefault) {
  Generator<int> None;
  for (int N : None)
    FAIL() << N;
}

TEST(Generator, ThrowsWhereItIsAdvanced) {
  const auto Body = []() -> Generator<int> {
    co_yield 1;
    throw Oops();
  };
  Generator<int> Numbers = Body();
  auto I = Numbers.begin();
  EXPECT_EQ(*I, 1);
  EXPECT_THROW(++I, Oops);
  EXPECT_TRUE(I == Numbers.end());
}

TEST(Generator, CanBeLeftEarly) {
  auto Owned = std::make_shared<int>(1);
  const auto Body = [](std::shared_ptr<int> Kept) -> Generator<int> {
    for (;;)
      co_yield (*Kept)++;
  };
  {
    Generator<int> Numbers = Body(Owned);
    for (int N : Numbers)
      if (N == 3)
        break;
    EXPECT_EQ(Owned.use_count(), 2);
  }
  EXPECT_EQ(Owned.use_count(), 1);
}

AsyncGenerator<int> slowly(int To) {
  for (int I = 0; I != To; ++I) {
    co_await yield_now();
    co_yield I;
  }
}

TEST(AsyncGenerator, YieldsAndAwaits) {
  const auto Main = []() -> Task<int> {
    int Sum = 0;
    auto Numbers = slowly(5);
    while (int *N = co_await Numbers.next())
      Sum += *N;
    EXPECT_EQ(co_await Numbers.next(), nullptr);
    co_return Sum;
  };
  EXPECT_EQ(sync_wait(Main()), 10);
}

TEST(AsyncGenerator, ThrowsFromNext) {
  const auto Body = []() -> AsyncGenerator<std::string> {
    co_yield "one";
    co_await yield_now();
    throw Oops();
  };
  const auto Main = [&]() -> Task<bool> {
    auto Words = Body();
    EXPECT_EQ(*co_await Words.next(), "one");
    bool Threw = false;
    try {
      co_await Words.next();
    } catch (const Oops &) {
      Threw = true;
    }
    EXPECT_EQ(co_await Words.next(), nullptr);
    co_return Threw;
  };
  EXPECT_TRUE(sync_wait(Main()));
}

TEST(AsyncGenerator, CanBeLeftEarly) {
  auto Owned = std::make_shared<int>(0);
  const auto Body = [](std::shared_ptr<int> Kept) -> AsyncGenerator<int> {
    for (;;) {
      co_await yield_now();
      co_yield *Kept;
    }
  };
  const auto Main = [&]() -> Task<void> {
    auto Numbers = Body(Owned);
    EXPECT_NE(co_await Numbers.next(), nullptr);
  };
  sync_wait(Main());
  EXPECT_EQ(Owned.use_count(), 1);
}

Task<bool> atLeastOnceMore(int &Left) {
  co_await yield_now();
  if (Left < 0)
    throw std::out_of_range("negative");
  co_return --Left > 0;
}

/// GCC 12 compiles these correctly, though not `Left > 2 && co_await ...`, see
/// Task.h.
TEST(Task, AwaitsInConditionsInsideTry) {
  const auto While = [](int Left) -> Task<int> {
    const std::string Long(100, 'x');
    try {
      while (co_await atLeastOnceMore(Left))
        ;
    } catch (const std::out_of_range &) {
      co_return -1;
    }
    co_return Left + int(Long.size());
  };
  const auto Nested = [](int Left) -> Task<int> {
    int Rounds = 0;
    try {
      for (; co_await atLeastOnceMore(Left);)
        try {
          do
            ++Rounds;
          while (co_await atLeastOnceMore(Left));
        } catch (const std::bad_alloc &) {
          co_return -2;
        }
    } catch (const std::out_of_range &) {
      co_return -1;
    }
    co_return Rounds;
  };
  EXPECT_EQ(sync_wait(While(3)), 100);
  EXPECT_EQ(sync_wait(While(-1)), -1);
  EXPECT_EQ(sync_wait(Nested(6)), 5);
  EXPECT_EQ(sync_wait(Nested(-1)), -1);
}

/// A program may have a million waiting tasks. These are the parts of one
/// task's frames, beside those that the compiler adds.
TEST(Task, AWaitingOneIsSmall) {
  EXPECT_LE(sizeof(detail::ChainPromise), 256u);
  EXPECT_LE(sizeof(detail::JoinState<void>), 80u);
  EXPECT_LE(sizeof(detail::TaskPromise<void>), 48u);
  EXPECT_LE(sizeof(AsyncEvent::WaitAwaiter), 128u);
  EXPECT_LE(sizeof(SleepAwaiter), 184u);
}

} // namespace
