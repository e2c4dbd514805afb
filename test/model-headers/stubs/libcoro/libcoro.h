// libcoro as of 2026-03 (277467f), as far as
// lib/model/libcoro.yaml names it.
#ifndef COROLINT_STUB_LIBCORO_H
#define COROLINT_STUB_LIBCORO_H

#include "../coroutine.h"

namespace coro {
enum class resume_order_policy { lifo, fifo };

template <typename T = void> class task {
public:
  using promise_type = stub::Promise<task, T, std::suspend_always>;
  task(task &&) noexcept;
  ~task();
  stub::Awaitable<T> operator co_await() &&;
  void resume();
};

class scoped_lock {
public:
  void unlock();
  ~scoped_lock();
};

class mutex {
public:
  void unlock();
  stub::Awaitable<> lock();
  bool try_lock();
};

class task_group {
public:
  template <typename... A> void start(A &&...);
};

class scheduler {
public:
  template <typename A0> void process_events(A0 &&);
  void shutdown();
  template <typename... A> void spawn_detached(A &&...);
  template <typename... A> stub::Awaitable<> schedule(A &&...);
  template <typename... A> stub::Awaitable<> spawn_joinable(A &&...);
  stub::Awaitable<> yield();
};

class thread_pool {
public:
  void shutdown();
  template <typename... A> void spawn_detached(A &&...);
  template <typename... A> stub::Awaitable<> schedule(A &&...);
  template <typename... A> stub::Awaitable<> spawn_joinable(A &&...);
  stub::Awaitable<> yield();
};

class event {
public:
  template <typename A0> void set(A0 &&);
};

template <typename... A> int sync_wait(A &&...);
template <typename... A> stub::Awaitable<> when_all(A &&...);
template <typename... A> stub::Awaitable<> when_any(A &&...);
template <typename A0> void invoke(A0 &&);
} // namespace coro

#endif // COROLINT_STUB_LIBCORO_H
