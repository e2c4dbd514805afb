//===-- FailureTest.cpp - Makes every step fail once ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One scenario that uses most of the runtime runs repeatedly: cancelled at the
// k-th suspension, with an exception thrown at the k-th await, with the k-th
// allocation failing, for every k until k is past the end. Each time it must
// end and leave nothing behind.
//
//===----------------------------------------------------------------------===//

#include "corolint/rt.h"
#include <cstdlib>
#include <gtest/gtest.h>
#include <new>
#include <string>
#include <vector>

using namespace corolint::rt;
using namespace std::chrono_literals;

//===----------------------------------------------------------------------===//
// Counting allocations
//===----------------------------------------------------------------------===//

namespace {
std::atomic<long> Live{0};
/// The number of allocations until one fails. Negative: none fails.
std::atomic<long> FailIn{-1};
} // namespace

static void *countedAllocation(std::size_t Size) {
  if (FailIn.load(std::memory_order_relaxed) >= 0 &&
      FailIn.fetch_sub(1, std::memory_order_relaxed) == 0)
    throw std::bad_alloc();
  void *Memory = std::malloc(Size ? Size : 1);
  if (!Memory)
    throw std::bad_alloc();
  Live.fetch_add(1, std::memory_order_relaxed);
  return Memory;
}

static void countedFree(void *Memory) noexcept {
  if (!Memory)
    return;
  Live.fetch_sub(1, std::memory_order_relaxed);
  std::free(Memory);
}

void *operator new(std::size_t Size) { return countedAllocation(Size); }
void *operator new[](std::size_t Size) { return countedAllocation(Size); }
// The sanitizers have their own versions, which do not use ours.
void *operator new(std::size_t Size, const std::nothrow_t &) noexcept try {
  return countedAllocation(Size);
} catch (const std::bad_alloc &) {
  return nullptr;
}
void *operator new[](std::size_t Size, const std::nothrow_t &) noexcept try {
  return countedAllocation(Size);
} catch (const std::bad_alloc &) {
  return nullptr;
}
void operator delete(void *Memory) noexcept { countedFree(Memory); }
void operator delete[](void *Memory) noexcept { countedFree(Memory); }
void operator delete(void *Memory, std::size_t) noexcept {
  countedFree(Memory);
}
void operator delete[](void *Memory, std::size_t) noexcept {
  countedFree(Memory);
}

namespace {

struct Injected : std::exception {};

/// Where to disturb the scenario. Counts from 1; 0: nowhere.
struct Plan {
  long CancelAt = 0;
  long ThrowAt = 0;

  EventLoop *Loop = nullptr;
  std::stop_source Source;
  AsyncMutex Outliving; ///< For tasks that are spawned and not joined.
  long Suspended = 0;
  long Resumed = 0;
  /// Posted directly, because a normal post allocates.
  struct Stop : Resumable {
    explicit Stop(Plan &Owner) : Resumable(&run), Owner(Owner) {}
    static void run(Resumable &Self, Action What) {
      if (What == Action::Run)
        static_cast<Stop &>(Self).Owner.Source.request_stop();
    }
    Plan &Owner;
  } StopNow{*this};

