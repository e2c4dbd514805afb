//===-- GroupTest.cpp - when_all, when_any, scopes, cancellation ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt.h"
#include <gtest/gtest.h>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {

Task<int> after(std::chrono::milliseconds Time, int Value) {
  co_await sleep_for(Time);
  co_return Value;
}
Task<void> failAfter(std::chrono::milliseconds Time) {
  co_await sleep_for(Time);
  throw std::runtime_error("failed");
}
Task<int> ready(int Value) { co_return Value; }
Task<void> nothing() { co_return; }
Task<void> yieldTwice() {
  co_await yield_now();
  co_await yield_now();
}

TEST(WhenAll, GathersInOrder) {
  const auto Main = []() -> Task<void> {
    auto [A, Void, B] = co_await when_all(after(3ms, 1), nothing(), ready(2));
    (void)Void;
    EXPECT_EQ(A, 1);
    EXPECT_EQ(B, 2);
    std::vector<Task<int>> Many;
    for (int I = 0; I != 10; ++I)
      Many.push_back(after(std::chrono::milliseconds(10 - I), I));
    const std::vector<int> Values = co_await when_all(std::move(Many));
    for (int I = 0; I != 10; ++I)
      EXPECT_EQ(Values[std::size_t(I)], I);
    co_await when_all();
    co_await when_all(std::vector<Task<void>>());
  };
  sync_wait(Main());
}

TEST(WhenAll, AFailureStopsTheOthers) {
  const auto Main = []() -> Task<void> {
    co_await when_all(after(1h, 1), failAfter(1ms), after(1h, 2));
  };
  EXPECT_THROW(sync_wait(Main()), std::runtime_error);
}

TEST(WhenAll, EndsWhereItWasAwaited) {
  ThreadPool Pool(2);
  const auto Hop = [&]() -> Task<void> { co_await Pool.schedule(); };
  EventLoop Loop;
  const auto Main = [&]() -> Task<void> {
    co_await when_all(Hop(), Hop(), Hop());
    EXPECT_EQ(EventLoop::current(), &Loop);
  };
  Loop.run(Main());
}

TEST(WhenAny, TheFirstWinsAndTheRestStop) {
  int Stopped = 0;
  const auto Loser = [&]() -> Task<int> {
    try {
      co_await sleep_for(1h);
    } catch (const Cancelled &) {
      ++Stopped;
      throw;
    }
    co_return 0;
  };
  const auto Main = [&]() -> Task<void> {
    auto First = co_await when_any(Loser(), after(1ms, 5), Loser());
    EXPECT_EQ(First.Index, 1u);
    EXPECT_EQ(std::get<1>(First.Value), 5);
    EXPECT_EQ(Stopped, 2);
    std::vector<Task<int>> Many;
    Many.push_back(Loser());
    Many.push_back(ready(9));
    auto Second = co_await when_any(std::move(Many));
    EXPECT_EQ(Second.Index, 1u);
    EXPECT_EQ(Stopped, 3);
  };
  sync_wait(Main());
}

TEST(WhenAny, MayFail) {
  const auto Main = []() -> Task<void> {
    co_await when_any(after(1h, 1), failAfter(1ms));
  };
  EXPECT_THROW(sync_wait(Main()), std::runtime_error);
  const auto None = []() -> Task<void> {
    co_await when_any(std::vector<Task<int>>());
  };
  EXPECT_THROW(sync_wait(None()), std::invalid_argument);
}

TEST(Cancellation, ReachesTheInnermostAwait) {
  std::stop_source Source;
  EventLoop Loop;
  const auto Inner = []() -> Task<void> { co_await sleep_for(1h); };
  const auto Outer = [&]() -> Task<void> { co_await Inner(); };
  const auto Main = [&]() -> Task<bool> {
    Loop.post([&] { Source.request_stop(); });
    try {
      co_await with_stop_token(Outer(), Source.get_token());
    } catch (const Cancelled &) {
      co_return true;
    }
    co_return false;
  };
  EXPECT_TRUE(Loop.run(Main()));
}

