// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/Project-OSRM/osrm-backend/pull/1690
// The answer is compressed into a local vector and written asynchronously.

#include <asio/buffer.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/write.hpp>
#include <memory>
#include <vector>
std::vector<char> compress(const std::vector<char> &);
class Connection : public std::enable_shared_from_this<Connection> {
  asio::ip::tcp::socket TCP_socket;
  std::vector<char> content, compressed_output;
  void handle_write(const std::error_code &);

public:
  void handle_read_bad(const std::error_code &error, std::size_t) {
    if (error)
      return;
    std::vector<char> compressed = compress(content);
    asio::async_write(TCP_socket, asio::buffer(compressed), // warn: coro-dangling-reference
                      [self = shared_from_this()](const std::error_code &e, std::size_t) { self->handle_write(e); });
  }
  void handle_read_ok(const std::error_code &error, std::size_t) {
    if (error)
      return;
    compressed_output = compress(content);
    asio::async_write(TCP_socket, asio::buffer(compressed_output),
                      [self = shared_from_this()](const std::error_code &e, std::size_t) { self->handle_write(e); });
  }
};
