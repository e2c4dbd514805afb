// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// https://github.com/boostorg/beast/issues/899
// A websocket session renders what it is asked for before it reads again: no
// pong is sent meanwhile, and the peer gives up.

#include <boost/asio.hpp>
#include <boost/asio/spawn.hpp>
#include <boost/beast.hpp>
#include <cstdlib>
#include <functional>
#include <memory>

namespace net = boost::asio;
namespace beast = boost::beast;
using beast::error_code;
using Stream = beast::websocket::stream<beast::tcp_stream>;

void render() { std::system("render"); }

void stackful_bad(net::io_context &io, Stream &stream) {
  net::spawn(io, [&stream](net::yield_context yield) {
    beast::flat_buffer buffer;
    stream.async_read(buffer, yield);
    render(); // warn: coro-blocking-call
  });
}

struct Session : std::enable_shared_from_this<Session> {
  Stream stream;
  net::strand<net::io_context::executor_type> strand;
  beast::flat_buffer buffer;
  net::thread_pool &workers;

  void read_bad() {
    stream.async_read(buffer, [self = shared_from_this()](error_code, std::size_t) {
      render(); // warn: coro-blocking-call
    });
    stream.async_read(buffer, beast::bind_front_handler(&Session::on_read, shared_from_this()));
  }
  void on_read(error_code, std::size_t) {
    render(); // warn: coro-blocking-call
  }
  void wait_bad() {
    stream.next_layer().socket().async_wait(
        net::socket_base::wait_read,
        net::bind_executor(strand, std::bind(&Session::on_ready, shared_from_this(),
                                             std::placeholders::_1)));
  }
  void on_ready(error_code) {
    render(); // warn: coro-blocking-call
  }
  void read_ok() {
    stream.async_read(buffer, [self = shared_from_this()](error_code, std::size_t) {
      net::post(self->workers, [self] {
        render();
        net::post(self->strand, [self] { self->read_ok(); });
      });
    });
  }
};
