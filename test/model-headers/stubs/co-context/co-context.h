// co_context as of 2024-07 (8f33887), as far as
// lib/model/co-context.yaml names it.
#ifndef COROLINT_STUB_CO_CONTEXT_H
#define COROLINT_STUB_CO_CONTEXT_H

#include "../coroutine.h"

namespace co_context {
template <typename T = void> class task {
public:
  using promise_type = stub::Promise<task, T, std::suspend_always>;
  task(task &&) noexcept;
  ~task();
  stub::Awaitable<T> operator co_await() &&;
};

template <typename T = void> class shared_task {
public:
  using promise_type = stub::Promise<shared_task, T, std::suspend_always>;
  shared_task(shared_task &&) noexcept;
  ~shared_task();
  stub::Awaitable<T> operator co_await() &&;
};

namespace detail {
template <typename Mutex> class lock_guard {
public:
  lock_guard(lock_guard &&) noexcept;
  ~lock_guard();
};
} // namespace detail

class mutex {
public:
  stub::Awaitable<> lock();
  stub::Awaitable<detail::lock_guard<mutex>> lock_guard();
  bool try_lock();
  void unlock();
};

class io_context {
public:
  void join();
  template <typename... A> void co_spawn(A &&...);
};

template <typename... A> stub::Awaitable<> all(A &&...);
template <typename... A> void co_spawn(A &&...);
template <typename... A> stub::Awaitable<> any(A &&...);
template <typename... A> stub::Awaitable<> some(A &&...);
stub::Awaitable<> yield();
} // namespace co_context

#endif // COROLINT_STUB_CO_CONTEXT_H
