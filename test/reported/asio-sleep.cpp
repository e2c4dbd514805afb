// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
// https://github.com/chriskohlhoff/asio/issues/907
// Three coroutines that are awaited together run one after the other: each
// sleeps on its thread before it suspends for the first time.

#include <asio.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <thread>

using namespace asio::experimental::awaitable_operators;
using namespace std::chrono_literals;

asio::awaitable<int> answer_bad(int n) {
  std::this_thread::sleep_for(1s); // warn: coro-blocking-call
  co_return n;
}
asio::awaitable<int> answer_ok(int n) {
  asio::steady_timer timer(co_await asio::this_coro::executor, 1s);
  co_await timer.async_wait(asio::use_awaitable);
  co_return n;
}
asio::awaitable<void> all() {
  co_await (answer_bad(1) && answer_bad(2));
  co_await (answer_ok(1) && answer_ok(2));
}
void run(asio::thread_pool &pool) {
  asio::co_spawn(pool, all(), asio::detached);
  pool.join();
}
