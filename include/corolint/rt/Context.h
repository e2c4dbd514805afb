//===-- Context.h - The thread-local context stack --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The thread-local context stack that the contracts rely on. It records to
// which executor and loop the running code belongs, how many no-yield scopes
// are open, and whether the code may block. `TaskContext` holds the state that
// the tasks of one chain of awaits share.
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

/// May the running code block its thread?
enum class BlockingPolicy : std::uint8_t {
  NoOpinion, ///< A plain thread.
  Forbidden, ///< The thread of a loop or pool.
  Allowed,   ///< Intended, see `AllowBlocking`.
};

namespace detail {

/// The regions that are open at one moment.
struct OpenRegions {
  /// At most this many held locks are known individually; further ones are only
  /// counted.
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
  /// Removes \p Lock, and returns whether it was known to be held.
  bool removeLock(const void *Lock) noexcept;
};

/// The regions of a suspended coroutine. Its locks may be released meanwhile by
/// code to which it handed the guard.
struct RegionsAside : OpenRegions, ListLinks<RegionsAside, RegionsAside> {
  explicit RegionsAside(const OpenRegions &Regions) noexcept
      : OpenRegions(Regions) {}

  RegionsAside *Older = nullptr; ///< Left by turns of the same thread.
  bool Listed = false;
};

/// The number of suspended coroutines that hold locks.
inline constinit std::atomic<std::uint32_t> LocksAside{0};

struct TaskContext;
struct DeferredReport;
class JoinStateBase;
class PromiseBase;
class StoppableWaiter;
struct ListensBeside;

/// The part of a thread's state that a watcher reads.
struct Heartbeat {
  /// Odd while work runs. Updated by one relaxed store before and one after.
  std::atomic<std::uint64_t> Tick{0};
  /// Above 0 while blocking is intended.
  std::atomic<int> Allowed{0};

  /// Returns whether work was running already, as in a coroutine that polls its
  /// own loop. Each piece of work that the nested loop runs advances that tick.
  bool begin() noexcept {
    const std::uint64_t Before = Tick.load(std::memory_order_relaxed);
    const std::uint64_t Runs = Before % 2;
    Tick.store(Before + 1 + Runs, std::memory_order_relaxed);
    return Runs != 0;
  }
  /// The same, if the caller already knows the answer.
  void begin(bool Nested) noexcept { end(Nested); }
  void end(bool Nested = false) noexcept {
    Tick.store(Tick.load(std::memory_order_relaxed) + 1 + Nested,
               std::memory_order_relaxed);
  }
  /// The running work has reached its next part: it is not stalling the thread.
  void moveOn() noexcept { end(/*Nested=*/true); }
  bool running() const noexcept {
    return Tick.load(std::memory_order_relaxed) % 2 != 0;
  }
};

/// The state of this thread. One struct, so that a single address computation
/// reaches all of it.
struct ThreadContext {
  Executor *Exec = nullptr;
  EventLoop *Loop = nullptr;
  OpenRegions Regions;
  BlockingPolicy Blocking = BlockingPolicy::NoOpinion;
  Heartbeat *Beat = nullptr;
  /// The chain of awaits that is running, or null. Kept while contracts are on.
  TaskContext *Task = nullptr;
  /// `ModeChanges` when `Task` was set. After a change of mode `Task` may
  /// dangle.
  std::uint32_t TaskSince = 0;
  /// A coroutine has resumed another one by its handle, so either may be
  /// running.
  bool TaskUnknown = false;
  /// The coroutine whose await begins or ends; kept while contracts are on.
  const PromiseBase *Awaiting = nullptr;
  /// The `co_await` from which the running coroutine was last resumed.
  std::source_location LastAwait;
  /// The context of the code that waits for this one to end, in `run_isolated`
  /// for example, or null.
  ThreadContext *Below = nullptr;
  /// Violations that are reported once it is known whether their await let
  /// others run.
  DeferredReport *Deferred = nullptr;
  /// Locks that code which ran here left held. Whoever received the guards owns
  /// them.
  RegionsAside *LeftTaken = nullptr;

  /// The number of awaits that may still complete without suspending. After
  /// that the coroutine must let others run. Each resume by an executor starts
  /// with `AwaitBudget`.
  std::uint32_t Budget = 0;
  /// If the stack grows below this address, a coroutine returns before the next
  /// one is resumed, see `transfer`. 0 if no code here would resume `Next`.
  std::uintptr_t StackFloor = 0;
  /// The coroutine to resume once the running one has returned.
  std::coroutine_handle<> Next;