TEST(Cancellation, MayComeFromAnotherThread) {
  for (int I = 0; I != 50; ++I) {
    std::stop_source Source;
    EventLoop Loop;
    const auto Body = [&]() -> Task<void> {
      for (;;)
        co_await sleep_for(10us);
    };
    const auto Main = [&]() -> Task<bool> {
      try {
        co_await with_stop_token(Body(), Source.get_token());
      } catch (const Cancelled &) {
        co_return true;
      }
      co_return false;
    };
    std::thread Other([&] { Source.request_stop(); });
    EXPECT_TRUE(Loop.run(Main()));
    Other.join();
  }
}

TEST(Cancellation, TheTokenCanBeAsked) {
  const auto Main = []() -> Task<void> {
    const std::stop_token Token = co_await current_stop_token();
    EXPECT_TRUE(Token.stop_possible());
    EXPECT_FALSE(Token.stop_requested());
    const auto Shielded = []() -> Task<void> {
      EXPECT_FALSE((co_await current_stop_token()).stop_possible());
    };
    co_await uncancellable(Shielded());
  };
  sync_wait(Main());
}

TEST(Timeout, EndsWhatTakesTooLong) {
  const auto Main = []() -> Task<void> {
    EXPECT_EQ(co_await with_timeout(after(1ms, 3), 1h), 3);
    co_await with_timeout(nothing(), 1h);
    co_await with_timeout(after(1h, 3), 1ms);
  };
  EXPECT_THROW(sync_wait(Main()), TimedOut);
  try {
    sync_wait(Main());
  } catch (const std::system_error &E) {
    EXPECT_EQ(E.code(), std::errc::timed_out);
  }
}

TEST(TaskScope, JoinsItsTasks) {
  int Done = 0;
  const auto Body = [&]() -> Task<void> {
    co_await sleep_for(1ms);
    ++Done;
  };
  const auto Main = [&]() -> Task<void> {
    TaskScope Scope;
    for (int I = 0; I != 5; ++I)
      Scope.spawn(Body());
    EXPECT_EQ(Scope.tasks(), 5u);
    co_await Scope.join();
    EXPECT_EQ(Done, 5);
    Scope.spawn(Body());
    co_await Scope.join();
    EXPECT_EQ(Done, 6);
  };
  sync_wait(Main());
}

TEST(TaskScope, AFailureStopsTheOthers) {
  const auto Sleeps = []() -> Task<void> { co_await sleep_for(1h); };
  const auto Main = [&]() -> Task<void> {
    TaskScope Scope;
    Scope.spawn(Sleeps());
    Scope.spawn(failAfter(1ms));
    co_await Scope.join();
  };
  EXPECT_THROW(sync_wait(Main()), std::runtime_error);
}

TEST(TaskScope, NoTaskOutlivesIt) {
  auto Owned = std::make_shared<int>(0);
  const auto Body = [](std::shared_ptr<int>) -> Task<void> {
    co_await sleep_for(1h);
  };
  const auto Main = [&]() -> Task<void> {
    {
      TaskScope Scope;
      Scope.spawn(Body(Owned));
      co_await yield_now();
      Scope.spawn(Body(Owned)); // Not even started.
    }
    EXPECT_EQ(Owned.use_count(), 1);
  };
  sync_wait(Main());
}

TEST(TaskScope, WithScopeJoinsWhateverHappens) {
  int Stopped = 0;
  const auto Sleeps = [&]() -> Task<void> {
    try {
      co_await sleep_for(1h);
    } catch (const Cancelled &) {
      ++Stopped;
      throw;
    }
  };
  const auto Main = [&]() -> Task<int> {
    const auto Throws = [&](TaskScope &Scope) -> Task<int> {
      Scope.spawn(Sleeps());
      co_await yield_now();
      throw std::runtime_error("body");
    };
    bool Threw = false;
    try {
      co_await with_scope(Throws);
    } catch (const std::runtime_error &) {
      Threw = true;
    }
    EXPECT_TRUE(Threw);
    EXPECT_EQ(Stopped, 1);
    const auto Works = [&](TaskScope &Scope) -> Task<int> {
      Scope.spawn(nothing());
      co_return 8;
    };
    co_return co_await with_scope(Works);
  };
  EXPECT_EQ(sync_wait(Main()), 8);
}