  void suspended() {
    if (++Suspended == CancelAt)
      Loop->enqueue(StopNow);
  }
  void resumed() {
    if (++Resumed == ThrowAt)
      throw Injected();
  }
};

/// Awaits the wrapped awaitable and records that in the plan.
template <class A> class Step {
public:
  Step(Plan &P, A &&Awaitable)
      : P(P), Inner(detail::getAwaiter(std::forward<A>(Awaitable))) {}
  bool await_ready() { return Inner.await_ready(); }
  template <class H> auto await_suspend(std::coroutine_handle<H> Self) {
    P.suspended();
    return Inner.await_suspend(Self);
  }
  decltype(auto) await_resume() {
    if constexpr (std::is_void_v<decltype(Inner.await_resume())>) {
      Inner.await_resume();
      P.resumed();
    } else {
      decltype(auto) Value = Inner.await_resume();
      P.resumed();
      return Value;
    }
  }

private:
  Plan &P;
  detail::AwaiterOf<A> Inner;
};
template <class A> Step<A> step(Plan &P, A &&Awaitable) {
  return Step<A>(P, std::forward<A>(Awaitable));
}

Task<int> holdsALock(Plan &P, AsyncMutex &Mutex, int Value) {
  auto Guard = co_await step(P, Mutex.lock());
  co_await step(P, yield_now());
  co_await step(P, sleep_for(10us));
  co_return Value;
}

Task<void> sends(Plan &P, Channel<std::string> &Chan) {
  try {
    for (int I = 0; I != 4; ++I)
      co_await step(P, Chan.send("a value that is too long for the buffer"));
  } catch (...) {
    Chan.close();
    throw;
  }
  Chan.close();
}

Task<void> receives(Plan &P, Channel<std::string> &Chan) {
  try {
    for (;;) {
      const auto Value = co_await step(P, Chan.receive());
      if (!Value)
        break;
    }
  } catch (...) {
    Chan.close();
    throw;
  }
}

AsyncGenerator<int> numbers(Plan &P) {
  for (int I = 0; I != 2; ++I) {
    co_await step(P, yield_now());
    co_yield I;
  }
}

Task<void> permits(Plan &P, AsyncSemaphore &Semaphore) {
  co_await step(P, Semaphore.acquire());
  struct Release {
    AsyncSemaphore &S;
    ~Release() { S.release(); }
  } Later{Semaphore};
  co_await step(P, yield_now());
}

Task<void> overASocket(Plan &P) {
  Listener From(Endpoint::loopback(0));
  const auto Server = [](Plan &P, Listener &From) -> Task<void> {
    Socket Peer = co_await step(P, From.accept());
    char Buffer[8];
    const std::size_t Size =
        co_await step(P, Peer.read(std::span<char>(Buffer)));
    co_await step(P, Peer.write_all(std::span<const char>(Buffer, Size)));
  };
  const auto Client = [](Plan &P, Listener &From) -> Task<void> {
    Socket Sock = co_await step(P, Socket::connect(From.local()));
    co_await step(P, Sock.write_all(std::string("hello")));
    char Buffer[8];
    co_await step(P, Sock.read(std::span<char>(Buffer)));
  };
  co_await step(P, when_all(Server(P, From), Client(P, From)));
}

Task<void> scenario(Plan &P) {
  AsyncMutex Mutex;
  co_await step(P, when_all(holdsALock(P, Mutex, 1), holdsALock(P, Mutex, 2)));

  Channel<std::string> Chan(1);
  co_await step(P, when_all(sends(P, Chan), receives(P, Chan)));

  auto Numbers = numbers(P);
  while (int *Number = co_await step(P, Numbers.next()))
    EXPECT_GE(*Number, 0);

  AsyncSemaphore Semaphore(1);
  const auto Body = [&](TaskScope &Scope) -> Task<void> {
    Scope.spawn(permits(P, Semaphore));
    Scope.spawn(permits(P, Semaphore));
    co_await step(P, yield_now());
  };
  co_await step(P, with_scope(Body));

  Isolated<std::string> State("the state before, too long for the buffer");
  const auto Operation = [&](std::string &Text) -> Task<void> {
    Text += "!";
    co_await step(P, yield_now());
    Text += "?";
  };
  std::exception_ptr Error;
  try {
    co_await step(P, State.transact(Operation));
  } catch (...) {
    Error = std::current_exception();
  }
  const long FailSaved = FailIn.exchange(-1);
  const std::string Now = co_await uncancellable(State.snapshot());
  FailIn = FailSaved;
  const bool Whole = Now.ends_with("!?");
  EXPECT_TRUE(Whole || Now.ends_with("buffer")) << Now;
  if (Error)
    std::rethrow_exception(Error);

  const auto Loser = [&]() -> Task<int> {
    co_await step(P, sleep_for(1h));
    co_return 0;
  };
  co_await step(P, when_any(Loser(), holdsALock(P, Mutex, 3)));
  co_await step(P, with_timeout(permits(P, Semaphore), 1h));
  auto Handle = spawn(*P.Loop, holdsALock(P, P.Outliving, 4));
  co_await step(P, std::move(Handle));
  co_await step(P, overASocket(P));
}

enum class Outcome { Finished, Disturbed };

Outcome run(Plan &P) {
  try {
    EventLoop Loop;
    P.Loop = &Loop;
    const auto Main = [&]() -> Task<void> {
      co_await with_stop_token(scenario(P), P.Source.get_token());
    };
    Loop.run(Main());
  } catch (const Cancelled &) {
    return Outcome::Disturbed;
  } catch (const Injected &) {
    return Outcome::Disturbed;
  } catch (const std::bad_alloc &) {
    return Outcome::Disturbed;
  } catch (const std::system_error &) {
    return Outcome::Disturbed; // A disturbed peer resets its socket.
  }
  return Outcome::Finished;
}

long liveNow() {
  FrameAllocator::trim();
  return Live.load();
}

/// Runs the scenario with \p Field of the plan at 1, 2, ... until the scenario
/// ends before it reaches the step.
void forEveryStep(long Plan::*Field, long Plan::*Count) {
  {
    Plan Warm; // Allocated once and kept.
    ASSERT_EQ(run(Warm), Outcome::Finished);
  }
  const long Before = liveNow();
  for (long Step = 1;; ++Step) {
    bool Reached;
    {
      Plan P;
      P.*Field = Step;
      const Outcome How = run(P);
      Reached = P.*Count >= Step;
      if (!Reached) {
        EXPECT_EQ(How, Outcome::Finished);
      }
    }
    ASSERT_EQ(liveNow(), Before) << "left over after step " << Step;
    if (Reached)
      continue;
    EXPECT_GT(Step, 30);
    return;
  }
}

TEST(Failure, CancelAtEverySuspension) {
  forEveryStep(&Plan::CancelAt, &Plan::Suspended);
}

TEST(Failure, ThrowAtEveryAwait) {
  forEveryStep(&Plan::ThrowAt, &Plan::Resumed);
}

TEST(Failure, FailEveryAllocation) {
  long Reached = 0;
  {
    Plan Warm;
    ASSERT_EQ(run(Warm), Outcome::Finished);
  }
  const long Before = liveNow();
  for (long Step = 0; Step < 5000; ++Step) {
    Outcome How;
    bool Failed;
    {
      Plan P;
      FailIn = Step;
      How = run(P);
      Failed = FailIn.load() < 0;
      FailIn = -1;
    }
    ASSERT_EQ(liveNow(), Before) << "left over after allocation " << Step;
    if (!Failed) {
      EXPECT_EQ(How, Outcome::Finished);
      break;
    }
    Reached = Step;
  }
  EXPECT_GT(Reached, 20);
}

TEST(Failure, DestroyAfterEveryResume) {
  // The loop is destroyed with everything suspended at an arbitrary point.
  const long Before = liveNow();
  for (int Rounds = 0; Rounds != 60; ++Rounds) {
    {
      Plan P;
      EventLoop Loop;
      P.Loop = &Loop;
      Loop.spawn(scenario(P));
      for (int I = 0; I != Rounds; ++I)
        Loop.poll();
    }
    ASSERT_EQ(liveNow(), Before) << "left over after " << Rounds;
  }
}

TEST(FrameAllocator, KeepsAtMostEightMebibytes) {
  static constexpr std::size_t FrameSize = 1024;
  static constexpr long Kept =
      COROLINT_RT_RECYCLE_FRAMES ? (8L << 20) / long(FrameSize) : 0;
  std::vector<void *> Frames(20'000);
  const long Before = liveNow();
  for (void *&F : Frames)
    F = FrameAllocator::allocate(FrameSize);
  const long All = Live.load();
  for (void *F : Frames)
    FrameAllocator::deallocate(F, FrameSize);
  EXPECT_EQ(Live.load(), All - long(Frames.size()) + Kept);
  // Kept memory is reused before the heap is asked, and makes room.
  for (void *&F : Frames)
    F = FrameAllocator::allocate(FrameSize);
  EXPECT_EQ(Live.load(), All);
  for (void *F : Frames)
    FrameAllocator::deallocate(F, FrameSize);
  EXPECT_EQ(Live.load(), All - long(Frames.size()) + Kept);
  EXPECT_EQ(liveNow(), Before);
}

} // namespace
