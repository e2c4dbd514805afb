// RUN: %check_corolint %s coro-dangling-reference %t
// An eager task that ends, with its coroutine, before anything could resume it.

#include "tasks.h"
using namespace coro;

// Nothing shows what its destructor does.
template <typename T = void> struct hidden : eager<T> {
  struct promise_type : task_value<T> {
    hidden get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception() { std::terminate(); }
  };
  hidden(hidden &&) noexcept;
  ~hidden();
};

task<> ends_at_once_ok() {
  bool ran = false;
  scoped<> task = [&]() -> scoped<> {
    co_await async_op();
    ran = true;
  }();
  co_return;
}
task<> hidden_ends_at_once_ok() {
  bool ran = false;
  hidden<> task = [&]() -> hidden<> {
    co_await async_op();
    ran = true;
  }();
  co_return;
}
task<> detaches_bad() {
  bool ran = false;
  eager<> task = [&]() -> eager<> {
    co_await async_op();
    ran = true; // warn: coro-dangling-reference
  }();
  co_return;
}
task<> resumed_bad() {
  bool ran = false;
  scoped<> task = [&]() -> scoped<> {
    co_await async_op();
    ran = true; // warn: coro-dangling-reference
  }();
  co_await async_op();
}
task<> awaited_bad() {
  bool ran = false;
  scoped<> task = [&]() -> scoped<> {
    co_await async_op();
    ran = true; // warn: coro-dangling-reference
  }();
  co_await task;
}
