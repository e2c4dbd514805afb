// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- --
// https://github.com/bennyhuo/CppCoroutines/issues/8
// An executor starts its functions with std::async and drops the future: the destructor waits, in the coroutine that
// hands itself over.
#include <coroutine>
#include <exception>
#include <functional>
#include <future>
#include <thread>
struct AbstractExecutor {
  virtual ~AbstractExecutor() = default;
  virtual void execute(std::function<void()> &&func) = 0;
};
struct AsyncExecutor : AbstractExecutor {
  void execute(std::function<void()> &&func) override { auto future = std::async(std::launch::async, func); }
};
struct NewThreadExecutor : AbstractExecutor {
  void execute(std::function<void()> &&func) override { std::thread(func).detach(); }
};
struct AsyncAwaiter {
  AsyncExecutor *executor;
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> handle) const {
    executor->execute([handle]() { handle.resume(); });
  }
  void await_resume() const {}
};
struct ThreadAwaiter {
  NewThreadExecutor *executor;
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> handle) const {
    executor->execute([handle]() { handle.resume(); });
  }
  void await_resume() const {}
};
struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
void work(int);
Task simple_bad(AsyncExecutor &executor) {
  work(1);
  co_await AsyncAwaiter{&executor}; // warn: coro-sync-over-async
  work(2);
}
Task simple_ok(NewThreadExecutor &executor) {
  work(1);
  co_await ThreadAwaiter{&executor};
  work(2);
}
