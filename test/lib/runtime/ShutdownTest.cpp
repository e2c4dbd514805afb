//===-- ShutdownTest.cpp - Loops that end while tasks are elsewhere -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The invariant: a loop neither destroys its tasks nor ends before each of them
// is home, that is, until its frames, including parameters, are destroyed and
// its waiters are notified. Each way to leave a loop is combined with each way
// to end the loop, in all orders of their steps.
//
//===----------------------------------------------------------------------===//

#include "Explorer.h"
#include <thread>

using namespace corolint::rt;
using namespace corolint::rt::test;
using namespace std::chrono_literals;

namespace {

/// The state that a task elsewhere uses of the coroutine that waits for it.
struct Frame {
  explicit Frame(int &Living) : Alive(Living) {}
  Counted Alive;
  std::string Text = std::string(100, 'x');

  void use() const { EXPECT_EQ(Text[99], 'x'); }
};

struct World {
  EventLoop &Loop;
  SteppedExecutor &Pool;
  int &Living;
};

Task<void> hops(World W, const Frame &Of, Counted) {
  co_await resume_on(W.Pool);
  Of.use();
  co_await resume_on(W.Pool);
  Of.use();
}
Task<void> works(const Frame &Of, Counted) {
  Of.use();
  co_await yield_now();
  Of.use();
}
AsyncGenerator<int> hopsAndYields(World W, const Frame &Of) {
  co_await resume_on(W.Pool);
  Of.use();
  co_yield 1;
}

//===----------------------------------------------------------------------===//
// The ways to leave
//===----------------------------------------------------------------------===//

Task<void> endsElsewhere(World W) {
  const Frame Own(W.Living);
  co_await hops(W, Own, Counted(W.Living));
  Own.use();
}
Task<void> comesBack(World W) {
  const Frame Own(W.Living);
  co_await resume_on(W.Pool);
  co_await resume_on(W.Loop);
  Own.use();
  co_await yield_now();
}
Task<void> waitsForAll(World W) {
  const Frame Own(W.Living);
  co_await when_all(hops(W, Own, Counted(W.Living)),
                    hops(W, Own, Counted(W.Living)));
  Own.use();
}
Task<void> waitsForAny(World W) {
  const Frame Own(W.Living);
  co_await when_any(hops(W, Own, Counted(W.Living)),
                    works(Own, Counted(W.Living)));
  Own.use();
}
Task<void> scopeElsewhere(World W) {
  const Frame Own(W.Living);
  const auto Body = [&](TaskScope &Scope) -> Task<void> {
    Scope.spawn_on(W.Pool, works(Own, Counted(W.Living)));
    co_return;
  };
  co_await with_scope(Body);
}
Task<void> scopeThatHops(World W) {
  const Frame Own(W.Living);
  const auto Body = [&](TaskScope &Scope) -> Task<void> {
    Scope.spawn(hops(W, Own, Counted(W.Living)));
    co_await yield_now();
  };
  co_await with_scope(Body);
}
Task<void> uncancellableHop(World W) {
  const Frame Own(W.Living);
  co_await uncancellable(hops(W, Own, Counted(W.Living)));
  Own.use();
}
Task<void> otherTokenHop(World W) {
  const Frame Own(W.Living);
  std::stop_source Source;
  co_await with_stop_token(hops(W, Own, Counted(W.Living)), Source.get_token());
  Own.use();
}
Task<void> joinsElsewhere(World W) {
  const Frame Own(W.Living);
  const auto Body = [](Counted) -> Task<int> {
    co_await yield_now();
    co_return 1;
  };
  co_await uncancellable([](JoinHandle<int> Handle) -> Task<void> {
    co_await std::move(Handle);
  }(spawn(W.Pool, Body(Counted(W.Living)))));
}
Task<void> cancelledJoin(World W) {
  const Frame Own(W.Living);
  co_await spawn(W.Pool, [](Counted) -> Task<void> {
    co_await yield_now();
  }(Counted(W.Living)));
}
Task<void> generates(World W) {
  const Frame Own(W.Living);
  auto Numbers = hopsAndYields(W, Own);
  while (co_await Numbers.next())
    Own.use();
}
Task<void> nests(World W) {
  const Frame Own(W.Living);
  co_await when_all(scopeElsewhere(W), uncancellableHop(W));
}

struct Way {
  const char *Name;
  Task<void> (*Leave)(World);
};
constexpr Way Ways[] = {
    {"endsElsewhere", endsElsewhere},
    {"comesBack", comesBack},
    {"waitsForAll", waitsForAll},
    {"waitsForAny", waitsForAny},
    {"scopeElsewhere", scopeElsewhere},
    {"scopeThatHops", scopeThatHops},
    {"uncancellable", uncancellableHop},
    {"otherToken", otherTokenHop},
    {"joins", joinsElsewhere},
    {"cancelledJoin", cancelledJoin},
    {"generates", generates},
    {"nests", nests},
};

class Shutdown : public ::testing::TestWithParam<Way> {};
INSTANTIATE_TEST_SUITE_P(Ways, Shutdown, ::testing::ValuesIn(Ways),
                         [](const auto &Info) { return Info.param.Name; });

void finish(SteppedExecutor &Pool) {
  while (Pool.hasWork())
    Pool.step();
}

/// `run(Main)` asks the others to stop and waits for them.
TEST_P(Shutdown, RunOfAMainTask) {
  const unsigned Runs = explore([](Explorer &E) {
    int Living = 0;
    SteppedExecutor Pool;
    {
      Interleaver Beside(E, Pool);
      EventLoop Loop;
      const World W{Loop, Pool, Living};
      const auto Main = [&](unsigned Turns) -> Task<void> {
        Loop.spawn(GetParam().Leave(W));
        for (unsigned I = 0; I != Turns; ++I)
          co_await yield_now();
      };
      Beside.runOn(Loop);
      Loop.run(Main(E.choose(4)));
      EXPECT_EQ(Loop.tasks(), 0u);
    }
    finish(Pool);
    EXPECT_EQ(Living, 0);
  });
  EXPECT_GE(Runs, 4u);
}

/// `stop()`, then the loop is destroyed: it waits for tasks elsewhere and
/// destroys the others.
TEST_P(Shutdown, DestructionAfterAStop) {
  explore([](Explorer &E) {
    int Living = 0;
    SteppedExecutor Pool;
    {
      EventLoop *Stopped = nullptr;
      Interleaver Beside(E, Pool, [&] { Stopped->stop(); });
      EventLoop Loop;
      Stopped = &Loop;
      const World W{Loop, Pool, Living};
      Beside.runOn(Loop);
      Loop.spawn(GetParam().Leave(W));
      Loop.run();
    }
    finish(Pool);
    EXPECT_EQ(Living, 0);
  });
}

Task<void> visits(EventLoop &Loop, AsyncEvent &Never, Counted) {
  co_await resume_on(Loop);
  const auto Sleeps = []() -> Task<void> { co_await sleep_for(1h); };
  const auto Waits = [&]() -> Task<void> { co_await Never.wait(); };
  co_await when_all(Sleeps(), Waits());
}

/// A task of the pool that came to the loop is asked to leave, and waited for.
TEST(ShutdownOfAVisitedLoop, CancelsTheVisitorsWaits) {
  explore([](Explorer &E) {
    int Living = 0;
    SteppedExecutor Pool;
    {
      Interleaver Beside(E, Pool);
      AsyncEvent Never;
      EventLoop Loop;
      (void)spawn(Pool, visits(Loop, Never, Counted(Living)));
      const auto Main = [](unsigned Turns) -> Task<void> {
        for (unsigned I = 0; I != Turns; ++I)
          co_await yield_now();
      };
      Beside.runOn(Loop);
      Loop.run(Main(E.choose(4)));
      finish(Pool);
    }
    finish(Pool);
    EXPECT_EQ(Living, 0);
  });
}

//===----------------------------------------------------------------------===//
// Tasks that refer to one another
//===----------------------------------------------------------------------===//

/// Objects that one task owns and others wait for.
struct Shared {
  AsyncMutex *Mutex = nullptr;
  AsyncSemaphore *Semaphore = nullptr;
  Channel<int> *Chan = nullptr;
  AsyncEvent *Event = nullptr;
  AsyncSharedMutex *SharedMutex = nullptr;
  AsyncConditionVariable *Condition = nullptr;
};

Task<void> owns(Shared &S) {
  AsyncMutex Mutex;
  AsyncSemaphore Semaphore(1);
  Channel<int> Chan(1);
  AsyncEvent Event, Never;
  AsyncSharedMutex SharedMutex;
  AsyncConditionVariable Condition;
  S = {&Mutex, &Semaphore, &Chan, &Event, &SharedMutex, &Condition};
  auto Shares = co_await SharedMutex.lock();
  auto Guard = co_await Mutex.lock();
  co_await Semaphore.acquire();
  co_await yield_now();
  Semaphore.release();
  Event.set();
  co_await yield_now();
  (void)Chan.try_send(1);
  Condition.notify_one();
  Shares.unlock();
  co_await Never.wait();
}
Task<void> locks(Shared &S) {
  co_await yield_now();
  auto Guard = co_await S.Mutex->lock();
  co_await sleep_for(1h);
}
Task<void> acquires(Shared &S) {
  co_await yield_now();
  co_await S.Semaphore->acquire();
  co_await S.Semaphore->acquire();
}
Task<void> receivesMuch(Shared &S) {
  co_await yield_now();
  for (;;)
    (void)co_await S.Chan->receive();
}
Task<void> waitsOnce(Shared &S) {
  co_await yield_now();
  co_await S.Event->wait();
  co_await sleep_for(1h);
}

Task<void> sharesAndWaits(Shared &S) {
  co_await yield_now();
  AsyncMutex Mutex;
  auto Guard = co_await Mutex.lock();
  co_await S.Condition->wait(Guard);
  (void)co_await S.SharedMutex->lock_shared();
  co_await sleep_for(1h);
}
// A mutex outlives its guards: a guard that stayed alive here would outlive it.
Task<void> locksAlone(Shared &S) {
  co_await yield_now();
  (void)co_await S.SharedMutex->lock();
  co_await sleep_for(1h);
}

/// The loop is destroyed at each turn, with its tasks spawned in each order.
TEST(Destruction, OfTasksThatReferToOneAnother) {
  explore([](Explorer &E) {
    Shared S;
    EventLoop Loop;
    Task<void> (*Users[])(Shared &) = {locks,     acquires,       receivesMuch,
                                       waitsOnce, sharesAndWaits, locksAlone};
    // The owner must run first, or the others find nothing, so they yield.
    const unsigned OwnerAt = E.choose(2);
    if (OwnerAt == 0)
      Loop.spawn(owns(S));
    for (auto *User : Users)
      for (int I = 0; I != 2; ++I)
        Loop.spawn(User(S));
    if (OwnerAt != 0)
      Loop.spawn(owns(S));
    for (unsigned Turns = E.choose(8); Turns != 0; --Turns)
      Loop.poll();
  });
}

TEST(Destruction, OfAChainOfAnyDepth) {
  const auto Deep = [](auto &Self, AsyncEvent &E, int N) -> Task<int> {
    if (N == 0) {
      co_await E.wait();
      co_return 0;
    }
    co_return 1 + co_await Self(Self, E, N - 1);
  };
  const auto Root = [&](AsyncEvent &E, int N) -> Task<void> {
    co_await uncancellable(Deep(Deep, E, N));
  };
  AsyncEvent E;
  {
    EventLoop Loop;
    Loop.spawn(Root(E, 200'000));
    Loop.poll();
  }
  // A task that ended takes its frames along.
  const auto Wrap = [](Task<int> Inner) -> Task<int> {
    co_return 1 + co_await std::move(Inner);
  };
  Task<int> Wrapped = Deep(Deep, E, 0);
  for (int I = 0; I != 200'000; ++I)
    Wrapped = Wrap(std::move(Wrapped));
  E.set();
  EXPECT_EQ(sync_wait(std::move(Wrapped)), 200'000);
}

//===----------------------------------------------------------------------===//
// Other ends
//===----------------------------------------------------------------------===//

/// Clean-up that waits for something held by another thread is not cut short.
TEST(ShutdownOfTasks, WaitsForACleanUpThatAPoolHoldsUp) {
  AsyncMutex Mutex;
  std::atomic<bool> Holds{false};
  ThreadPool Pool(1);
  auto Holder =
      Pool.spawn([](AsyncMutex &Mutex, std::atomic<bool> &Holds) -> Task<void> {
        auto Guard = co_await Mutex.lock();
        Holds = true;
        std::this_thread::sleep_for(20ms);
      }(Mutex, Holds));
  bool Cleaned = false;
  const auto CleanUp = [&]() -> Task<void> {
    auto Guard = co_await Mutex.lock();
    Cleaned = true;
  };
  const auto Background = [&]() -> Task<void> {
    bool Stopped = false;
    try {
      co_await sleep_for(1h);
    } catch (const Cancelled &) {
      Stopped = true;
    }
    EXPECT_TRUE(Stopped);
    co_await uncancellable(CleanUp());
  };
  EventLoop Loop;
  const auto Main = [&]() -> Task<void> {
    Loop.spawn(Background());
    while (!Holds)
      co_await sleep_for(1ms);
  };
  Loop.run(Main());
  EXPECT_TRUE(Cleaned);
}

/// Nothing in the process could wake it, so it is destroyed.
TEST(ShutdownOfTasks, DestroysWhatCannotGoOn) {
  int Living = 0;
  AsyncEvent Never;
  EventLoop Loop;
  const auto Waits = [&](Counted) -> Task<void> { co_await Never.wait(); };
  const auto Main = [&]() -> Task<void> {
    Loop.spawn([](Task<void> Work) -> Task<void> {
      co_await uncancellable(std::move(Work));
    }(Waits(Counted(Living))));
    co_await yield_now();
    co_await yield_now();
  };
  Loop.run(Main());
  EXPECT_EQ(Living, 0);
}

/// A scope that is destroyed without a join, wherever its task is.
TEST(ShutdownOfTasks, OfAScopeWithoutAJoin) {
  ThreadPool Pool(1);
  int Kind = 0;
  const auto Child = [&](const std::string &Text) -> Task<void> {
    if (Kind == 0)
      co_await sleep_for(1h);
    co_await resume_on(Pool);
    std::this_thread::sleep_for(5ms);
    EXPECT_EQ(Text[50], 'x');
    if (Kind == 2)
      co_await resume_on(*EventLoop::current());
  };
  EventLoop Loop;
  const auto ComesBack = [&](const std::string &Text) -> Task<void> {
    co_await resume_on(Pool);
    std::this_thread::sleep_for(5ms);
    EXPECT_EQ(Text[50], 'x');
    co_await resume_on(Loop);
    ADD_FAILURE() << "ran on";
  };
  const auto Main = [&]() -> Task<void> {
    const std::string Text(100, 'x');
    TaskScope Scope;
    if (Kind == 2)
      Scope.spawn(ComesBack(Text));
    else if (Kind == 3)
      Scope.spawn_on(Pool, Child(Text));
    else
      Scope.spawn(Child(Text));
    co_await sleep_for(1ms);
    throw 1;
  };
  for (Kind = 0; Kind != 4; ++Kind)
    EXPECT_THROW(Loop.run(Main()), int);
}

TEST(ShutdownOfTasks, AStopOfTheLastRunDoesNotEndTheNext) {
  EventLoop Loop;
  const auto Three = []() -> Task<int> {
    co_await sleep_for(1ms);
    co_return 3;
  };
  EXPECT_EQ(Loop.run(Three()), 3);
  Loop.stop();
  EXPECT_EQ(Loop.run(Three()), 3);
  Loop.stop();
  bool Ran = false;
  Loop.post([&] { Ran = true; });
  Loop.run();
  EXPECT_TRUE(Ran);
}

/// The same with real threads, to cover code between two yield points.
TEST(ShutdownOfTasks, RacesWithChildrenThatEnd) {
  ThreadPool Pool(2);
  const auto Hop = [&](int N) -> Task<void> {
    co_await resume_on(Pool);
    volatile int X = 0;
    for (int I = 0; I != N; ++I)
      X = X + I;
  };
  const auto Background = [&](int N) -> Task<void> {
    const std::string Text(100, 'x');
    const auto Body = [&](TaskScope &Scope) -> Task<void> {
      Scope.spawn_on(Pool, Hop(N));
      co_return;
    };
    const auto Shielded = [&]() -> Task<void> {
      co_await uncancellable(with_scope(Body));
    };
    co_await when_all(Hop(N), Shielded(), Hop(N));
    EXPECT_EQ(Text[50], 'x');
  };
  for (int Round = 0; Round != 300; ++Round) {
    EventLoop Loop;
    const auto Main = [&]() -> Task<void> {
      for (int I = 0; I != 4; ++I)
        Loop.spawn(Background(Round % 100 + I * 10));
      co_await yield_now();
      co_await yield_now();
    };
    Loop.run(Main());
  }
}

} // namespace
