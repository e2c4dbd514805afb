// YACLib as of 2026-01 (a4b9273), as far as
// lib/model/yaclib.yaml names it.
#ifndef COROLINT_STUB_YACLIB_H
#define COROLINT_STUB_YACLIB_H

#include "../coroutine.h"

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
