// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/drogonframework/drogon/pull/855
// A coroutine lambda owns the promise and what it awaits; the function returns the future, and the lambda is gone.
#include <coroutine>
#include <future>
#include <utility>
struct AsyncTask {
  struct promise_type {
    AsyncTask get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() {}
  };
};
struct Query {
  Query(Query &&);
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  int await_resume();
};
std::future<int> co_future_bad(Query query) {
  std::promise<int> promise;
  auto future = promise.get_future();
  [promise = std::move(promise), query = std::move(query)]() mutable -> AsyncTask {
    int rows = co_await query;
    promise.set_value(rows); // warn: coro-dangling-reference
  }();
  return future;
}
std::future<int> co_future_ok(Query query) {
  std::promise<int> promise;
  auto future = promise.get_future();
  [](std::promise<int> promise, Query query) -> AsyncTask {
    promise.set_value(co_await query);
  }(std::move(promise), std::move(query));
  return future;
}