TEST(TaskScope, IsCancelledWithItsJoiner) {
  int Stopped = 0;
  const auto Sleeps = [&]() -> Task<void> {
    try {
      co_await sleep_for(1h);
    } catch (const Cancelled &) {
      ++Stopped;
      throw;
    }
  };
  const auto Body = [&](TaskScope &Scope) -> Task<void> {
    Scope.spawn(Sleeps());
    Scope.spawn(Sleeps());
    co_return;
  };
  const auto Main = [&]() -> Task<void> {
    co_await with_timeout(with_scope(Body), 2ms);
  };
  EXPECT_THROW(sync_wait(Main()), TimedOut);
  EXPECT_EQ(Stopped, 2);
}

/// A server that uses scopes ends when it is asked to.
TEST(TaskScope, AStoppedJoinIsCancelled) {
  int Rounds = 0;
  const auto Sleeps = []() -> Task<void> { co_await sleep_for(1h); };
  const auto Serves = [&]() -> Task<void> {
    for (;; ++Rounds) {
      TaskScope Scope;
      Scope.spawn(Sleeps());
      co_await Scope.join();
    }
  };
  const auto ServesWith = [&]() -> Task<void> {
    const auto Body = [&](TaskScope &Scope) -> Task<void> {
      Scope.spawn(Sleeps());
      co_return;
    };
    for (;; ++Rounds)
      co_await with_scope(Body);
  };
  EventLoop Loop;
  Loop.spawn(Serves());
  Loop.spawn(ServesWith());
  Loop.run(yieldTwice());
  EXPECT_EQ(Rounds, 0);
}

TEST(TaskScope, AStopThatComesTooLateCancelsNoJoin) {
  const auto Main = [&]() -> Task<bool> {
    TaskScope Scope;
    Scope.spawn(yieldTwice());
    std::stop_source Stop;
    const auto Joins = [&]() -> Task<bool> {
      co_await Scope.join();
      co_return true;
    };
    auto Joining = spawn(*EventLoop::current(), Joins());
    while (Scope.tasks() != 0)
      co_await yield_now();
    Joining.request_stop();
    co_return co_await std::move(Joining);
  };
  EXPECT_TRUE(sync_wait(Main()));
}

TEST(TaskScope, AStoppedJoinKeepsTheBodysValue) {
  const auto Sleeps = []() -> Task<void> { co_await sleep_for(1h); };
  const auto Body = [&](TaskScope &Scope) -> Task<int> {
    Scope.spawn(Sleeps());
    co_return 7;
  };
  EXPECT_EQ(sync_wait(with_timeout(with_scope(Body), 2ms)), 7);
}

/// Both values are available: the loser's stays in its channel.
TEST(WhenAny, ALoserThatNeedNotWaitTakesNothing) {
  Channel<int> A(1), B(1);
  const auto Receives = [](Channel<int> &From) -> Task<std::optional<int>> {
    co_return co_await From.receive();
  };
  const auto Main = [&]() -> Task<void> {
    co_await A.send(1);
    co_await B.send(2);
    const auto First = co_await when_any(Receives(A), Receives(B));
    EXPECT_EQ(First.Index, 0u);
    EXPECT_EQ(co_await B.receive(), 2);
    co_await A.send(3);
    co_await B.send(4);
    std::vector<Task<std::optional<int>>> Both;
    Both.push_back(Receives(B));
    Both.push_back(Receives(A));
    const auto Next = co_await when_any(std::move(Both));
    EXPECT_EQ(std::get<0>(Next.Value), 4);
    EXPECT_EQ(co_await A.receive(), 3);
  };
  sync_wait(Main());
}

} // namespace
