// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// Locks of coroutines, and guards that an awaiter takes over.

#include "coro.h"
#include <mutex>
using namespace coro;

template <typename T> struct awaiting {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};

// What is awaited to be had is no lock on the thread, whatever holds it.
struct without_lock {
  task<> co_lock();
  bool try_lock();
  void unlock();
  awaiting<std::unique_lock<without_lock>> scoped();
};
struct awaited_lock {
  task<> lock();
  void unlock();
  awaiting<std::unique_lock<awaited_lock>> scoped();
};
struct spin_lock {
  void lock();
  void unlock();
};
extern without_lock a;
extern awaited_lock b;
extern spin_lock spin;
extern std::mutex m;

task<> scoped_ok() {
  auto l = co_await a.scoped();
  auto k = co_await b.scoped();
  co_await async_op();
}
task<> adopted_ok() {
  co_await a.co_lock();
  std::lock_guard l(a, std::adopt_lock);
  co_await async_op();
}
task<> spin_bad() {
  std::lock_guard l(spin);
  co_await async_op(); // warn: coro-lock-across-await
}

// Awaiters that release what they are handed, and one that does not.
struct awaiter {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
struct unlocks : awaiter {
  unlocks(std::unique_lock<std::mutex> &l) { l.unlock(); }
};
struct keeps : awaiter {
  keeps(std::unique_lock<std::mutex> &l) {}
};
struct takes_over : awaiter {
  std::unique_lock<std::mutex> held;
  takes_over(std::unique_lock<std::mutex> &l) : held(std::move(l)) {}
  void await_suspend(std::coroutine_handle<>) { held.unlock(); }
};
struct is_given : awaiter {
  std::unique_lock<std::mutex> held;
  is_given(std::unique_lock<std::mutex> l) : held(std::move(l)) {}
  void await_suspend(std::coroutine_handle<>) { auto gone = std::move(held); }
};
struct refers {
  std::unique_lock<std::mutex> &l;
  bool await_ready();
  void await_suspend(std::coroutine_handle<>) { l.unlock(); }
  void await_resume();
};

task<> unlocks_ok() {
  std::unique_lock l(m);
  co_await unlocks(l);
}
task<> keeps_bad() {
  std::unique_lock l(m);
  co_await keeps(l); // warn: coro-lock-across-await
}
task<> takes_over_ok() {
  std::unique_lock l(m);
  co_await takes_over(l);
}
task<> is_given_ok() {
  std::unique_lock l(m);
  co_await is_given(std::move(l));
}
task<> refers_ok() {
  std::unique_lock l(m);
  co_await refers{l};
}
task<> another_bad() {
  std::unique_lock l(m), other(m);
  co_await refers{l}; // warn: coro-lock-across-await
}
