// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/luminousmining/miner/pull/132
// A request is serialised into a local string; its pointer is handed to a function
// that writes asynchronously.

#include <asio/buffer.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/write.hpp>
#include <memory>
#include <string>
struct Json { int id; };
std::string serialize(const Json &);
class Network {
  asio::ip::tcp::socket socket;
  void onSend(const std::error_code &, std::size_t);

public:
  void send(char const *data, std::size_t size) {
    asio::async_write(socket, asio::buffer(data, size),
                      [this](const std::error_code &e, std::size_t n) { onSend(e, n); });
  }
  void send_bad(const Json &root) {
    std::string str = serialize(root);
    str += "\n";
    send(str.c_str(), str.size()); // warn: coro-dangling-reference
  }
  void send_ok(const Json &root) {
    auto str = std::make_shared<std::string>(serialize(root));
    *str += "\n";
    asio::async_write(socket, asio::buffer(*str),
                      [this, str](const std::error_code &e, std::size_t n) { onSend(e, n); });
  }
};
