//===-- OutliveTest.cpp - Objects that outlive their executor -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop or pool may end before coroutines and scopes that used it: a generator
// that the caller of the loop owns, a scope that is a member beside it. They
// must not refer to the executor afterwards, and nothing may wait for it.
//
//===----------------------------------------------------------------------===//

#include "Explorer.h"
#include <fcntl.h>
#include <memory>
#include <thread>
#include <unistd.h>

using namespace corolint::rt;
using namespace corolint::rt::test;
using namespace std::chrono_literals;

namespace {

//===----------------------------------------------------------------------===//
// Generators
//===----------------------------------------------------------------------===//

enum class Wait { Sleep, Event, Mutex, Condition, Pipe, Thread, Yield, Group };
class Outliving : public ::testing::TestWithParam<Wait> {};
INSTANTIATE_TEST_SUITE_P(Waits, Outliving,
                         ::testing::Values(Wait::Sleep, Wait::Event,
                                           Wait::Mutex, Wait::Condition,
                                           Wait::Pipe, Wait::Thread,
                                           Wait::Yield, Wait::Group));

struct Things {
  Things() { EXPECT_EQ(::pipe2(Pipe, O_NONBLOCK | O_CLOEXEC), 0); }
  Things(const Things &) = delete;
  Things &operator=(const Things &) = delete;
  ~Things() {
    ::close(Pipe[0]);
    ::close(Pipe[1]);
  }
  AsyncEvent Event;
  AsyncMutex Mutex;
  AsyncMutex::Guard Locked = Mutex.try_lock();
  AsyncConditionVariable Condition;
  int Pipe[2] = {-1, -1};
};

Task<void> waitsFor(AsyncEvent &Event) { co_await Event.wait(); }

AsyncGenerator<int> waits(Wait What, Things &T) {
  switch (What) {
  case Wait::Sleep:
    co_await sleep_for(1h);
    break;
  case Wait::Event:
    co_await T.Event.wait();
    break;
  case Wait::Mutex: {
    auto Guard = co_await T.Mutex.lock();
    break;
  }
  case Wait::Condition: {
    AsyncMutex Own;
    auto Guard = co_await Own.lock();
    co_await T.Condition.wait(Guard);
    break;
  }
  case Wait::Pipe:
    co_await readable(T.Pipe[0]);
    break;
  case Wait::Thread: {
    const auto Works = [] { std::this_thread::sleep_for(2ms); };
    co_await run_blocking(Works);
    break;
  }
  case Wait::Yield:
    co_await yield_now();
    break;
  case Wait::Group:
    co_await when_all(waitsFor(T.Event), waitsFor(T.Event));
    break;
  }
  co_yield 1;
}

Task<void> takes(AsyncGenerator<int> &From) { (void)co_await From.next(); }

/// The loop is destroyed with the task that iterates over the generator.
TEST_P(Outliving, AGeneratorItsLoop) {
  Things T;
  AsyncGenerator<int> Numbers = waits(GetParam(), T);
  EventLoop Loop;
  Loop.spawn(takes(Numbers));
  Loop.poll();
}

/// The loop continues and destroys only the task, which ignores the stop.
TEST_P(Outliving, AGeneratorItsTask) {
  Things T;
  EventLoop Loop;
  AsyncGenerator<int> Numbers = waits(GetParam(), T);
  const auto Root = [&]() -> Task<void> {
    co_await uncancellable(takes(Numbers));
  };
  const auto Sleeps = []() -> Task<void> { co_await sleep_for(1ms); };
  if (GetParam() == Wait::Sleep || GetParam() == Wait::Pipe)
    return; // The loop has something to wait for.
  Loop.spawn(Root());
  Loop.run(Sleeps());
  Loop.run(Sleeps());
}

//===----------------------------------------------------------------------===//
// Scopes
//===----------------------------------------------------------------------===//

/// A scope beside a loop that ends first, destroyed or run to its end, with
/// tasks that wait, are ready, ignore the stop, or are elsewhere.
TEST(OutlivingScope, ItsLoop) {
  explore([](Explorer &E) {
    int Living = 0, Told = 0;
    SteppedExecutor Pool;
    {
      TaskScope Scope;
      AsyncEvent Never;
      EventLoop *Home = nullptr;
      Interleaver Beside(E, Pool);
      const auto Sleeps = [&]([[maybe_unused]] Counted C) -> Task<void> {
        try {
          co_await sleep_for(1h);
        } catch (const Cancelled &) {
          ++Told;
        }
      };
      const auto Yields = [&]([[maybe_unused]] Counted C) -> Task<void> {
        for (;;)
          co_await yield_now();
      };
      const auto Ignores = [&]([[maybe_unused]] Counted C) -> Task<void> {
        co_await uncancellable(waitsFor(Never));
      };
      const auto Leaves = [&]([[maybe_unused]] Counted C) -> Task<void> {
        co_await resume_on(Pool);
        co_await resume_on(*Home);
      };
      const auto Main = [&]() -> Task<void> {
        Scope.spawn(Sleeps(Counted(Living)));
        Scope.spawn(Ignores(Counted(Living)));
        Scope.spawn(Leaves(Counted(Living)));
        Scope.spawn(Yields(Counted(Living)));
        co_await yield_now();
      };
      EventLoop Loop;
      Home = &Loop;
      Beside.runOn(Loop);
      const bool Runs = E.choose(2) != 0;
      if (Runs) {
        Loop.run(Main());
        EXPECT_EQ(Told, 1);
        EXPECT_EQ(Living, 0);
        EXPECT_FALSE(Scope.stop_token().stop_requested()) << "for other runs";
      } else {
        Loop.spawn(Main());
        for (unsigned Turns = E.choose(3); Turns != 0; --Turns)
          Loop.poll();
      }
    }
    while (Pool.hasWork())
      Pool.step();
    EXPECT_EQ(Living, 0);
  });
}

/// A coroutine that joins the scope on another loop is notified.
TEST(OutlivingScope, IsJoinedElsewhere) {
  TaskScope Scope;
  EventLoop Other;
  bool Joined = false;
  const auto Joins = [&]() -> Task<void> {
    co_await Scope.join();
    Joined = true;
  };
  {
    EventLoop Loop;
    const auto Sleeps = []() -> Task<void> { co_await sleep_for(1h); };
    const auto Main = [&]() -> Task<void> {
      Scope.spawn(Sleeps());
      co_return;
    };
    Loop.spawn(Main());
    Loop.poll();
    Other.spawn(Joins());
    Other.poll();
  }
  Other.run();
  EXPECT_TRUE(Joined);
}

//===----------------------------------------------------------------------===//
// Coroutines that outlive the awaited object
//===----------------------------------------------------------------------===//

enum class Object { Event, Latch, Received, Sent, Condition };
class OutlivingWaiter : public ::testing::TestWithParam<Object> {};
INSTANTIATE_TEST_SUITE_P(Objects, OutlivingWaiter,
                         ::testing::Values(Object::Event, Object::Latch,
                                           Object::Received, Object::Sent,
                                           Object::Condition));

/// The awaited object, which may end as soon as it was told to wake all
/// waiters.
struct Ending {
  AsyncEvent Event;
  AsyncLatch Latch{1};
  Channel<int> Numbers{0};
  AsyncConditionVariable Condition;

