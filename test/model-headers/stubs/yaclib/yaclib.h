// YACLib as of 2026-01 (a4b9273), as far as
// lib/model/yaclib.yaml names it.
#ifndef COROLINT_STUB_YACLIB_H
#define COROLINT_STUB_YACLIB_H

#include "../coroutine.h"
#include <mutex>

namespace yaclib {
class IExecutor {};

template <typename T> class Result {
public:
  T Ok() &&;
};

template <typename T> class FutureBase {
public:
  bool Ready() const;
  Result<T> Get() &&;
  template <typename F> stub::Awaitable<T> Then(IExecutor &, F &&);
  template <typename F> void Detach(IExecutor &, F &&);
};

template <typename T = void> class Future : public FutureBase<T> {
public:
  using promise_type = stub::Promise<Future, T, std::suspend_never>;
  Future(Future &&) noexcept;
  ~Future();
  stub::Awaitable<T> operator co_await() &&;
  using FutureBase<T>::Detach;
  void Detach();
  stub::Awaitable<T> ThenInline();
};

template <typename T = void> class FutureOn : public FutureBase<T> {
public:
  using promise_type = stub::Promise<FutureOn, T, std::suspend_never>;
  FutureOn(FutureOn &&) noexcept;
  ~FutureOn();
  stub::Awaitable<T> operator co_await() &&;
  using FutureBase<T>::Detach;
  void Detach();
  stub::Awaitable<T> ThenInline();
  stub::Awaitable<T> On();
};

template <typename T = void> class Task {
public:
  using promise_type = stub::Promise<Task, T, std::suspend_always>;
  Task(Task &&) noexcept;
  ~Task();
  stub::Awaitable<T> operator co_await() &&;
  Result<T> Get() &&;
  void Detach();
  stub::Awaitable<T> Then();
  stub::Awaitable<T> ThenInline();
  stub::Awaitable<T> ToFuture();
};

class Mutex;
class UniqueGuard {
public:
  UniqueGuard();
  UniqueGuard(Mutex &, std::defer_lock_t);
  UniqueGuard(Mutex &, std::try_to_lock_t);
  stub::Awaitable<> Lock();
  bool OwnsLock() const;
  void *Release();
  void Swap(UniqueGuard &);
  bool TryLock();
  stub::Awaitable<> Unlock();
  void UnlockHere();
  stub::Awaitable<> UnlockOn();
  explicit operator bool() const;
  ~UniqueGuard();
};
class SharedGuard : public UniqueGuard {};
class StickyGuard : public UniqueGuard {};

class Mutex {
public:
  stub::Awaitable<> Lock();
  bool TryLock();
  void UnlockHere();
};
class SharedMutex {
public:
  stub::Awaitable<> Lock();
  bool TryLock();
  void UnlockHere();
};

class OneShotEvent {
public:
  bool Ready() noexcept;
  void Wait() noexcept;
  stub::Awaitable<> operator co_await() noexcept;
};
class WaitGroup {
public:
  void Wait() noexcept;
  stub::Awaitable<> operator co_await() noexcept;
};

template <typename... A> void Wait(A &...futures);
template <typename D, typename... A> bool WaitFor(const D &, A &...futures);
template <typename D, typename... A> bool WaitUntil(const D &, A &...futures);
template <typename... A> stub::Awaitable<> Await(A &...futures);
template <typename F> auto Run(F &&) -> Future<>;
template <typename F> auto Run(IExecutor &, F &&) -> FutureOn<>;
template <typename F> auto Schedule(F &&) -> Task<>;
template <typename F> auto Schedule(IExecutor &, F &&) -> Task<>;
stub::Awaitable<> On(IExecutor &);
template <typename... A> stub::Awaitable<> WhenAll(A &&...);
stub::Awaitable<> Yield();
} // namespace yaclib

#endif // COROLINT_STUB_YACLIB_H
