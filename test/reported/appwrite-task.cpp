// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- --
// https://github.com/appwrite/sdk-generator/pull/1421
// Awaiting a call is synchronous in disguise: the task that is awaited gets the future of the thread pool.
#include <coroutine>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <utility>
template <class T> struct [[nodiscard]] Task {
  struct promise_type {
    std::optional<T> result;
    Task get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_value(T value) { result = std::move(value); }
    void unhandled_exception() { std::terminate(); }
  };
  std::coroutine_handle<promise_type> handle;
  struct Awaiter {
    std::coroutine_handle<promise_type> handle;
    bool await_ready() const noexcept { return handle.done(); }
    void await_suspend(std::coroutine_handle<> waiting) {
      handle.resume();
      waiting.resume();
    }
    T await_resume() { return std::move(*handle.promise().result); }
  };
  Awaiter operator co_await() && { return {handle}; }
};
template <class T> Task<T> makeResolvedTask(std::shared_ptr<std::future<T>> future) {
  co_return future->get(); // warn: coro-sync-over-async
}
std::future<int> runOnPool(std::function<int()> call);
Task<int> call_async_bad(std::function<int()> call) {
  return makeResolvedTask(std::make_shared<std::future<int>>(runOnPool(std::move(call))));
}
struct PoolCall { // resumes on the pool when the call is over
  std::function<int()> call;
  std::shared_ptr<std::optional<int>> answer = std::make_shared<std::optional<int>>();
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiting) {
    (void)runOnPool([call = std::move(call), answer = answer, waiting] {
      *answer = call();
      waiting.resume();
      return 0;
    });
  }
  int await_resume() { return **answer; }
};
Task<int> call_async_ok(std::function<int()> call) { co_return co_await PoolCall{std::move(call)}; }
