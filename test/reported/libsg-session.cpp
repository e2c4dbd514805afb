// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- --
// https://github.com/samangh/libsg/issues/5
// If a session cannot start, it closes itself on its strand and waits until it is closed,
// on the only thread that could run the strand.

#include <asio/dispatch.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>
#include <asio/strand.hpp>
#include <functional>
#include <memory>
#include <semaphore>
class Session : public std::enable_shared_from_this<Session> {
  asio::ip::tcp::socket socket;
  asio::strand<asio::io_context::executor_type> strand;
  std::binary_semaphore closed{0};
  void closeImplementation() {
    socket.close();
    closed.release();
  }
  void waitUntilStopped() { closed.acquire(); }

public:
  Session(asio::io_context &io, asio::ip::tcp::socket socket)
      : socket(std::move(socket)), strand(asio::make_strand(io)) {}
  void open();
  void close() {
    asio::post(strand, [self = shared_from_this()] { self->closeImplementation(); });
  }
  void start_bad() {
    try {
      open();
    } catch (...) {
      close();
      waitUntilStopped();
      throw;
    }
  }
  void start_ok() {
    try {
      open();
    } catch (...) {
      close();
      throw;
    }
  }
};
class Listener {
  asio::io_context io;
  asio::ip::tcp::acceptor acceptor{io};

public:
  void accept_bad() {
    acceptor.async_accept([this](std::error_code error, asio::ip::tcp::socket socket) {
      if (!error)
        std::make_shared<Session>(io, std::move(socket))->start_bad(); // warn: coro-blocking-call
      accept_bad();
    });
  }
  void accept_ok() {
    acceptor.async_accept([this](std::error_code error, asio::ip::tcp::socket socket) {
      if (!error)
        std::make_shared<Session>(io, std::move(socket))->start_ok();
      accept_ok();
    });
  }
};
