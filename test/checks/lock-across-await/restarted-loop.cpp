// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// A client with a loop of its own, which it runs until one operation is over.

#include <asio.hpp>
#include <mutex>

class client {
public:
  void transfer() {
    bool done = false;
    socket.async_wait(asio::ip::tcp::socket::wait_read,
                      [&](asio::error_code) { done = true; });
    while (!done) {
      loop.restart();
      loop.run_one();
    }
  }
  // The loop may run the handlers of others.
  void pump() { loop.run_one(); }

private:
  asio::io_context loop;
  asio::ip::tcp::socket socket{loop};
};

class shared_client {
public:
  void transfer_ok() {
    std::lock_guard lock(mutex);
    connection.transfer();
  }
  void pump_bad() {
    std::lock_guard lock(mutex);
    connection.pump(); // warn: coro-lock-across-await
  }

private:
  std::mutex mutex;
  client connection;
};
