// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/boostorg/beast/issues/2327
// A session answers with a local string, through a buffer in a variable. Short strings
// happen to work.

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <memory>
#include <string>
namespace beast = boost::beast;
namespace net = boost::asio;
class session : public std::enable_shared_from_this<session> {
  beast::websocket::stream<beast::tcp_stream> ws_;
  std::string answer_;
  void on_write(beast::error_code, std::size_t);

public:
  void on_read_bad(beast::error_code ec, std::size_t) {
    if (ec)
      return;
    std::string wsResponse = "";
    for (int i = 0; i < 983039; i++)
      wsResponse += "a";
    net::const_buffer responseBuffer = net::buffer(wsResponse);
    ws_.text(ws_.got_text());
    ws_.async_write(responseBuffer, beast::bind_front_handler(&session::on_write, shared_from_this())); // warn: coro-dangling-reference
  }
  void on_read_ok(beast::error_code ec, std::size_t) {
    if (ec)
      return;
    answer_.assign(983039, 'a');
    net::const_buffer responseBuffer = net::buffer(answer_);
    ws_.async_write(responseBuffer, beast::bind_front_handler(&session::on_write, shared_from_this()));
  }
};
