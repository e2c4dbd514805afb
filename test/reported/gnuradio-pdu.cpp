// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/gnuradio/gnuradio/issues/1420
#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/write.hpp>
#include <array>
#include <cstring>
#include <memory>
#include <vector>
struct Pdu { std::vector<char> bytes; };
class tcp_connection : public std::enable_shared_from_this<tcp_connection> {
  asio::ip::tcp::socket d_socket;
  std::array<char, 4096> d_buf;
  void handle_write(const std::error_code &, std::size_t) {}

public:
  void send_bad(const Pdu &pdu) {
    std::vector<char> txbuf(pdu.bytes.size());
    std::memcpy(&txbuf[0], &pdu.bytes[0], pdu.bytes.size());
    std::size_t offset = 0;
    while (offset < txbuf.size()) {
      std::size_t len = std::min(txbuf.size() - offset, d_buf.size());
      asio::async_write(d_socket, asio::buffer(&txbuf[offset], len), // warn: coro-dangling-reference
                        [self = shared_from_this()](const std::error_code &e, std::size_t n) { self->handle_write(e, n); });
      offset += len;
    }
  }
  // the first remedy: a shared pointer that nobody else keeps
  void send_shared_bad(const Pdu &pdu) {
    std::size_t size = pdu.bytes.size();
    std::shared_ptr<char[]> txbuf(new char[size]);
    std::memcpy(txbuf.get(), &pdu.bytes[0], size);
    asio::async_write(d_socket, asio::buffer(txbuf.get(), size), // warn: coro-dangling-reference
                      [self = shared_from_this()](const std::error_code &e, std::size_t n) { self->handle_write(e, n); });
  }
  void send_and_run_ok(asio::io_context &io, const Pdu &pdu) {
    std::vector<char> txbuf(pdu.bytes);
    for (std::size_t offset = 0; offset < txbuf.size(); offset += d_buf.size()) {
      io.run_one();
      asio::async_write(d_socket, asio::buffer(&txbuf[offset], d_buf.size()),
                        [self = shared_from_this()](const std::error_code &e, std::size_t n) { self->handle_write(e, n); });
    }
  }
  void send_ok(const Pdu &pdu) {
    std::size_t size = pdu.bytes.size();
    std::shared_ptr<char[]> txbuf(new char[size]);
    std::memcpy(txbuf.get(), &pdu.bytes[0], size);
    asio::async_write(d_socket, asio::buffer(txbuf.get(), size),
                      [self = shared_from_this(), txbuf](const std::error_code &e, std::size_t n) { self->handle_write(e, n); });
  }
};
