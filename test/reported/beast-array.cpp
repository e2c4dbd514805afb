// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/boostorg/beast/issues/1221
// A client copies its message into an array on the stack, and writes the array.

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <cstring>
#include <functional>
#include <string>
namespace asio = boost::asio;
class Client {
  boost::beast::websocket::stream<asio::ip::tcp::socket> web_socket_;
  boost::beast::multi_buffer pending_;
  void on_send(const boost::system::error_code &, std::size_t);

public:
  void send_bad(const std::string &mess) {
    char buff[1024] = {0};
    std::memcpy(buff, mess.data(), mess.length());
    web_socket_.async_write(asio::buffer(buff, mess.length()), // warn: coro-dangling-reference
                            std::bind(&Client::on_send, this, std::placeholders::_1, std::placeholders::_2));
  }
  void send_ok(const std::string &mess) {
    pending_.commit(asio::buffer_copy(pending_.prepare(mess.length()), asio::buffer(mess)));
    web_socket_.async_write(pending_.data(),
                            std::bind(&Client::on_send, this, std::placeholders::_1, std::placeholders::_2));
  }
};
