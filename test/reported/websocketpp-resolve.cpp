// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
// https://github.com/zaphoyd/websocketpp/issues/214
// connect() looks the host up synchronously, also when a handler calls it.

#include <asio.hpp>
#include <string>
using asio::ip::tcp;

class Client {
  asio::io_context &context;
  tcp::resolver resolver{context};
  tcp::socket socket{context};

public:
  explicit Client(asio::io_context &context) : context(context) {}
  void connect(const std::string &host, const std::string &port) {
    auto found = resolver.resolve(host, port);
    asio::async_connect(socket, found, [](std::error_code, const tcp::endpoint &) {});
  }
  void on_fail_bad() {
    asio::post(context, [this] {
      connect("example.com", "443"); // warn: coro-blocking-call
    });
  }
  asio::awaitable<void> reconnect_bad() {
    co_await asio::steady_timer(context, std::chrono::seconds(1)).async_wait(asio::use_awaitable);
    connect("example.com", "443"); // warn: coro-blocking-call
  }
  void on_fail_ok() {
    asio::post(context, [this] {
      resolver.async_resolve("example.com", "443", [this](std::error_code ec, tcp::resolver::results_type found) {
        if (!ec)
          asio::async_connect(socket, found, [](std::error_code, const tcp::endpoint &) {});
      });
    });
  }
};
