//===-- Context.h - Where this thread's code runs ---------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The thread-local context stack behind the contracts: which executor and loop
// the running code belongs to, how many no-yield scopes are open, and whether
// it may block. And, for each chain of awaits, what its tasks have in common.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_CONTEXT_H
#define COROLINT_RT_CONTEXT_H

#include "corolint/annotations.h"
#include "corolint/rt/Executor.h"
#include "corolint/rt/IntrusiveList.h"
#include "corolint/rt/Observer.h"
#include "corolint/rt/SmallLock.h"
#include <atomic>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <source_location>
#include <stop_token>
#include <utility>

namespace corolint::rt {

/// May the running code hold its thread?
enum class BlockingPolicy : std::uint8_t {
  NoOpinion, ///< A plain thread.
  Forbidden, ///< The thread of a loop or pool.
  Allowed,   ///< Meant, see `AllowBlocking`.
};

namespace detail {

/// The regions open at one moment.
struct OpenRegions {
  /// Which locks are held is known of so many, that they are of the rest.
  static constexpr std::size_t MaxKnownLocks = 8;

  std::uint32_t NoYield = 0;
  std::uint32_t ThreadLocks = 0;
  const void *Locks[MaxKnownLocks] = {};
  std::source_location NoYieldBegin;
  /// An address in the function that opened the innermost no-yield region.
  void *NoYieldFunction = nullptr;

  bool any() const noexcept { return (NoYield | ThreadLocks) != 0; }
  void *openedAt() const noexcept {
    return NoYield != 0 ? NoYieldFunction : nullptr;
  }
  void addLock(const void *Lock) noexcept {
    if (ThreadLocks < MaxKnownLocks)
      Locks[ThreadLocks] = Lock;
    ++ThreadLocks;
  }
  /// Returns whether \p Lock was known to be held.
  bool removeLock(const void *Lock) noexcept;
};

/// Regions set aside while their coroutine is suspended. Its locks may be given
/// back meanwhile, by whom it handed the guard to.
struct RegionsAside : OpenRegions, ListLinks<RegionsAside, RegionsAside> {
  explicit RegionsAside(const OpenRegions &Regions) noexcept
      : OpenRegions(Regions) {}

  RegionsAside *Older = nullptr; ///< Left by the same thread's turns.
  bool Listed = false;
};

/// How many suspended coroutines hold locks.
inline constinit std::atomic<std::uint32_t> LocksAside{0};

struct TaskContext;
struct DeferredReport;
class JoinStateBase;
class PromiseBase;
class StoppableWaiter;
struct ListensBeside;

/// What a watcher sees of a thread that resumes coroutines.
struct Heartbeat {
  /// Odd while something runs; one relaxed store before and one after.
  std::atomic<std::uint64_t> Tick{0};
  /// Above 0 while blocking is meant.
  std::atomic<int> Allowed{0};

  /// Returns whether something ran already: a coroutine that polls its own
  /// loop. That moves on with each piece that the loop runs.
  bool begin() noexcept {
    const std::uint64_t Before = Tick.load(std::memory_order_relaxed);
    const std::uint64_t Runs = Before % 2;
    Tick.store(Before + 1 + Runs, std::memory_order_relaxed);
    return Runs != 0;
  }
  /// The same where that is known.
  void begin(bool Nested) noexcept { end(Nested); }
  void end(bool Nested = false) noexcept {
    Tick.store(Tick.load(std::memory_order_relaxed) + 1 + Nested,
               std::memory_order_relaxed);
  }
  /// What runs has come to its next part: it does not hold the thread.
  void moveOn() noexcept { end(/*Nested=*/true); }
  bool running() const noexcept {
    return Tick.load(std::memory_order_relaxed) % 2 != 0;
  }
};

/// What this thread is doing. One struct, so that one address computation
/// reaches all of it.
struct ThreadContext {
  Executor *Exec = nullptr;
  EventLoop *Loop = nullptr;
  OpenRegions Regions;
  BlockingPolicy Blocking = BlockingPolicy::NoOpinion;
  Heartbeat *Beat = nullptr;
  /// The chain of awaits that runs, null if none does; kept while contracts are
  /// on.
  TaskContext *Task = nullptr;
  /// `ModeChanges` when `Task` was set: after a change it may be gone.
  std::uint32_t TaskSince = 0;
  /// One coroutine has resumed another one by its handle: either may run.
  bool TaskUnknown = false;
  /// The coroutine whose await begins or ends; kept while contracts are on.
  const PromiseBase *Awaiting = nullptr;
  /// The `co_await` that the running coroutine was last resumed from.
  std::source_location LastAwait;
  /// Where the code below waits for this to end, in `run_isolated` say, or
  /// null.
  ThreadContext *Below = nullptr;
  /// Broken contracts, not reported before it shows whether their await let
  /// others run.
  DeferredReport *Deferred = nullptr;
  /// Locks that what ran here has left taken: whoever got their guards has
  /// them.
  RegionsAside *LeftTaken = nullptr;

