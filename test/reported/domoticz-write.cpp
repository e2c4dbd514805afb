// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/domoticz/domoticz/pull/4495
// What is posted to a strand refers to the message by reference; the caller's message is gone when it runs.
#include <asio/io_context.hpp>
#include <asio/io_context_strand.hpp>
#include <asio/post.hpp>
#include <deque>
#include <functional>
#include <string>
class AsyncTcp {
  asio::io_context io;
  asio::io_context::strand strand{io};
  std::deque<std::string> queue;
  void cbWriteQueue(const std::string &message) { queue.push_back(message); }

public:
  void write_bad(const std::string &message) {
    asio::post(strand, [&] { cbWriteQueue(message); }); // warn: coro-dangling-reference
  }
  void write_ok(const std::string &message) {
    asio::post(strand, [this, message] { cbWriteQueue(message); });
  }
  void writeBound(const std::string &message) { asio::post(strand, std::bind(&AsyncTcp::cbWriteQueue, this, message)); }
};
