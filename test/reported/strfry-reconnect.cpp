// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// https://github.com/hoytech/strfry/issues/253
// The delay before the next attempt to connect sleeps on the thread of the
// loop. (There uWebSockets on libuv.)

#include <asio.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
using asio::ip::tcp;

class WSConnection {
  asio::io_context &loop;
  tcp::socket socket{loop};
  asio::steady_timer retry{loop};
  tcp::endpoint peer;
  bool shutdown = false;

  void do_connect_bad(std::uint64_t delay = 0) {
    if (delay)
      std::this_thread::sleep_for(std::chrono::milliseconds(delay));
    if (shutdown)
      return;
    socket.async_connect(peer, [this](std::error_code ec) {
      if (ec)
        do_connect_bad(5000); // warn: coro-blocking-call
    });
  }
  void do_connect_ok(std::uint64_t delay = 0) {
    retry.expires_after(std::chrono::milliseconds(delay));
    retry.async_wait([this](std::error_code ec) {
      if (ec || shutdown)
        return;
      socket.async_connect(peer, [this](std::error_code ec) {
        if (ec)
          do_connect_ok(5000);
      });
    });
  }

public:
  explicit WSConnection(asio::io_context &loop) : loop(loop) {}
  void run() {
    do_connect_bad();
    do_connect_ok();
    loop.run();
  }
};