  /// How many awaits may still succeed at once before the coroutine must let
  /// others run. Each resume by an executor starts with `AwaitBudget`.
  std::uint32_t Budget = 0;
  /// Where the stack is deep enough for a coroutine to return before the next
  /// one is resumed, see `transfer`; 0 where nobody would resume `Next`.
  std::uintptr_t StackFloor = 0;
  /// What to resume once the running coroutine has returned.
  std::coroutine_handle<> Next;

  /// Has the running coroutine had its share of the thread? A coroutine whose
  /// awaits are always ready would else hold up timers and all others.
  bool outOfBudget() noexcept {
    if (Budget != 0) [[likely]] {
      --Budget;
      return false;
    }
    return Exec != nullptr;
  }
  /// The chain \p Chain runs, or none.
  void setTask(TaskContext *Chain) noexcept {
    Task = Chain;
    TaskSince = ModeChanges.load(std::memory_order_relaxed);
    TaskUnknown = false;
  }
  /// The chain \p Chain goes on. If another one runs, that has resumed it.
  void taskResumed(TaskContext *Chain) noexcept {
    if (Task && Task != Chain)
      TaskUnknown = true;
    else if (!Task)
      setTask(Chain);
  }
  /// Is there something to do before another coroutine runs?
  bool turnLeavesSomething() const noexcept {
    return Deferred || Regions.ThreadLocks != 0;
  }
};

/// As Tokio's: large enough to cost nothing, small enough for a timer.
inline constexpr std::uint32_t AwaitBudget = 128;

extern constinit thread_local ThreadContext ThisThread;

/// How much stack transfers may take, where they take any: less than the
/// smallest stack that a thread can have.
inline constexpr std::uintptr_t TransferStack = 8192;

/// Where the stack of the calling function is. Stacks grow down.
[[gnu::always_inline]] inline std::uintptr_t stackTop() noexcept {
  return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
}

/// How much stack coroutines that start others within their turn may take
/// before these start from the executor's queue instead: a part of what the
/// smallest usual thread has (128 KiB with musl), and several dozen of them.
inline constexpr std::uintptr_t StartStack = std::uintptr_t(32) * 1024;

inline bool isNestedDeeply() noexcept {
  return stackTop() + StartStack < ThisThread.StackFloor;
}

/// Gives the thread another context until the end of the block.
class ContextScope {
public:
  ContextScope(Executor *Exec, EventLoop *Loop, BlockingPolicy Policy,
               Heartbeat *Beat) noexcept
      : Saved(ThisThread) {
    ThisThread.Exec = Exec;
    ThisThread.Loop = Loop;
    ThisThread.Regions = {};
    ThisThread.Blocking = Policy;
    ThisThread.Beat = Beat;
    ThisThread.Task = nullptr;
    ThisThread.Below = &Saved;
    ThisThread.Deferred = nullptr;
    ThisThread.LeftTaken = nullptr;
    ThisThread.Budget = AwaitBudget;
    ThisThread.StackFloor = Exec ? stackTop() - TransferStack : 0;
    ThisThread.Next = nullptr;
  }
  ~ContextScope() {
    if (ThisThread.LeftTaken || ThisThread.turnLeavesSomething()) [[unlikely]]
      observer().handDown(Saved);
    ThisThread = Saved;
  }
  ContextScope(const ContextScope &) = delete;
  ContextScope &operator=(const ContextScope &) = delete;

private:
  ThreadContext Saved;
};

/// What `await_suspend` returns to have \p Target resumed.
///
/// Clang makes a jump of the transfer from one coroutine to another, which
/// needs no stack. GCC does so only from -O2 on and without sanitizers, and
/// defines no macro for that. Compiled by GCC, a coroutine whose stack has
/// grown therefore returns to its resumer, which then resumes
/// `ThreadContext::Next`. This function is always inlined because it measures
/// its caller's stack.
[[gnu::always_inline]] inline std::coroutine_handle<>
transfer(std::coroutine_handle<> Target) noexcept {
#ifndef __clang__
  if (stackTop() < ThisThread.StackFloor && !ThisThread.Next) [[unlikely]] {
    ThisThread.Next = Target;
    return std::noop_coroutine();
  }
#endif
  return Target;
}

/// Goes on with what the coroutine that just returned transferred to.
inline void resumeNext() {
  while (ThisThread.Next) [[unlikely]]
    std::exchange(ThisThread.Next, nullptr).resume();
}

/// What a chain awaits, if that runs in contexts of its own: a group of
/// children, or a task with another token.
class ContextPart {
public:
  /// The next context in which coroutines are suspended, each one once; null
  /// after the last. Only for a chain that will not go on.
  virtual TaskContext *nextToDestroy() noexcept = 0;

protected:
  ~ContextPart() = default;
};

/// What the tasks of one chain of awaits share. Lives in the frame of the
/// coroutine that drives the chain.
struct TaskContext {
  /// The token of all that it began with. See `stopToken`.
  std::stop_token Stop;
  /// Of a spawned task, what may also stop it alone; else null.
  JoinStateBase *Joined = nullptr;
  std::source_location Spawned;
  /// The executor that the owner of the chain's frames runs on, or null.
  Executor *Base = nullptr;
  /// Keep from ending what the chain depends on while it is not at its base:
  /// the base, if that is a loop, and the executor that it visits. They live
  /// until the chain's frames are gone and whoever waits for it was told.
  struct Holds {
    ExecutorHold Base;
    ExecutorHold Visited;
  };
  Holds Held;
  /// The context of the chain that this is a part of, if it is one.
  TaskContext *Outer = nullptr;
  /// The coroutine in which the chain is suspended, if it is. Relaxed: the
  /// tasks of a fork share a context.
  std::atomic<PromiseBase *> Suspended{nullptr};
  /// What the chain awaits, if that has contexts of its own. Relaxed, too: of
  /// several tasks of a fork, one is known.
  std::atomic<ContextPart *> Part{nullptr};
  /// The pool whose worker is blocked until this chain is done.
  ThreadPool *BlockedPool = nullptr;
  // A million tasks have one of these each: no padding, no std::optional.
  /// See `id`. Relaxed, too.
  std::atomic<std::uint32_t> Id{0};
  /// Whoever waits for this chain goes on without it once another one has
  /// ended.
  bool Races = false;
  /// Set once the chain, suspended, is about to be queued at its base again.
  std::atomic<bool> Returning{false};

private:
  bool Registered = false; ///< By who was the leaf; `OnStop` is set.
  SmallLock OthersLock;

public:
  TaskContext() noexcept {}
  TaskContext(const TaskContext &) = delete;
  TaskContext &operator=(const TaskContext &) = delete;
  ~TaskContext() {
    if (Registered)
      endListening();
  }
  /// The chain is gone, while this stays: lets go of everything.
  void end() noexcept {
    if (std::exchange(Registered, false))
      endListening();
    Held = Holds();
  }