  void letAllGo(Object What) {
    switch (What) {
    case Object::Event:
      return Event.set();
    case Object::Latch:
      return Latch.count_down();
    case Object::Received:
    case Object::Sent:
      return Numbers.close();
    case Object::Condition:
      return Condition.notify_all();
    }
  }
};

Task<void> waitsFor(Object What, Ending &E, AsyncMutex &Mutex) {
  switch (What) {
  case Object::Event:
    co_await E.Event.wait();
    break;
  case Object::Latch:
    co_await E.Latch.wait();
    break;
  case Object::Received:
    (void)co_await E.Numbers.receive();
    break;
  case Object::Sent:
    try {
      co_await E.Numbers.send(1);
    } catch (const ChannelClosed &) {
    }
    break;
  case Object::Condition: {
    auto Guard = co_await Mutex.lock();
    co_await E.Condition.wait(Guard);
    break;
  }
  }
}

/// A stop, and the end of the loop, occur in every order with the end of the
/// awaited object.
TEST_P(OutlivingWaiter, IsStopped) {
  explore([](Explorer &E) {
    AsyncMutex Mutex;
    auto Waited = std::make_unique<Ending>();
    EventLoop Loop;
    for (int I = 0; I != 2; ++I)
      Loop.spawn(waitsFor(GetParam(), *Waited, Mutex));
    Loop.poll();
    Loop.poll();
    // Choosing the last turn means never.
    static constexpr unsigned Turns = 4;
    const unsigned LetGoAt = E.choose(Turns - 1);
    const unsigned StopAt = E.choose(Turns);
    const unsigned PollAt = E.choose(Turns);
    for (unsigned Turn = 0; Turn != Turns - 1; ++Turn) {
      if (Turn == LetGoAt) {
        Waited->letAllGo(GetParam());
        Waited.reset();
      }
      if (Turn == StopAt)
        Loop.shutdown();
      if (Turn == PollAt)
        Loop.poll();
    }
    if (E.choose(2) != 0)
      return; // The loop ends while tasks are left.
    Loop.run();
    EXPECT_EQ(Loop.tasks(), 0u);
  });
}

/// The stop comes on another thread while the object wakes its waiters.
TEST_P(OutlivingWaiter, IsStoppedElsewhere) {
  for (int Round = 0; Round != 200; ++Round) {
    AsyncMutex Mutex;
    auto Waited = std::make_unique<Ending>();
    std::stop_source Stop;
    std::atomic<bool> Ready{false};
    ThreadPool Pool(1);
    const auto Waits = [&](std::stop_token Token) -> Task<void> {
      Task<void> Wait = waitsFor(GetParam(), *Waited, Mutex);
      try {
        co_await with_stop_token(std::move(Wait), Token);
      } catch (const Cancelled &) {
      }
    };
    (void)Pool.spawn(Waits(Stop.get_token()));
    Pool.post([&] { Ready = true; });
    while (!Ready)
      std::this_thread::yield();
    std::thread Stops([&] { Stop.request_stop(); });
    Waited->letAllGo(GetParam());
    // With one worker, the task may or may not have begun the wait after this.
    std::atomic<bool> Gone{false};
    Pool.post([&] {
      Waited.reset();
      Gone = true;
    });
    Stops.join();
    while (!Gone)
      std::this_thread::yield();
  }
}

//===----------------------------------------------------------------------===//
// Loops that outlive pools
//===----------------------------------------------------------------------===//

/// The tasks have ended on the pool. Their loop, which is not running, will
/// destroy them: the pool does not wait for that.
TEST(OutlivingLoop, ItsTasksLastPool) {
  int Living = 0;
  EventLoop Loop;
  {
    ThreadPool Pool(2);
    const auto Leaves = [&]([[maybe_unused]] Counted C) -> Task<void> {
      co_await resume_on(Pool);
    };
    for (int I = 0; I != 4; ++I)
      Loop.spawn(Leaves(Counted(Living)));
    Loop.poll();
  }
  Loop.run();
  EXPECT_EQ(Living, 0);
}

} // namespace
