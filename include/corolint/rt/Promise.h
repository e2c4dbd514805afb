//===-- Promise.h - Base classes of the coroutine promises ------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every `co_await` in a Task or an AsyncGenerator passes through
// `await_transform`, which receives the source location of the await. The
// contracts check there whether a no-yield scope is open or a thread lock is
// held.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_PROMISE_H
#define COROLINT_RT_PROMISE_H

#include "corolint/rt/Context.h"
#include "corolint/rt/FrameAllocator.h"
#include <concepts>
#include <coroutine>
#include <source_location>
#include <type_traits>
#include <utility>

// Clang may place the frame of a directly awaited call in the caller's frame.
#if defined(__has_cpp_attribute)
#if __has_cpp_attribute(clang::coro_await_elidable)
#define COROLINT_RT_AWAIT_ELIDABLE [[clang::coro_await_elidable]]
#endif
#endif
#ifndef COROLINT_RT_AWAIT_ELIDABLE
#define COROLINT_RT_AWAIT_ELIDABLE
#endif

namespace corolint::rt {

/// Does awaiting an \p Awaiter never suspend? The run-time counterpart of
/// COROLINT_NEVER_SUSPENDS: give the class a member `static constexpr bool
/// never_suspends = true`, or specialise this.
template <class Awaiter>
inline constexpr bool never_suspends_v =
    requires { requires Awaiter::never_suspends; };
template <> inline constexpr bool never_suspends_v<std::suspend_never> = true;

namespace detail {

template <class A> decltype(auto) getAwaiter(A &&Awaitable) {
  if constexpr (requires { std::forward<A>(Awaitable).operator co_await(); })
    return std::forward<A>(Awaitable).operator co_await();
  else if constexpr (requires {
                       operator co_await(std::forward<A>(Awaitable));
                     })
    return operator co_await(std::forward<A>(Awaitable));
  else
    return std::forward<A>(Awaitable);
}

template <class A> using AwaiterOf = decltype(getAwaiter(std::declval<A>()));

template <class A>
using AwaitResult =
    decltype(std::declval<std::remove_reference_t<AwaiterOf<A>> &>()
                 .await_resume());

enum class SuspensionKeyword : bool { CoAwait, CoYield };

/// Marks a coroutine that is linked before it first runs, see `linkChild`.
struct LinkedLater {};

/// Does an \p Awaiter transfer control to another coroutine of the same chain?
/// Then the chain is suspended elsewhere, if at all.
template <class Awaiter>
inline constexpr bool TransfersControl =
    requires { requires Awaiter::transfers_control; };

struct ForkJoinLeg;

/// Owns the coroutine that is being awaited. It is part of the awaiter, in the
/// frame of the awaiting coroutine.
class ChildOwner {
public:
  explicit ChildOwner(std::coroutine_handle<> Child) noexcept : Child(Child) {}
  ChildOwner(ChildOwner &&Other) noexcept
      : Child(std::exchange(Other.Child, nullptr)) {}
  ChildOwner &operator=(ChildOwner &&) = delete;
  ~ChildOwner() {
    if (Child)
      Child.destroy();
  }
  void destroyChild() noexcept { std::exchange(Child, nullptr).destroy(); }

protected:
  std::coroutine_handle<> Child;
};

class PromiseBase {
public:
  PromiseBase() noexcept
      : Continuation(nullptr), OwnedBy(nullptr), Parent(nullptr),
        Context(nullptr) {}
  explicit PromiseBase(LinkedLater) noexcept {}

  // Unions, so that the constructor need not initialise members that linking
  // will set: every store adds to the cost of starting a task.

  /// Resumed when this coroutine is done. Null for a task of a fork.
  union {
    std::coroutine_handle<> Continuation;
  };
  union {
    /// The awaiter that owns this coroutine, or null.
    ChildOwner *OwnedBy;
    /// For a task of a fork, its leg.
    ForkJoinLeg *Leg;
  };
  /// The coroutine that awaits this one, or null if its promise is not ours.
  PromiseBase *Parent;
  TaskContext *Context;
  /// The place of the current await, if the coroutine awaits.
  std::source_location Site;

  static void *operator new(std::size_t Size) {
    return FrameAllocator::allocate(Size);
  }
  static void operator delete(void *Frame, std::size_t Size) noexcept {
    FrameAllocator::deallocate(Frame, Size);
  }
};

/// Wraps the awaiter of one `co_await` and records its location. \p Inner may
/// be a reference.
template <class Inner, SuspensionKeyword Keyword = SuspensionKeyword::CoAwait>
class SiteAwaiter {
public:
  template <class A>
  SiteAwaiter(A &&Awaitable, PromiseBase &Promise,
              const std::source_location &Site,
              const OpenRegions *Outer = nullptr)
      : Awaiter(getAwaiter(std::forward<A>(Awaitable))) {
    Promise.Site = Site;
    if (isWatched() || ThisThread.Regions.any()) [[unlikely]]
      startWatching(Promise, Outer);
  }
  SiteAwaiter(const SiteAwaiter &) = delete;
  SiteAwaiter &operator=(const SiteAwaiter &) = delete;
  ~SiteAwaiter() {
    if (Watched) [[unlikely]]
      reopen();
  }