  /// The chain's token. One that may be stopped alone is made on first use:
  /// most tasks need none.
  std::stop_token stopToken() const noexcept {
    return Joined ? ownStopToken() : Stop;
  }
  bool stopRequested() const noexcept {
    return Stop.stop_requested() || (Joined && stopRequestedAlone());
  }
  bool stopPossible() const noexcept { return Joined || Stop.stop_possible(); }

  /// From now on a stop cancels \p Waiter; if it was requested before, at once.
  void listen(StoppableWaiter &Waiter) noexcept;
  /// Afterwards no stop reaches \p Waiter, which listened.
  void unlisten(StoppableWaiter &Waiter) noexcept;
  /// Waits for a thread that is just cancelling \p Waiter. Any thread.
  void awaitCancellers(const StoppableWaiter &Waiter) noexcept;

  /// The chain, whose frames \p Owner's executor owns, starts on \p Target.
  void settle(Executor *Owner, Executor *Target) noexcept;
  /// The whole chain, suspended, is about to be queued on \p Target.
  void moveTo(Executor &Target) noexcept;
  /// It runs on its base again.
  void arrive() noexcept;
  /// The context of the whole chain.
  TaskContext &whole() noexcept {
    TaskContext *Context = this;
    while (Context->Outer)
      Context = Context->Outer;
    return *Context;
  }
  /// Is the chain, suspended, at its base? On the base's thread.
  bool isAtBase() const noexcept {
    return !Held.Base || Returning.load(std::memory_order_acquire);
  }
  /// Destroys the frames of a suspended chain but the outermost one, innermost
  /// first: needs no stack, however many there are, and however deep groups and
  /// tokens are nested.
  void destroyFrames() noexcept;
  /// The chain goes on without \p Awaited.
  void leavePart(ContextPart &Awaited) noexcept {
    ContextPart *Seen = &Awaited;
    Part.compare_exchange_strong(Seen, nullptr, std::memory_order_relaxed);
    if (isWatched()) [[unlikely]]
      renewId();
  }
  /// A number for messages, and for what the contracts know of the chain, given
  /// on first use.
  std::uint32_t id() noexcept;
  /// Replaces the chain's number, if it has one. The contexts that the chain
  /// awaited acted for it, so what was noted under the old number is void.
  void renewId() noexcept;

private:
  void destroyOwnFrames() noexcept;
  std::stop_token ownStopToken() const noexcept;
  bool stopRequestedAlone() const noexcept;

