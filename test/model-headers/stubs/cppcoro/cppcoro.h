// cppcoro as of 2022-09 (3912152), as far as
// lib/model/cppcoro.yaml names it.
#ifndef COROLINT_STUB_CPPCORO_H
#define COROLINT_STUB_CPPCORO_H

#include "../coroutine.h"
#include <chrono>
#include <type_traits>

namespace cppcoro {
template <typename T = void> class task {
public:
  using promise_type = stub::Promise<task, T, std::suspend_always>;
  task(task &&) noexcept;
  ~task();
  stub::Awaitable<T> operator co_await() &&;
  bool is_ready();
};

template <typename T = void> class shared_task {
public:
  using promise_type = stub::Promise<shared_task, T, std::suspend_always>;
  shared_task(shared_task &&) noexcept;
  ~shared_task();
  stub::Awaitable<T> operator co_await() &&;
  bool is_ready();
};

template <typename T = void> class async_generator {
public:
  using promise_type = stub::Promise<async_generator, T, std::suspend_always>;
  async_generator(async_generator &&) noexcept;
  ~async_generator();
  stub::Awaitable<T> operator co_await() &&;
};

class async_mutex_lock {
public:
  async_mutex_lock(async_mutex_lock &&) noexcept;
  ~async_mutex_lock();
};

class async_mutex {
public:
  void unlock();
  stub::Awaitable<> lock_async();
  stub::Awaitable<async_mutex_lock> scoped_lock_async();
  bool try_lock();
};

class async_manual_reset_event {
public:
  void set();
};

class single_consumer_event {
public:
  void set();
};

class single_consumer_async_auto_reset_event {
public:
  void set();
};

class async_latch {
public:
  void count_down();
};

class async_scope {
public:
  template <typename A> void spawn(A &&);
  stub::Awaitable<> join() noexcept;
};

class async_auto_reset_event {
public:
  void set();
};

class static_thread_pool {
public:
  stub::Awaitable<> schedule() noexcept;
};

class io_service {
public:
  class timed_schedule_operation {
  public:
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> awaiter);
    void await_resume();
  };
  stub::Awaitable<> schedule() noexcept;
  template <typename R, typename P>
  timed_schedule_operation schedule_after(const std::chrono::duration<R, P> &) noexcept;
  void process_events();
  void process_one_event();
  void process_one_pending_event();
  void process_pending_events();
};

template <typename... A> int sync_wait(A &&...);
template <typename... A> stub::Awaitable<> when_all(A &&...);
template <typename F, typename A> stub::Awaitable<> fmap(F &&, A &&);
template <typename... A> stub::Awaitable<> make_shared_task(A &&...);
template <typename S, typename A> task<> resume_on(S &scheduler, A);
template <typename S, typename A> task<> schedule_on(S &scheduler, A);
template <typename... A> stub::Awaitable<> when_all_ready(A &&...);
} // namespace cppcoro

#endif // COROLINT_STUB_CPPCORO_H