  bool await_ready() {
    if (Watched) [[unlikely]]
      return reachedWatched();
    return static_cast<bool>(Awaiter.await_ready());
  }

  template <class Promise>
  auto await_suspend(std::coroutine_handle<Promise> Self) {
    if constexpr (!TransfersControl<std::remove_cvref_t<Inner>>)
      if (TaskContext *Context = Self.promise().Context)
        Context->Suspended.store(&Self.promise(), std::memory_order_relaxed);
    if (Watched) [[unlikely]] {
      if constexpr (Keyword == SuspensionKeyword::CoAwait &&
                    !TransfersControl<std::remove_cvref_t<Inner>>)
        ThisThread.Task = nullptr;
      try {
        return Awaiter.await_suspend(Self);
      } catch (...) {
        reopen();
        ThisThread.setTask(Watched->Context);
        throw;
      }
    }
    return Awaiter.await_suspend(Self);
  }

  decltype(auto) await_resume() {
    if (Watched) [[unlikely]]
      resumed();
    return Awaiter.await_resume();
  }

private:
  void startWatching(PromiseBase &Promise,
                     const OpenRegions *OuterRegions) noexcept {
    // A generator runs for its consumer's chain. The context is set when the
    // coroutine is linked, before it first runs.
    if constexpr (Keyword == SuspensionKeyword::CoAwait)
      // NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage)
      ThisThread.setTask(Promise.Context);
    ThisThread.Awaiting = &Promise;
    Watched = &Promise;
    Outer = OuterRegions;
    Behind = nullptr;
  }
  bool reachedWatched() {
    // Mode Throw must refuse an await before it happens, so it checks first.
    const bool Refuses =
        CurrentMode.load(std::memory_order_relaxed) == ContractMode::Throw;
    if (Refuses)
      reached(/*Ready=*/true);
    const bool Ready = static_cast<bool>(Awaiter.await_ready());
    if (!Refuses)
      reached(Ready);
    return Ready;
  }
  void reached(bool Ready) {
    if (ThisThread.Regions.any()) [[unlikely]]
      Behind = observer().awaitInRegion(
          Ready,
          Keyword == SuspensionKeyword::CoAwait ? "co_await" : "co_yield",
          Watched->Site, Outer);
  }
  void resumed() noexcept {
    reopen();
    ThisThread.Awaiting = Watched;
    ThisThread.LastAwait = Watched->Site;
    if constexpr (Keyword == SuspensionKeyword::CoAwait)
      ThisThread.taskResumed(Watched->Context);
  }
  void reopen() noexcept {
    if (Behind) [[unlikely]]
      observer().reopenRegions(*std::exchange(Behind, nullptr));
  }

  Inner Awaiter;
  /// The promise while contracts are on or regions are open, else null. The
  /// members below are unset when it is null, hence the unions.
  PromiseBase *Watched = nullptr;
  union {
    const OpenRegions *Outer;
  };
  union {
    RegionsAside *Behind;
  };
};

/// The base of promises whose coroutines may `co_await`.
class AsyncPromise : public PromiseBase {
public:
  using PromiseBase::PromiseBase;

  template <class A>
  decltype(auto) await_transform(
      A &&Awaitable,
      const std::source_location &Site = std::source_location::current()) {
    using Awaiter = AwaiterOf<A>;
    if constexpr (never_suspends_v<std::remove_cvref_t<Awaiter>>) {
      // The context is set when the coroutine is linked, before it first runs.
      if (isWatched()) [[unlikely]]
        // NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage)
        ThisThread.setTask(Context);
      return std::forward<A>(Awaitable);
    } else {
      return SiteAwaiter<Awaiter>(std::forward<A>(Awaitable), *this, Site);
    }
  }
};

/// Links the suspended coroutine \p Child to the coroutine that awaits it.
/// \p Owner owns \p Child, if it is not null.
template <class Promise>
void linkChild(PromiseBase &Child, std::coroutine_handle<Promise> Parent,
               ChildOwner *Owner) noexcept {
  Child.Continuation = Parent;
  Child.OwnedBy = Owner;
  if constexpr (std::derived_from<Promise, PromiseBase>) {
    Child.Parent = &Parent.promise();
    Child.Context = Parent.promise().Context;
  } else {
    Child.Parent = nullptr;
    Child.Context = nullptr;
  }
}

/// The promise of \p Self if its type derives from `PromiseBase`, else null.
template <class Promise>
PromiseBase *promiseOf(std::coroutine_handle<Promise> Self) noexcept {
  if constexpr (std::derived_from<Promise, PromiseBase>)
    return &Self.promise();
  else
    return nullptr;
}

} // namespace detail
} // namespace corolint::rt

#endif // COROLINT_RT_PROMISE_H
