// YACLib as of 2026-01 (a4b9273), as far as
// lib/model/yaclib.yaml names it.
#ifndef COROLINT_STUB_YACLIB_H
#define COROLINT_STUB_YACLIB_H

#include "../coroutine.h"
#include <mutex>

namespace yaclib {
template <typename T = void> class Future {
public:
  using promise_type = stub::Promise<Future, T, std::suspend_never>;
  Future(Future &&) noexcept;
  ~Future();
  stub::Awaitable<T> operator co_await() &&;
  void Detach();
  T Get();
  stub::Awaitable<T> Then();
  stub::Awaitable<T> ThenInline();
  stub::Awaitable<T> On();
};

template <typename T = void> class FutureOn {
public:
  using promise_type = stub::Promise<FutureOn, T, std::suspend_never>;
  FutureOn(FutureOn &&) noexcept;
  ~FutureOn();
  stub::Awaitable<T> operator co_await() &&;
  void Detach();
  T Get();
  stub::Awaitable<T> Then();
  stub::Awaitable<T> ThenInline();
  stub::Awaitable<T> On();
};

template <typename T = void> class Task {
public:
  using promise_type = stub::Promise<Task, T, std::suspend_always>;
  Task(Task &&) noexcept;
  ~Task();
  stub::Awaitable<T> operator co_await() &&;
  void Get();
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

class FutureBase {
public:
  void Get();
  template <typename... A> void Then(A &&...);
  template <typename... A> void Detach(A &&...);
  bool Ready();
};

void Get();
void Wait();
template <typename A0> void WaitFor(A0 &&);
template <typename A0> void WaitUntil(A0 &&);
template <typename... A> void Run(A &&...);
template <typename... A> void Schedule(A &&...);
stub::Awaitable<> On();
template <typename... A> stub::Awaitable<> WhenAll(A &&...);
stub::Awaitable<> Yield();
} // namespace yaclib

#endif // COROLINT_STUB_YACLIB_H
