// RUN: %check_corolint %s coro-blocking-call,coro-dangling-reference %t \
// RUN:   -std=c++20 -- -- -DBOOST_ASIO_HAS_CO_AWAIT \
// RUN:   -DBOOST_ASIO_HAS_STD_COROUTINE
// Boost.Beast: what waits for the peer, and what operations refer to.

#include "coro.h"
#include <utility> // Boost 1.74 forgets it.

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <memory>
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::awaitable, asio::use_awaitable, boost::system::error_code;
using Request = http::request<http::string_body>;
using WebSocket = beast::websocket::stream<beast::tcp_stream>;

COROLINT_BLOCKING int block();

awaitable<void> http_bad(beast::tcp_stream &stream, Request &request) {
  beast::flat_buffer buffer;
  http::read(stream, buffer, request);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: call to 'read' may block (net) in coroutine 'http_bad'
  // CHECK-FIXES: co_await boost::beast::http::async_read(stream, buffer, request, boost::asio::use_awaitable);
  co_return;
}
awaitable<void> error_bad(beast::tcp_stream &stream, Request &request) {
  error_code error;
  http::write(stream, request, error); // warn: coro-blocking-call
  co_return;
}
awaitable<void> websocket_bad(WebSocket &socket, WebSocket &other) {
  beast::flat_buffer buffer;
  socket.accept();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: call to 'accept' may block (net) in coroutine 'websocket_bad'
  // CHECK-FIXES: co_await socket.async_accept(boost::asio::use_awaitable);
  other.read(buffer);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: call to 'read' may block (net) in coroutine 'websocket_bad'
  // CHECK-FIXES: co_await other.async_read(buffer, boost::asio::use_awaitable);
  co_return;
}
awaitable<void> awaited_ok(beast::tcp_stream &stream, WebSocket &socket) {
  beast::flat_buffer buffer;
  Request request;
  co_await http::async_read(stream, buffer, request, use_awaitable);
  co_await http::async_write(stream, request, use_awaitable);
  co_await socket.async_read(buffer, use_awaitable);
}

void message_bad(beast::tcp_stream &stream) {
  Request request(http::verb::get, "/", 11);
  http::async_write(stream, request, [](error_code, std::size_t) {}); // warn: coro-dangling-reference
}
void buffer_bad(beast::tcp_stream &stream, Request &request) {
  beast::flat_buffer buffer;
  http::async_read(stream, buffer, request, [](error_code, std::size_t) {}); // warn: coro-dangling-reference
}
void parser_bad(beast::tcp_stream &stream, beast::flat_buffer &buffer) {
  http::request_parser<http::string_body> parser;
  http::async_read(stream, buffer, parser, [](error_code, std::size_t) {}); // warn: coro-dangling-reference
}
void frame_bad(WebSocket &socket) {
  beast::flat_buffer buffer;
  socket.async_read(buffer, [](error_code, std::size_t) {}); // warn: coro-dangling-reference
}
void message_ok(beast::tcp_stream &stream) {
  auto request = std::make_shared<Request>(http::verb::get, "/", 11);
  http::async_write(stream, *request, [request](error_code, std::size_t) {});
}
struct Session : std::enable_shared_from_this<Session> {
  void members_ok() {
    http::async_read(stream, buffer, request,
                     beast::bind_front_handler(&Session::on_read_bad,
                                               shared_from_this()));
  }
  void on_read_bad(error_code, std::size_t) {
    block(); // warn: coro-blocking-call
  }
  void never_handed_ok() { block(); }

  beast::tcp_stream stream;
  beast::flat_buffer buffer;
  Request request;
};
