// RUN: %check_corolint %s coro-blocking-call,coro-lock-across-await,coro-sync-over-async %t -std=c++20
// What Asio calls, and where.

#define ASIO_HAS_CO_AWAIT 1
#define ASIO_HAS_STD_COROUTINE 1
#include "coro.h"
#include <asio.hpp>
#include <asio/bind_allocator.hpp>
#include <asio/bind_cancellation_slot.hpp>
#include <asio/experimental/append.hpp>
#include <asio/experimental/prepend.hpp>
#include <chrono>
#include <memory>
#include <mutex>
using asio::awaitable, asio::use_awaitable, asio::ip::tcp;

COROLINT_BLOCKING int block();

awaitable<void> socket(tcp::socket s) {
  char data[8];
  co_await s.async_read_some(asio::buffer(data), use_awaitable);
  s.read_some(asio::buffer(data)); // warn: coro-blocking-call
  asio::write(s, asio::buffer(data)); // warn: coro-blocking-call
}

// The function that hands a callable over does not run it.
awaitable<void> handed_over(asio::io_context &io, asio::thread_pool &pool) {
  asio::post(io, [] { block(); }); // warn: coro-blocking-call
  asio::post(pool, [] { block(); });
  asio::defer(pool, [] { block(); });
  asio::co_spawn(
      io,
      []() -> awaitable<void> {
        block(); // warn: coro-blocking-call
        co_return;
      },
      asio::detached);
  pool.join(); // warn: coro-blocking-call
  co_return;
}

awaitable<int> spawned(asio::io_context &io) {
  auto result = asio::co_spawn(
      io, []() -> awaitable<int> { co_return 1; }, asio::use_future);
  co_return result.get(); // warn: coro-sync-over-async
}

// The last of its parameters is a constraint.
void until(tcp::socket &s, std::string &line) {
  asio::async_read_until(
      s, asio::dynamic_buffer(line), '\n', [](std::error_code, std::size_t) {
        block(); // warn: coro-blocking-call
      });
}
awaitable<void> starts(tcp::socket &s, std::string &line) {
  until(s, line);
  co_return;
}

// Connecting a datagram socket only notes the address of the peer.
awaitable<void> datagrams(asio::ip::udp::socket s, asio::ip::udp::endpoint peer) {
  char data[8];
  s.connect(peer);
  s.send_to(asio::buffer(data), peer);
  s.receive(asio::buffer(data)); // warn: coro-blocking-call
  co_return;
}
awaitable<void> connects(tcp::socket s, tcp::endpoint peer) {
  s.connect(peer); // warn: coro-blocking-call
  co_return;
}

// The handler that fulfils the future waits for this one.
void future_of_operation(asio::io_context &io, tcp::socket &s) {
  asio::post(io, [&s] {
    char data[8];
    auto size = s.async_read_some(asio::buffer(data), asio::use_future);
    size.get(); // warn: coro-sync-over-async
  });
}

// A socket that has data returns at once.
void available(asio::io_context &io, std::shared_ptr<tcp::socket> s,
               asio::ip::udp::socket &u) {
  asio::post(io, [s, &u] {
    char data[8];
    if (s->available() >= sizeof(data))
      asio::read(*s, asio::buffer(data));
    asio::ip::udp::endpoint from;
    asio::error_code ec;
    while (u.available(ec))
      u.receive_from(asio::buffer(data), from, 0, ec);
    asio::write(*s, asio::buffer(data)); // warn: coro-blocking-call
  });
}
void other_socket_available(asio::io_context &io, tcp::socket &s,
                            tcp::socket &t) {
  asio::post(io, [&s, &t] {
    char data[8];
    if (t.available() != 0)
      asio::read(s, asio::buffer(data)); // warn: coro-blocking-call
  });
}

// Adapters of completion tokens. These two are newer than the installed Asio:
// their shape is that of 1.36.
namespace asio {
template <typename Token, typename... Values> struct consign_t : Token {};
template <typename Token, typename... Values>
consign_t<std::decay_t<Token>, Values...> consign(Token &&token, Values &&...) {
  return {{token}};
}
template <typename Rep, typename Period, typename Token>
std::decay_t<Token> cancel_after(const std::chrono::duration<Rep, Period> &,
                                 Token &&token) {
  return token;
}
} // namespace asio
void adapters_bad(asio::steady_timer &timer, asio::cancellation_slot slot,
                  std::shared_ptr<int> kept) {
  timer.async_wait(asio::consign(
      [](std::error_code) {
        block(); // warn: coro-blocking-call
      },
      kept));
  timer.async_wait(
      asio::cancel_after(std::chrono::seconds(1), [](std::error_code) {
        block(); // warn: coro-blocking-call
      }));
  timer.async_wait(
      asio::bind_allocator(std::allocator<int>(), [](std::error_code) {
        block(); // warn: coro-blocking-call
      }));
  timer.async_wait(asio::bind_cancellation_slot(slot, [](std::error_code) {
    block(); // warn: coro-blocking-call
  }));
  timer.async_wait(asio::experimental::append(
      [](std::error_code, int) {
        block(); // warn: coro-blocking-call
      },
      1));
  timer.async_wait(asio::experimental::prepend(
      [](int, std::error_code) {
        block(); // warn: coro-blocking-call
      },
      1));
}
void adapters_ok(asio::steady_timer &timer, asio::thread_pool &pool,
                 std::shared_ptr<int> kept) {
  timer.async_wait(asio::consign(
      asio::bind_executor(pool, [](std::error_code) { block(); }), kept));
  auto later = asio::consign([](std::error_code) { block(); }, kept);
  (void)later;
}
awaitable<void> awaited_adapters_bad(asio::steady_timer &timer) {
  std::error_code error;
  co_await timer.async_wait(asio::redirect_error(use_awaitable, error));
  block(); // warn: coro-blocking-call
}
awaitable<void> adapted_hop_ok(asio::steady_timer &timer, asio::thread_pool &pool) {
  std::error_code error;
  co_await timer.async_wait(
      asio::redirect_error(asio::bind_executor(pool, use_awaitable), error));
  block();
  co_await timer.async_wait(asio::redirect_error(use_awaitable, error));
  block(); // warn: coro-blocking-call
}

// Questions about the coroutine itself are answered at once.
awaitable<void> asks_ok(std::mutex &mutex) {
  std::lock_guard<std::mutex> lock(mutex);
  co_await asio::this_coro::cancellation_state;
  co_await asio::this_coro::throw_if_cancelled(true);
  co_await asio::this_coro::reset_cancellation_state();
}
awaitable<void> asks_and_waits_bad(std::mutex &mutex, asio::steady_timer &timer) {
  std::lock_guard<std::mutex> lock(mutex);
  co_await asio::this_coro::cancellation_state;
  co_await timer.async_wait(use_awaitable); // warn: coro-lock-across-await
}
