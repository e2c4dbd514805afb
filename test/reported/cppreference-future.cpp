// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://en.cppreference.com/w/cpp/coroutine/coroutine_traits
// A much copied awaiter of a future: 'get' in await_resume does not wait,
// since a thread resumed the coroutine when the future was ready. One that
// resumes at once does.

#include <chrono>
#include <cppcoro/cppcoro.h>
#include <future>
#include <thread>

using cppcoro::task;

template <typename T> struct Awaiter : std::future<T> {
  bool await_ready() const {
    return this->wait_for(std::chrono::seconds(0)) != std::future_status::timeout;
  }
  void await_suspend(std::coroutine_handle<> coroutine) {
    std::thread([this, coroutine] {
      this->wait();
      coroutine.resume();
    }).detach();
  }
  T await_resume() { return this->get(); }
};
task<int> await_ok(std::future<int> future) {
  co_return co_await Awaiter<int>{std::move(future)};
}

struct AtOnce {
  std::future<int> future;
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> coroutine) { coroutine.resume(); }
  int await_resume() { return future.get(); }
};
task<int> await_bad(std::future<int> future) {
  co_return co_await AtOnce{std::move(future)}; // warn: coro-sync-over-async
}