  struct StopWaiters {
    TaskContext *Self;
    void operator()() const noexcept { Self->stopWaiters(); }
  };
  void stopWaiters() noexcept;
  void endListening() noexcept;
  void listenBeside(StoppableWaiter &Waiter) noexcept;
  void unlistenBeside(StoppableWaiter &Waiter) noexcept;

  /// Registering with the token costs some locked operations, so a chain does
  /// it once, when it first waits, and then only names its leaf: the waiter
  /// that a stop ends. Or one of the marks below.
  static constexpr std::uintptr_t NoLeaf = 0;
  static constexpr std::uintptr_t Cancelling = 1; ///< By who asked to stop.
  static constexpr std::uintptr_t Stopped = 2;    ///< For good.

  /// Set while frames are destroyed: the context that awaits this one.
  TaskContext *Above = nullptr;

  std::atomic<std::uintptr_t> Leaf{NoLeaf};
  /// The tasks of a fork may wait at the same time: all but one are here.
  IntrusiveList<StoppableWaiter, ListensBeside> Others;
  union {
    std::stop_callback<StopWaiters> OnStop;
  };
};

} // namespace detail

/// While one lives, blocking this thread is meant: the contracts stay silent
/// about sync waits and stalls. Belongs to one thread: let it end before the
/// next `co_await`.
class COROLINT_ALLOW_BLOCKING AllowBlocking {
public:
  AllowBlocking() noexcept
      : Saved(detail::ThisThread.Blocking), Beat(detail::ThisThread.Beat) {
    detail::ThisThread.Blocking = BlockingPolicy::Allowed;
    if (Beat)
      Beat->Allowed.fetch_add(1, std::memory_order_relaxed);
  }
  ~AllowBlocking() {
    detail::ThisThread.Blocking = Saved;
    if (Beat)
      Beat->Allowed.fetch_sub(1, std::memory_order_relaxed);
  }
  AllowBlocking(const AllowBlocking &) = delete;
  AllowBlocking &operator=(const AllowBlocking &) = delete;

private:
  BlockingPolicy Saved;
  detail::Heartbeat *Beat;
};

} // namespace corolint::rt

#endif // COROLINT_RT_CONTEXT_H
