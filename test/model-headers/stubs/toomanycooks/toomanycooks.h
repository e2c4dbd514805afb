// TooManyCooks as of 2026-07 (6f18dfd), as far as
// lib/model/toomanycooks.yaml names it.
#ifndef COROLINT_STUB_TMC_H
#define COROLINT_STUB_TMC_H

#include "../coroutine.h"

namespace tmc {
template <typename T = void> class task {
public:
  using promise_type = stub::Promise<task, T, std::suspend_always>;
  task(task &&) noexcept;
  ~task();
  stub::Awaitable<T> operator co_await() &&;
  stub::Awaitable<T> resume_on();
};

class mutex_scope {
public:
  mutex_scope(mutex_scope &&) noexcept;
  ~mutex_scope();
};

class mutex {
public:
  void unlock();
  void co_unlock();
  bool try_lock();
  stub::Awaitable<> operator co_await();
  stub::Awaitable<mutex_scope> lock_scope();
};

class semaphore_scope {
public:
};

int async_main(task<int> &&);
template <typename... A> void post(A &&...);
template <typename... A> void post_waitable(A &&...);
template <typename... A> void post_bulk(A &&...);
template <typename... A> void spawn_func(A &&...);
stub::Awaitable<> enter();
template <typename E> stub::Awaitable<> resume_on(E &&executor);
template <typename... A> stub::Awaitable<> spawn_tuple(A &&...);
template <typename... A> stub::Awaitable<> spawn(A &&...);
template <typename... A> stub::Awaitable<> spawn_many(A &&...);
template <typename... A> stub::Awaitable<> fork_clang(A &&...);
stub::Awaitable<> yield();
stub::Awaitable<> reschedule();
} // namespace tmc

#endif // COROLINT_STUB_TMC_H
