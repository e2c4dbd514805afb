// libcoro as of 2026-03 (277467f), as far as
// lib/model/libcoro.yaml names it.
#ifndef COROLINT_STUB_LIBCORO_H
#define COROLINT_STUB_LIBCORO_H

#include "../coroutine.h"
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace coro {
enum class resume_order_policy { lifo, fifo };

template <typename T = void> class task {
public:
  using promise_type = stub::Promise<task, T, std::suspend_always>;
  task(task &&) noexcept;
  ~task();
  stub::Awaitable<T> operator co_await() &&;
  void resume();
  bool is_ready() const noexcept;
};

class scoped_lock {
public:
  scoped_lock(scoped_lock &&) noexcept;
  void unlock();
  ~scoped_lock();
};

class mutex {
public:
  void unlock();
  stub::Awaitable<> lock();
  stub::Awaitable<scoped_lock> scoped_lock();
  bool try_lock();
};

template <typename Executor> class shared_mutex {
public:
  task<> scoped_lock(task<>);
  task<> scoped_lock_shared(task<>);
  task<> lock();
  task<> lock_shared();
  bool try_lock();
  bool try_lock_shared();
  task<> unlock();
  task<> unlock_shared();
};

template <std::ptrdiff_t Most> class semaphore {
public:
  task<int> acquire();
  task<> release();
  bool try_acquire();
};

class condition_variable {
public:
  stub::Awaitable<> wait(class scoped_lock &);
  stub::Awaitable<> wait(class scoped_lock &, std::function<bool()> predicate);
};

class latch {
public:
  bool is_ready() const noexcept;
  void count_down(std::int64_t n = 1) noexcept;
  template <typename E>
  void count_down(std::unique_ptr<E> &executor, std::int64_t n = 1) noexcept;
};

class task_group {
public:
  bool start(task<> &&);
};

class scheduler {
public:
  std::size_t process_events(
      std::chrono::milliseconds timeout = std::chrono::milliseconds{0});
  void shutdown() noexcept;
  bool spawn_detached(task<> &&);
  task<> spawn_joinable(task<> &&);
  stub::Awaitable<> schedule();
  template <typename T> task<T> schedule(task<T>);
  template <typename R, typename P>
  task<> schedule_after(std::chrono::duration<R, P>);
  task<> schedule_at(std::chrono::steady_clock::time_point);
  stub::Awaitable<> yield();
  template <typename R, typename P>
  task<> yield_for(std::chrono::duration<R, P>);
  task<> yield_until(std::chrono::steady_clock::time_point);
};

class thread_pool {
public:
  void shutdown() noexcept;
  bool spawn_detached(task<> &&) noexcept;
  task<> spawn_joinable(task<> &&) noexcept;
  stub::Awaitable<> schedule();
  template <typename T> task<T> schedule(task<T>);
  stub::Awaitable<> yield();
};

class event {
public:
  bool is_set() const noexcept;
  void set(resume_order_policy policy = resume_order_policy::lifo) noexcept;
  template <typename E>
  void set(std::unique_ptr<E> &executor,
           resume_order_policy policy = resume_order_policy::lifo) noexcept;
};

template <typename... A> int sync_wait(A &&...);
template <typename... A> stub::Awaitable<> when_all(A &&...);
template <typename... A> stub::Awaitable<> when_any(A &&...);
template <typename F, typename... A>
auto invoke(F, A &&...) -> std::invoke_result_t<F, A...>;
} // namespace coro

#endif // COROLINT_STUB_LIBCORO_H
