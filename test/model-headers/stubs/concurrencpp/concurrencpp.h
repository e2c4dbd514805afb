// concurrencpp as of 2023-07 (7a88f54), as far as
// lib/model/concurrencpp.yaml names it.
#ifndef COROLINT_STUB_CONCURRENCPP_H
#define COROLINT_STUB_CONCURRENCPP_H

#include "../coroutine.h"

namespace concurrencpp {
enum class result_status { idle, value, exception };

// Marks a coroutine that starts on the executor that it is handed.
struct executor_tag {};

template <typename T = void> class result {
public:
  result_status status() const;
  using promise_type = stub::Promise<result, T, std::suspend_never>;
  result(result &&) noexcept;
  ~result();
  stub::Awaitable<T> operator co_await();
  T get();
  void wait();
  template <typename A0> result_status wait_for(A0 &&);
  template <typename A0> result_status wait_until(A0 &&);
  stub::Awaitable<T> resolve();
};

template <typename T = void> class lazy_result {
public:
  using promise_type = stub::Promise<lazy_result, T, std::suspend_always>;
  lazy_result(lazy_result &&) noexcept;
  ~lazy_result();
  stub::Awaitable<T> operator co_await() &&;
  stub::Awaitable<T> resolve();
  stub::Awaitable<T> run();
};

template <typename T = void> class null_result {
public:
  using promise_type = stub::Promise<null_result, T, std::suspend_never>;
  null_result(null_result &&) noexcept;
  ~null_result();
};

class scoped_async_lock {
public:
  scoped_async_lock(scoped_async_lock &&) noexcept;
  ~scoped_async_lock();
  void unlock();
  void release();
  bool owns_lock();
  explicit operator bool() const;
  void swap();
};

class async_lock {
public:
  stub::Awaitable<scoped_async_lock> lock();
  void unlock();
};

class result_promise {
public:
  void set_result();
  void set_exception();
  void set_from_function();
  stub::Awaitable<> get_result();
};

class executor {
public:
  template <typename A0> void bulk_post(A0 &&);
  template <typename A0> void bulk_submit(A0 &&);
  template <typename A0> void post(A0 &&);
  template <typename A0> void submit(A0 &&);
};

class shared_result {
public:
  result_status status() const;
  void get();
  void wait();
  template <typename A0> result_status wait_for(A0 &&);
  template <typename A0> result_status wait_until(A0 &&);
};

class thread_pool_executor {
public:
  template <typename A0> void bulk_post(A0 &&);
  template <typename A0> void bulk_submit(A0 &&);
  template <typename A0> void post(A0 &&);
  template <typename A0> void submit(A0 &&);
};

class worker_thread_executor {
public:
  template <typename A0> void post(A0 &&);
  template <typename A0> void submit(A0 &&);
};

class timer_queue {
public:
  template <typename... A> void make_one_shot_timer(A &&...);
  template <typename... A> void make_timer(A &&...);
};

class manual_executor {
public:
  void loop();
  void loop_once();
  void loop_for();
  void loop_until();
  void wait_for_task();
  void wait_for_tasks();
};

template <typename E> stub::Awaitable<> resume_on(E &&executor);
template <typename... A> stub::Awaitable<> when_all(A &&...);
template <typename... A> stub::Awaitable<> when_any(A &&...);
} // namespace concurrencpp

#endif // COROLINT_STUB_CONCURRENCPP_H
