//===-- PromisesTest.cpp - The promises of the API ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tests each promise of the documentation with all primitives that it concerns:
// no grant is lost, a refused operation has not happened, a ready await
// succeeds, and so on.
//
//===----------------------------------------------------------------------===//

#include "Explorer.h"
#include <limits>
#include <memory>
#include <thread>

using namespace corolint::rt;
using namespace corolint::rt::test;
using namespace std::chrono_literals;

namespace {

//===----------------------------------------------------------------------===//
// Grants are not lost
//===----------------------------------------------------------------------===//

/// A task that takes one of several kinds of things.
struct Things {
  AsyncMutex Mutex;
  AsyncSemaphore Semaphore{0};
  Channel<std::unique_ptr<int>> Buffered{1};
  Channel<std::unique_ptr<int>> Direct{0};
};
enum class Thing { Mutex, Semaphore, Buffered, Direct };
constexpr Thing AllThings[] = {Thing::Mutex, Thing::Semaphore, Thing::Buffered,
                               Thing::Direct};

class Granted : public ::testing::TestWithParam<Thing> {};
std::string nameOf(const ::testing::TestParamInfo<Thing> &Info) {
  static constexpr const char *Names[] = {"Mutex", "Semaphore", "Buffered",
                                          "Direct"};
  return Names[int(Info.param)];
}
INSTANTIATE_TEST_SUITE_P(Things, Granted, ::testing::ValuesIn(AllThings),
                         nameOf);

/// Takes the thing, keeps it in \p Has, and returns it unless it is a value.
Task<void> takes(Things &T, int &Has) {
  switch (Granted::GetParam()) {
  case Thing::Mutex: {
    auto Guard = co_await T.Mutex.lock();
    ++Has;
    break;
  }
  case Thing::Semaphore:
    co_await T.Semaphore.acquire();
    ++Has;
    break;
  case Thing::Buffered:
    Has += bool(co_await T.Buffered.receive());
    break;
  case Thing::Direct:
    Has += bool(co_await T.Direct.receive());
    break;
  }
}
/// Makes one thing available, and a second one for a waiting sender.
Task<void> gives(Things &T) {
  switch (Granted::GetParam()) {
  case Thing::Mutex: {
    auto Guard = T.Mutex.try_lock();
    EXPECT_TRUE(Guard);
    co_await yield_now();
    break;
  }
  case Thing::Semaphore:
    T.Semaphore.release();
    break;
  case Thing::Buffered:
    co_await T.Buffered.send(std::make_unique<int>(1));
    break;
  case Thing::Direct:
    co_await T.Direct.send(std::make_unique<int>(1));
    break;
  }
}
/// The number of things that can be taken at once.
int left(Things &T) {
  switch (Granted::GetParam()) {
  case Thing::Mutex:
    return T.Mutex.is_locked() ? 0 : 1;
  case Thing::Semaphore:
    return int(T.Semaphore.available());
  case Thing::Buffered:
    return bool(T.Buffered.try_receive());
  case Thing::Direct:
    return bool(T.Direct.try_receive());
  }
  return -1;
}
/// Two tasks want the thing, one gives it. The takers are stopped in all
/// orders, here and on another executor. It is taken once, or still available.
TEST_P(Granted, IsTakenOrStillThere) {
  explore([](Explorer &E) {
    Things T;
    int Has = 0;
    SteppedExecutor Pool;
    std::stop_source Source;
    Interleaver Beside(E, Pool, [&] { Source.request_stop(); });
    EventLoop Loop;
    const auto Stoppable = [&]() -> Task<void> {
      try {
        co_await with_stop_token(takes(T, Has), Source.get_token());
      } catch (const Cancelled &) {
      }
    };
    Beside.runOn(Loop);
    auto Given = [&]() -> Task<void> { co_await gives(T); };
    // A mutex must be taken before others want it.
    if (GetParam() == Thing::Mutex)
      Loop.spawn(Given());
    const bool TakerElsewhere = E.choose(2) != 0;
    if (TakerElsewhere)
      (void)spawn(Pool, Stoppable());
    else
      Loop.spawn(Stoppable());
    if (GetParam() != Thing::Mutex)
      Loop.spawn(Given());
    // Not `run()`: a direct sender whose receiver was stopped waits forever.
    while (Loop.poll()) {
    }
    if (GetParam() == Thing::Mutex) {
      EXPECT_LE(Has, 1);
      EXPECT_EQ(left(T), 1);
    } else {
      EXPECT_EQ(Has + left(T), 1);
    }
  });
}

/// The loop is destroyed after each turn; a task of another loop gets the
/// grant.
TEST_P(Granted, SurvivesTheReceiver) {
  explore([](Explorer &E) {
    Things T;
    int Has = 0;
    auto Dying = std::make_unique<EventLoop>();
    Dying->spawn(takes(T, Has));
    Dying->poll();
    // Holds the mutex, or sends, on a loop of its own.
    EventLoop Loop;
    auto Given = [&]() -> Task<void> { co_await gives(T); };
    if (GetParam() == Thing::Mutex)
      return; // A free mutex was taken at once.
    Loop.spawn(Given());
    const unsigned Turns = E.choose(4);
    for (unsigned I = 0; I != Turns; ++I)
      Loop.poll();
    if (E.choose(2) != 0)
      Dying->poll();
    Dying.reset();
    while (Loop.poll()) {
    }
    EXPECT_EQ(Has + left(T), 1);
  });
}

TEST_P(Granted, IsLostByNoRace) {
  // Both are granted in the same turn; the first wins, and the other's is
  // returned.
  Things T;
  AsyncEvent Event;
  int Has = 0;
  const auto Waits = [&]() -> Task<void> { co_await Event.wait(); };
  const auto Acts = [&](bool EventFirst) -> Task<void> {
    co_await yield_now();
    if (EventFirst)
      Event.set();
    co_await gives(T);
    Event.set();
  };
  if (GetParam() == Thing::Mutex)
    return;
  for (const bool EventFirst : {true, false}) {
    Event.reset();
    Has = 0;
    const auto Main = [&]() -> Task<void> {
      TaskScope Scope;
      Scope.spawn(Acts(EventFirst));
      co_await when_any(Waits(), takes(T, Has));
      if (Has == 0) {
        const auto Later = [&]() -> Task<void> { co_await takes(T, Has); };
        co_await Later();
      }
      co_await Scope.join();
    };
    EventLoop Loop;
    Loop.run(Main());
    EXPECT_EQ(Has, 1);
    EXPECT_EQ(left(T), 0);
  }
}

TEST(Timeout, LosesNoValue) {
  // The work returns normally although it was asked to stop.
  const auto Stubborn = []() -> Task<int> {
    try {
      co_await sleep_for(1h);
    } catch (const Cancelled &) {
    }
    co_return 42;
  };
  const auto Fails = []() -> Task<int> {
    try {
      co_await sleep_for(1h);
    } catch (const Cancelled &) {
    }
    throw std::runtime_error("the error");
  };
  const auto Obeys = []() -> Task<int> {
    co_await sleep_for(1h);
    co_return 1;
  };
  const auto Main = [](auto Work) -> Task<int> {
    co_return co_await with_timeout(Work(), 1ms);
  };
  EXPECT_EQ(sync_wait(Main(Stubborn)), 42);
  EXPECT_THROW(sync_wait(Main(Fails)), std::runtime_error);
  EXPECT_THROW(sync_wait(Main(Obeys)), TimedOut);
}

//===----------------------------------------------------------------------===//
// Refused operations have no effect; ready operations succeed
//===----------------------------------------------------------------------===//

TEST(ThrowMode, LeavesTheStateAsItWas) {
  Contracts::set_mode(ContractMode::Throw);
  {
    AsyncMutex Mutex;
    AsyncSemaphore Semaphore(1);
    Channel<int> Full(1), Empty(1), Rendezvous(0);
    Full.try_send(7);
    EventLoop Loop;
    const auto Refused = [&](auto Body) {
      const auto InRegion = [](auto &Body) -> Task<void> {
        NoYieldScope Region;
        (void)co_await Body();
      };
      EXPECT_THROW(Loop.run(InRegion(Body)), ContractViolation);
    };
    Refused([&] { return Mutex.lock(); });
    Refused([&] { return Semaphore.acquire(); });
    Refused([&] { return Full.receive(); });
    Refused([&] { return Empty.send(1); });
    Refused([&] { return sleep_for(1ms); });
    bool Started = false;
    Refused([&] {
      return [](bool &Started) -> Task<void> {
        Started = true;
        co_return;
      }(Started);
    });
    EXPECT_FALSE(Mutex.is_locked());
    EXPECT_EQ(Semaphore.available(), 1u);
    EXPECT_EQ(Full.try_receive(), 7);
    EXPECT_EQ(Empty.try_receive(), std::nullopt);
    EXPECT_FALSE(Started);
  }
  Contracts::set_mode(ContractMode::Off);
}

TEST(StoppedTask, MayDoWhatNeedsNoWait) {
  for (const ContractMode Mode : {ContractMode::Off, ContractMode::Count}) {
    Contracts::set_mode(Mode);
    AsyncMutex Mutex;
    AsyncSemaphore Semaphore(1);
    AsyncEvent Event(/*InitiallySet=*/true);
    Channel<int> Closed(1), Chan(1), Rendezvous(0);
    Closed.close();
    const auto Sends = [&]() -> Task<void> { co_await Rendezvous.send(3); };
    const auto Work = [&]() -> Task<int> {
      auto Guard = co_await Mutex.lock();
      co_await Semaphore.acquire();
      co_await Event.wait();
      EXPECT_EQ(co_await Closed.receive(), std::nullopt);
      co_await Chan.send(2);
      EXPECT_EQ(co_await Chan.receive(), 2);
      EXPECT_EQ(co_await Rendezvous.receive(), 3);
      co_return 1;
    };
    const auto Main = [&]() -> Task<int> {
      TaskScope Scope;
      Scope.spawn(Sends());
      co_await yield_now();
      co_await yield_now();
      std::stop_source Source;
      Source.request_stop();
      const int Result = co_await with_stop_token(Work(), Source.get_token());
      co_await Scope.join();
      co_return Result;
    };
    EXPECT_EQ(sync_wait(Main()), 1);
  }
  Contracts::set_mode(ContractMode::Off);
}

TEST(Cancelled, IsNoError) {
  static_assert(!std::derived_from<Cancelled, std::exception>);
  int Errors = 0;
  const auto Server = [&]() -> Task<void> {
    for (;;) {
      try {
        co_await sleep_for(1h);
      } catch (const std::exception &) {
        ++Errors;
      }
    }
  };
  EventLoop Loop;
  const auto Main = [&]() -> Task<void> {
    Loop.spawn(Server());
    co_await yield_now();
  };
  Loop.run(Main());
  EXPECT_EQ(Errors, 0);
}

//===----------------------------------------------------------------------===//
// Clocks
//===----------------------------------------------------------------------===//

TEST(Clock, OfTheWatcherSaturates) {
  using std::chrono::milliseconds;
  Contracts::set_mode(ContractMode::Count);
  Contracts::reset_counts();
  Contracts::watch({.Stall = milliseconds::max(),
                    .Quiescence = milliseconds::max(),
                    .Starvation = milliseconds::max()});
  AsyncEvent Event;
  std::thread Sets([&] {
    std::this_thread::sleep_for(80ms);
    Event.set();
  });
  const auto Waits = [&]() -> Task<void> { co_await Event.wait(); };
  sync_wait(Waits());
  Sets.join();
  Contracts::stop_watching();
  Contracts::set_mode(ContractMode::Off);
  EXPECT_EQ(Contracts::count(), 0u);
}

template <class D> bool sleepsForEver(D Time) {
  const auto Sleeps = [](D Time) -> Task<void> { co_await sleep_for(Time); };
  const auto Short = []() -> Task<void> { co_await sleep_for(5ms); };
  const auto Main = [&]() -> Task<bool> {
    const auto First = co_await when_any(Sleeps(Time), Short());
    const auto Zero = []() -> Task<int> { co_return 0; };
    co_return First.Index == 1 && co_await with_timeout(Zero(), Time) == 0;
  };
  return sync_wait(Main());
}

TEST(Clock, Saturates) {
  using namespace std::chrono;
  EXPECT_TRUE(sleepsForEver(nanoseconds::max()));
  EXPECT_TRUE(sleepsForEver(milliseconds::max()));
  EXPECT_TRUE(sleepsForEver(hours::max()));
  EXPECT_TRUE(sleepsForEver(years(500)));
  EXPECT_TRUE(sleepsForEver(duration<double>(1e300)));
  EXPECT_TRUE(
      sleepsForEver(duration<double>(std::numeric_limits<double>::infinity())));
  const auto Main = []() -> Task<void> {
    co_await sleep_for(nanoseconds::min());
    co_await sleep_for(hours::min());
    co_await sleep_for(
        duration<double>(std::numeric_limits<double>::quiet_NaN()));
    co_await sleep_until(EventLoop::Clock::time_point::min());
    const auto Short = []() -> Task<void> { co_await sleep_for(1ms); };
    const auto Ever = []() -> Task<void> {
      co_await sleep_until(EventLoop::Clock::time_point::max());
    };
    EXPECT_EQ((co_await when_any(Ever(), Short())).Index, 1u);
  };
  sync_wait(Main());
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

TEST(References, ComeThroughEverything) {
  int X = 1, Y = 2;
  const auto Gives = [](int &Of) -> Task<int &> {
    co_await yield_now();
    co_return Of;
  };
  ThreadPool Pool(1);
  const auto Main = [&]() -> Task<void> {
    auto [A, B] = co_await when_all(Gives(X), Gives(Y));
    EXPECT_EQ(&A, &X);
    EXPECT_EQ(&B, &Y);
    const auto Many = [&] {
      std::vector<Task<int &>> Tasks;
      Tasks.push_back(Gives(X));
      Tasks.push_back(Gives(Y));
      return Tasks;
    };
    EXPECT_EQ(&(co_await when_all(Many()))[1].get(), &Y);
    auto First = co_await when_any(Gives(X), Gives(Y));
    EXPECT_EQ(&std::get<0>(First.Value).get(), &X);
    auto Any = co_await when_any(Many());
    EXPECT_EQ(&std::get<0>(Any.Value).get(), &X);
    EXPECT_EQ(&(co_await with_timeout(Gives(X), 1h)), &X);
    EXPECT_EQ(&(co_await spawn(Pool, Gives(Y))), &Y);
    EXPECT_EQ(&(co_await uncancellable(Gives(Y))), &Y);
    EXPECT_EQ(&(co_await run_blocking([&]() -> int & { return X; })), &X);
    const auto Body = [&](TaskScope &) -> Task<int &> { co_return X; };
    EXPECT_EQ(&(co_await with_scope(Body)), &X);
    co_await Pool.schedule();
    const auto Now = [](int &Of) -> Task<int &> { co_return Of; };
    auto [C, D] = co_await fork_join(Now(X), Now(Y));
    EXPECT_EQ(&C, &X);
    EXPECT_EQ(&D, &Y);
    std::vector<Task<int &>> Forked;
    Forked.push_back(Now(Y));
    EXPECT_EQ(&(co_await fork_join(std::move(Forked)))[0].get(), &Y);
  };
  sync_wait(Main());
}

TEST(Result, IsReplacedByAnErrorOfADestructor) {
  struct Throws {
    ~Throws() noexcept(false) { throw 7; }
  };
  const auto Main =
      [](std::shared_ptr<int> Value) -> Task<std::shared_ptr<int>> {
    Throws AtTheEnd;
    co_return Value;
  };
  const auto Value = std::make_shared<int>(1);
  EXPECT_THROW(sync_wait(Main(Value)), int);
  EXPECT_EQ(Value.use_count(), 1);
}

TEST(Yields, MayBeConst) {
  const std::string Kept = "kept";
  const auto Numbers = [&]() -> Generator<std::string> {
    co_yield Kept;
    const std::string Local = "local";
    co_yield Local;
  };
  std::string All;
  for (std::string &Text : Numbers())
    All += std::exchange(Text, "changed");
  EXPECT_EQ(All, "keptlocal");
  EXPECT_EQ(Kept, "kept");
  const auto Waits = [&]() -> AsyncGenerator<std::string> {
    co_await yield_now();
    co_yield Kept;
  };
  const auto Main = [&]() -> Task<void> {
    auto Texts = Waits();
    std::string *Text = co_await Texts.next();
    EXPECT_EQ(*Text, "kept");
    *Text = "changed";
    EXPECT_EQ(co_await Texts.next(), nullptr);
  };
  sync_wait(Main());
  EXPECT_EQ(Kept, "kept");
}

/// Its move throws on request.
struct Fragile {
  bool *Throw;
  explicit Fragile(bool &Throw) : Throw(&Throw) {}
  Fragile(Fragile &&Other) : Throw(Other.Throw) {
    if (*Throw)
      throw 5;
  }
};

TEST(Transaction, HappensOnlyIfItsAnswerGetsOut) {
  Isolated<std::string> State("before");
  bool Throw = false;
  const auto Change = [&](std::string &Text) -> Fragile {
    Text = "after";
    return Fragile(Throw);
  };
  const auto Main = [&]() -> Task<void> {
    Throw = true;
    bool Thrown = false;
    try {
      co_await State.transact(Change);
    } catch (int) {
      Thrown = true;
    }
    EXPECT_TRUE(Thrown);
    EXPECT_EQ(co_await State.snapshot(), "before");
    Throw = false;
    co_await State.transact(Change);
    EXPECT_EQ(co_await State.snapshot(), "after");
    // A result that would refer to the copy is itself a copy.
    const auto Text = co_await State.transact(
        [](std::string &Text) -> std::string & { return Text; });
    EXPECT_EQ(Text, "after");
  };
  sync_wait(Main());
}

//===----------------------------------------------------------------------===//
// Joins
//===----------------------------------------------------------------------===//

TEST(Join, MayBeAwaitedByTwo) {
  const auto Sleeps = []() -> Task<void> { co_await sleep_for(1ms); };
  const auto Main = [&]() -> Task<int> {
    TaskScope Scope;
    Scope.spawn(Sleeps());
    int Joined = 0;
    const auto Joins = [&]() -> Task<void> {
      co_await Scope.join();
      ++Joined;
    };
    co_await when_all(Joins(), Joins(), Joins());
    auto Handle = spawn(*EventLoop::current(), Sleeps());
    const auto JoinsHandle = [&]() -> Task<void> {
      co_await std::move(Handle);
      ++Joined;
    };
    co_await when_all(JoinsHandle(), JoinsHandle());
    co_return Joined;
  };
  EXPECT_EQ(sync_wait(Main()), 5);
}

TEST(Join, GivesAnObjectOnce) {
  const auto Three = []() -> Task<std::string> { co_return "three"; };
  const auto Main = [&]() -> Task<void> {
    auto Handle = spawn(*EventLoop::current(), Three());
    EXPECT_EQ(co_await std::move(Handle), "three");
    bool Refused = false;
    try {
      co_await std::move(Handle);
    } catch (const std::logic_error &) {
      Refused = true;
    }
    EXPECT_TRUE(Refused);
  };
  sync_wait(Main());
}

TEST(Join, ComesAfterTheParametersAreGone) {
  explore([](Explorer &E) {
    SteppedExecutor Pool;
    Interleaver Beside(E, Pool);
    EventLoop Loop;
    int Living = 0;
    const auto Body = [](Counted) -> Task<void> { co_await yield_now(); };
    const auto Main = [&]() -> Task<void> {
      co_await spawn(Pool, Body(Counted(Living)));
      EXPECT_EQ(Living, 0);
    };
    Beside.runOn(Loop);
    Loop.run(Main());
  });
}

#if !defined(NDEBUG) && GTEST_HAS_DEATH_TEST
/// Wherever it is passed.
TEST(TaskDeathTest, MustNotBeEmpty) {
#ifndef NDEBUG
  using Use = void (*)(Task<void>);
  const auto Awaited = [](Task<void> Work) -> Task<void> {
    co_await std::move(Work);
  };
  static const auto Forked = [](Task<void> Work) -> Task<void> {
    const auto Other = []() -> Task<void> { co_return; };
    co_await fork_join(Other(), std::move(Work));
  };
  const Use Uses[] = {
      [](Task<void> Work) { sync_wait(std::move(Work)); },
      [](Task<void> Work) { EventLoop().run(std::move(Work)); },
      [](Task<void> Work) { sync_wait(when_all(std::move(Work))); },
      [](Task<void> Work) { sync_wait(Forked(std::move(Work))); },
  };
  for (const Use How : Uses)
    EXPECT_DEATH(How(Task<void>()), "has not run");
  EXPECT_DEATH(sync_wait(Awaited(Task<void>())), "await a task once");
#endif
}

TEST(JoinDeathTest, NeedsATask) {
  const auto Main = []() -> Task<void> { co_await JoinHandle<void>(); };
  EXPECT_DEATH(sync_wait(Main()), "without a task");
}
#endif

TEST(ReadyLoop, NeedsNoStack) {
  const auto Three = []() -> Task<int> { co_return 3; };
  const auto Main = [&]() -> Task<long> {
    long Sum = 0;
    for (int I = 0; I != 300'000; ++I)
      Sum += co_await Three();
    co_return Sum;
  };
  EXPECT_EQ(sync_wait(Main()), 900'000);
}

} // namespace