  /// Has the running coroutine used up its share of the thread? Without this
  /// limit a coroutine whose awaits are always ready would delay timers and all
  /// other coroutines.
  bool outOfBudget() noexcept {
    if (Budget != 0) [[likely]] {
      --Budget;
      return false;
    }
    return Exec != nullptr;
  }
  /// Records that \p Chain is running, or that none is.
  void setTask(TaskContext *Chain) noexcept {
    Task = Chain;
    TaskSince = ModeChanges.load(std::memory_order_relaxed);
    TaskUnknown = false;
  }
  /// Records that \p Chain continues. If another chain is running, it has
  /// resumed \p Chain.
  void taskResumed(TaskContext *Chain) noexcept {
    if (Task && Task != Chain)
      TaskUnknown = true;
    else if (!Task)
      setTask(Chain);
  }
  /// Is there work to finish before another coroutine runs?
  bool turnLeavesSomething() const noexcept {
    return Deferred || Regions.ThreadLocks != 0;
  }
};

/// The same value as Tokio's: large enough to cost nothing, small enough not to
/// delay a timer.
inline constexpr std::uint32_t AwaitBudget = 128;

extern constinit thread_local ThreadContext ThisThread;

/// The stack space that transfers may use where they use any: less than the
/// smallest stack that a thread can have.
inline constexpr std::uintptr_t TransferStack = 8192;

/// The stack position of the calling function. Stacks grow down.
[[gnu::always_inline]] inline std::uintptr_t stackTop() noexcept {
  return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
}

/// The stack space for coroutines that start others within their turn. Beyond
/// it, the others start from the executor's queue. It holds several dozen of
/// them and is a fraction of the smallest usual stack (128 KiB with musl).
inline constexpr std::uintptr_t StartStack = std::uintptr_t(32) * 1024;

inline bool isNestedDeeply() noexcept {
  return stackTop() + StartStack < ThisThread.StackFloor;
}

/// Replaces the thread's context until the end of the block.
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

/// The value that `await_suspend` returns to have \p Target resumed.
///
/// Clang compiles the transfer from one coroutine to another to a jump, which
/// needs no stack. GCC does so only from -O2 on and without sanitizers, and
/// defines no macro to detect that. Compiled by GCC, a coroutine whose stack
/// has grown therefore returns to its resumer, which then resumes
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

/// Resumes the coroutines to which the one that just returned transferred.
inline void resumeNext() {
  while (ThisThread.Next) [[unlikely]]
    std::exchange(ThisThread.Next, nullptr).resume();
}

/// Something that a chain awaits and that runs in contexts of its own: a group
/// of children, or a task with another token.
class ContextPart {
public:
  /// The next context with suspended coroutines, each one once; null after the
  /// last. Only for a chain that will not be resumed.
  virtual TaskContext *nextToDestroy() noexcept = 0;

protected:
  ~ContextPart() = default;
};

/// The state that the tasks of one chain of awaits share. It is stored in the
/// frame of the coroutine that drives the chain.
struct TaskContext {
  /// The token that the chain started with. See `stopToken`.
  std::stop_token Stop;
  /// For a spawned task, the state that can also stop this task alone; else
  /// null.
  JoinStateBase *Joined = nullptr;
  std::source_location Spawned;
  /// The executor that the owner of the chain's frames runs on, or null.
  Executor *Base = nullptr;
  /// Keep the executors that the chain depends on from ending while it is away
  /// from its base: the base, if that is a loop, and the executor that it
  /// visits. They are released after the chain's frames are destroyed and its
  /// waiters are notified.
  struct Holds {
    ExecutorHold Base;
    ExecutorHold Visited;
  };
  Holds Held;
  /// The context of the enclosing chain, if this one is part of another.
  TaskContext *Outer = nullptr;
  /// The coroutine in which the chain is suspended, or null. Relaxed: the tasks
  /// of a fork share a context.
  std::atomic<PromiseBase *> Suspended{nullptr};
  /// The part that the chain awaits, if that has contexts of its own. Relaxed:
  /// if several tasks of a fork await one, only one is known.
  std::atomic<ContextPart *> Part{nullptr};
  /// The pool whose worker is blocked until this chain is done.
  ThreadPool *BlockedPool = nullptr;
  // A program may have a million tasks, each with one of these: avoid padding
  // and std::optional.
  /// See `id`. Relaxed as well.
  std::atomic<std::uint32_t> Id{0};
  /// The awaiter of this chain continues once another chain has ended first.
  bool Races = false;
  /// Set once the suspended chain is about to be queued at its base again.
  std::atomic<bool> Returning{false};

private:
  bool Registered = false; ///< A leaf has set `OnStop`.
  SmallLock OthersLock;

public:
  TaskContext() noexcept {}
  TaskContext(const TaskContext &) = delete;
  TaskContext &operator=(const TaskContext &) = delete;
  ~TaskContext() {
    if (Registered)
      endListening();
  }
  /// Releases everything. Called when the chain is gone but this object stays.
  void end() noexcept {
    if (std::exchange(Registered, false))
      endListening();
    Held = Holds();
  }

