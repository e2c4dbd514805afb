// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/cppalliance/capy/issues/295
// The examples that wait sleep on their thread. The library has a timer for coroutines.
#include <chrono>
#include <coroutine.h>
#include <thread>
namespace boost::capy {
template <typename T = void> class [[nodiscard]] task {
public:
  using promise_type = stub::Promise<task<T>, T>;
  task(task &&) noexcept;
  ~task();
  stub::Awaitable<T> operator co_await() &&;
};
stub::Awaitable<> delay(std::chrono::nanoseconds duration);
} // namespace boost::capy
namespace capy = boost::capy;

capy::task<> report(int id);
capy::task<> worker_bad(int id, std::chrono::milliseconds cost) {
  std::this_thread::sleep_for(cost); // warn: coro-blocking-call
  co_await report(id);
}
capy::task<> worker_ok(int id, std::chrono::milliseconds cost) {
  co_await capy::delay(cost);
  co_await report(id);
}
