// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/boostorg/beast/issues/1140
// A websocket session writes a buffer of a temporary string.

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <memory>
#include <string>
namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
class session : public std::enable_shared_from_this<session> {
  websocket::stream<asio::ip::tcp::socket> ws_;
  std::string answer_;
  void on_write(boost::system::error_code, std::size_t);

public:
  void on_read_bad(boost::system::error_code ec, std::size_t) {
    if (ec)
      return;
    ws_.async_write(asio::buffer(std::string("done")), // warn: coro-dangling-reference
                    [self = shared_from_this()](boost::system::error_code e, std::size_t n) { self->on_write(e, n); });
  }
  void on_read_ok(boost::system::error_code ec, std::size_t) {
    if (ec)
      return;
    answer_ = "done";
    ws_.async_write(asio::buffer(answer_),
                    [self = shared_from_this()](boost::system::error_code e, std::size_t n) { self->on_write(e, n); });
  }
};