  /// The chain's token. A token that can be stopped separately is created on
  /// first use, because most tasks need none.
  std::stop_token stopToken() const noexcept {
    return Joined ? ownStopToken() : Stop;
  }
  bool stopRequested() const noexcept {
    return Stop.stop_requested() || (Joined && stopRequestedAlone());
  }
  bool stopPossible() const noexcept { return Joined || Stop.stop_possible(); }

  /// From now on a stop cancels \p Waiter. If a stop was already requested,
  /// cancels it at once.
  void listen(StoppableWaiter &Waiter) noexcept;
  /// Afterwards a stop no longer reaches \p Waiter, which was listening.
  void unlisten(StoppableWaiter &Waiter) noexcept;
  /// Waits for a thread that is just cancelling \p Waiter. Any thread.
  void awaitCancellers(const StoppableWaiter &Waiter) noexcept;

  /// Records that the chain, whose frames the executor \p Owner owns, starts on
  /// \p Target.
  void settle(Executor *Owner, Executor *Target) noexcept;
  /// Records that the whole suspended chain is about to be queued on \p Target.
  void moveTo(Executor &Target) noexcept;
  /// Records that the chain runs on its base again.
  void arrive() noexcept;
  /// The context of the outermost enclosing chain.
  TaskContext &whole() noexcept {
    TaskContext *Context = this;
    while (Context->Outer)
      Context = Context->Outer;
    return *Context;
  }
  /// Is the suspended chain at its base? On the base's thread.
  bool isAtBase() const noexcept {
    return !Held.Base || Returning.load(std::memory_order_acquire);
  }
  /// Destroys the frames of a suspended chain, except the outermost one,
  /// innermost first. The stack space needed does not depend on the number of
  /// frames or on the nesting of groups and tokens.
  void destroyFrames() noexcept;
  /// Records that the chain continues without \p Awaited.
  void leavePart(ContextPart &Awaited) noexcept {
    ContextPart *Seen = &Awaited;
    Part.compare_exchange_strong(Seen, nullptr, std::memory_order_relaxed);
    if (isWatched()) [[unlikely]]
      renewId();
  }
  /// The chain's number, for messages and for the contracts' records. Assigned
  /// on first use.
  std::uint32_t id() noexcept;
  /// Replaces the chain's number, if it has one. The contexts that the chain
  /// awaited acted for it, so records under the old number are void.
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

  /// Registering with the token costs several locked operations. A chain
  /// therefore registers once, when it first waits, and afterwards only sets
  /// its leaf: the waiter that a stop ends, or one of the marks below.
  static constexpr std::uintptr_t NoLeaf = 0;
  static constexpr std::uintptr_t Cancelling = 1; ///< By the stopping thread.
  static constexpr std::uintptr_t Stopped = 2;    ///< For good.

  /// The context that awaits this one; set while frames are destroyed.
  TaskContext *Above = nullptr;

  std::atomic<std::uintptr_t> Leaf{NoLeaf};
  /// The tasks of a fork may wait at the same time. All waiters but one are in
  /// this list.
  IntrusiveList<StoppableWaiter, ListensBeside> Others;
  union {
    std::stop_callback<StopWaiters> OnStop;
  };
};

} // namespace detail

/// While an object lives, blocking this thread is intended: the contracts do
/// not report sync waits and stalls. It belongs to one thread and must end
/// before the next `co_await`.
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
