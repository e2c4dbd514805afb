//===-- SyncTest.cpp - Mutex, event, semaphore, channel, isolated ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt.h"
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {

TEST(AsyncMutex, IsFairAndExclusive) {
  EventLoop Loop;
  AsyncMutex Mutex;
  std::vector<int> Order;
  int Inside = 0;
  const auto Body = [&](int Number) -> Task<void> {
    auto Guard = co_await Mutex.lock();
    EXPECT_EQ(++Inside, 1);
    co_await sleep_for(1ms);
    Order.push_back(Number);
    --Inside;
  };
  for (int I = 0; I != 5; ++I)
    Loop.spawn(Body(I));
  Loop.run();
  EXPECT_EQ(Order, (std::vector<int>{0, 1, 2, 3, 4}));
  EXPECT_FALSE(Mutex.is_locked());
}

TEST(AsyncMutex, GuardsMoveAndEndEarly) {
  AsyncMutex Mutex;
  auto A = Mutex.try_lock();
  EXPECT_TRUE(A);
  EXPECT_FALSE(Mutex.try_lock());
  AsyncMutex::Guard B = std::move(A);
  EXPECT_FALSE(A.owns_lock());
  B.unlock();
  B.unlock();
  EXPECT_TRUE(Mutex.try_lock().owns_lock());
  EXPECT_FALSE(Mutex.is_locked());
}

TEST(AsyncMutex, ACancelledWaiterLeavesTheQueue) {
  EventLoop Loop;
  AsyncMutex Mutex;
  const auto Waits = [&]() -> Task<void> { auto G = co_await Mutex.lock(); };
  const auto Main = [&]() -> Task<int> {
    auto Guard = co_await Mutex.lock();
    bool Out = false;
    try {
      co_await with_timeout(Waits(), 1ms);
    } catch (const TimedOut &) {
      Out = true;
    }
    EXPECT_TRUE(Out);
    Guard.unlock();
    auto Again = co_await Mutex.lock();
    co_return 1;
  };
  EXPECT_EQ(Loop.run(Main()), 1);
  EXPECT_FALSE(Mutex.is_locked());
}

TEST(AsyncMutex, AGrantNobodyTookIsPassedOn) {
  AsyncMutex Mutex;
  {
    EventLoop Loop;
    auto Guard = std::make_unique<AsyncMutex::Guard>(Mutex.try_lock());
    const auto Waits = [&]() -> Task<void> { auto G = co_await Mutex.lock(); };
    Loop.spawn(Waits());
    Loop.spawn(Waits());
    Loop.poll();
    Loop.post([&] { Guard.reset(); });
    Loop.post([&] { Loop.stop(); });
    // The lock is granted to a waiter that is queued but never resumed.
    Guard.reset();
  }
  EXPECT_FALSE(Mutex.is_locked());
}

TEST(AsyncEvent, WakesAll) {
  EventLoop Loop;
  AsyncEvent Event;
  int Woken = 0;
  const auto Body = [&]() -> Task<void> {
    co_await Event.wait();
    ++Woken;
  };
  for (int I = 0; I != 3; ++I)
    Loop.spawn(Body());
  Loop.poll();
  EXPECT_EQ(Woken, 0);
  Event.set();
  EXPECT_EQ(Woken, 0) << "set() runs nothing itself";
  Loop.run();
  EXPECT_EQ(Woken, 3);
  Loop.run(Body());
  EXPECT_EQ(Woken, 4);
  Event.reset();
  EXPECT_FALSE(Event.is_set());
}

TEST(AsyncSemaphore, LimitsHowManyAreInside) {
  EventLoop Loop;
  AsyncSemaphore Semaphore(2);
  int Inside = 0, Most = 0;
  const auto Body = [&]() -> Task<void> {
    co_await Semaphore.acquire();
    Most = std::max(Most, ++Inside);
    co_await sleep_for(1ms);
    --Inside;
    Semaphore.release();
  };
  for (int I = 0; I != 6; ++I)
    Loop.spawn(Body());
  Loop.run();
  EXPECT_EQ(Most, 2);
  EXPECT_EQ(Semaphore.available(), 2u);
}

TEST(AsyncSemaphore, ReleasesMany) {
  EventLoop Loop;
  AsyncSemaphore Semaphore(0);
  int Done = 0;
  const auto Body = [&]() -> Task<void> {
    co_await Semaphore.acquire();
    ++Done;
  };
  for (int I = 0; I != 3; ++I)
    Loop.spawn(Body());
  Loop.poll();
  Semaphore.release(4);
  Loop.run();
  EXPECT_EQ(Done, 3);
  EXPECT_TRUE(Semaphore.try_acquire());
  EXPECT_FALSE(Semaphore.try_acquire());
}

void transfer(std::size_t Capacity) {
  EventLoop Loop;
  Channel<std::unique_ptr<int>> Chan(Capacity);
  std::vector<int> Got;
  const auto Sender = [&]() -> Task<void> {
    for (int I = 0; I != 20; ++I)
      co_await Chan.send(std::make_unique<int>(I));
    Chan.close();
  };
  const auto Receiver = [&]() -> Task<void> {
    for (;;) {
      auto Value = co_await Chan.receive();
      if (!Value)
        break;
      Got.push_back(**Value);
    }
  };
  Loop.spawn(Sender());
  Loop.spawn(Receiver());
  Loop.run();
  ASSERT_EQ(Got.size(), 20u) << "capacity " << Capacity;
  for (int I = 0; I != 20; ++I)
    EXPECT_EQ(Got[std::size_t(I)], I);
}

TEST(Channel, KeepsTheOrder) {
  for (std::size_t Capacity : {0, 1, 3, 100})
    transfer(Capacity);
}

TEST(Channel, CloseWakesBothSides) {
  EventLoop Loop;
  Channel<int> Chan(1);
  int Refused = 0, Empty = 0;
  const auto Sender = [&]() -> Task<void> {
    try {
      co_await Chan.send(1);
      co_await Chan.send(2);
    } catch (const ChannelClosed &) {
      ++Refused;
    }
  };
  Loop.spawn(Sender());
  Loop.poll();
  Chan.close();
  Chan.close();
  Loop.run();
  EXPECT_EQ(Refused, 1);
  const auto Receiver = [&]() -> Task<void> {
    EXPECT_EQ(co_await Chan.receive(), 1);
    if (!co_await Chan.receive())
      ++Empty;
  };
  Loop.run(Receiver());
  EXPECT_EQ(Empty, 1);
  EXPECT_THROW(Chan.try_send(3), ChannelClosed);
}

TEST(Channel, TriesWithoutWaiting) {
  Channel<std::string> Chan(1);
  EXPECT_FALSE(Chan.try_receive());
  EXPECT_TRUE(Chan.try_send("a"));
  EXPECT_FALSE(Chan.try_send("b"));
  EXPECT_EQ(Chan.try_receive(), "a");
}

struct Account {
  int Balance = 100;
  int Changes = 0;
};

TEST(Isolated, TransactsWhollyOrNotAtAll) {
  EventLoop Loop;
  Isolated<Account> State;
  const auto Fails = [](Account &A) -> Task<void> {
    A.Balance -= 50;
    co_await sleep_for(1ms);
    throw std::runtime_error("no");
  };
  const auto Slow = [](Account &A) -> Task<int> {
    A.Balance -= 50;
    co_await sleep_for(1h);
    co_return A.Balance;
  };
  const auto Works = [](Account &A) -> Task<int> {
    const int Before = A.Balance;
    co_await sleep_for(1ms);
    A.Balance = Before - 10;
    ++A.Changes;
    co_return A.Balance;
  };
  const auto Main = [&]() -> Task<void> {
    bool Threw = false;
    try {
      co_await State.transact(Fails);
    } catch (const std::runtime_error &) {
      Threw = true;
    }
    EXPECT_TRUE(Threw);
    EXPECT_EQ((co_await State.snapshot()).Balance, 100);

    Threw = false;
    try {
      co_await with_timeout(State.transact(Slow), 2ms);
    } catch (const TimedOut &) {
      Threw = true;
    }
    EXPECT_TRUE(Threw);
    EXPECT_EQ((co_await State.snapshot()).Balance, 100);

    auto [A, B] =
        co_await when_all(State.transact(Works), State.transact(Works));
    EXPECT_EQ(A, 90);
    EXPECT_EQ(B, 80);
    co_await State.transact([](Account &A) { A.Balance = 0; });
    const int Balance =
        co_await State.read([](const Account &A) { return A.Balance; });
    EXPECT_EQ(Balance, 0);
  };
  Loop.run(Main());
}

} // namespace
