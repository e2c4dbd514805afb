// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/boostorg/beast/issues/2761
// Messages wait in a queue. The one that is written is a copy on the stack.

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <memory>
namespace beast = boost::beast;
class Connection : public std::enable_shared_from_this<Connection> {
  beast::websocket::stream<boost::asio::ip::tcp::socket> ws_;
  std::deque<beast::flat_buffer> queue_;

public:
  void write_bad() {
    auto buffer = queue_.front();
    ws_.binary(true);
    ws_.async_write(buffer.data(), [self = shared_from_this()](beast::error_code, std::size_t) { // warn: coro-dangling-reference
      self->queue_.pop_front();
      if (!self->queue_.empty())
        self->write_bad();
    });
  }
  void write_ok() {
    auto &buffer = queue_.front();
    ws_.binary(true);
    ws_.async_write(buffer.data(), [self = shared_from_this()](beast::error_code, std::size_t) {
      self->queue_.pop_front();
      if (!self->queue_.empty())
        self->write_ok();
    });
  }
};
