// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
// An operation with a completion handler uses its buffers until it calls that:
// long after the function has returned which started it.

#include <array>
#include <asio.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>
using asio::ip::tcp;

std::string greeting();
void wait_for(int);

class Session {
  tcp::socket socket;
  std::string kept;
  std::array<char, 128> input;
  int pending = 0;

  void done(std::error_code, std::size_t) {}
  auto handler() {
    return [this](std::error_code e, std::size_t n) { done(e, n); };
  }

public:
  void local_bad() {
    std::string text = greeting();
    asio::async_write(socket, asio::buffer(text), [](std::error_code, std::size_t) {}); // warn: coro-dangling-reference
  }
  void array_bad() {
    char answer[16] = {};
    socket.async_read_some(asio::buffer(answer, 8), [](std::error_code, std::size_t) {}); // warn: coro-dangling-reference
  }
  void parameter_bad(std::vector<char> data) {
    socket.async_write_some(asio::buffer(data.data(), data.size()), handler()); // warn: coro-dangling-reference
  }
  void named_buffer_bad() {
    std::string text = greeting();
    auto view = asio::buffer(text);
    asio::async_write(socket, view, handler()); // warn: coro-dangling-reference
  }
  void temporary_bad() {
    asio::async_write(socket, asio::buffer(std::string("hello")), handler()); // warn: coro-dangling-reference
  }
  void dynamic_bad() {
    std::string line;
    asio::async_read_until(socket, asio::dynamic_buffer(line), '\n', handler()); // warn: coro-dangling-reference
  }

  /// The buffer is a part of a local object.
  void owned_bad() {
    asio::streambuf text;
    asio::async_write(socket, text.data(), handler()); // warn: coro-dangling-reference
  }
  asio::streambuf written;
  void owned_ok() { asio::async_write(socket, written.data(), handler()); }
  void owned_reference_ok(asio::streambuf &text) { asio::async_write(socket, text.data(), handler()); }
  /// It may refer to something that it shares.
  struct Message {
    std::shared_ptr<std::string> text;
    asio::const_buffer buffer() const;
    ~Message();
  };
  std::vector<Message> queue;
  void shared_message_ok() {
    Message message = queue.front();
    asio::async_write(socket, message.buffer(), handler());
  }

  void member_ok() {
    kept = greeting();
    asio::async_write(socket, asio::buffer(kept), handler());
    socket.async_read_some(asio::buffer(input), handler());
  }
  void literal_ok() { asio::async_write(socket, asio::buffer("hello", 5), handler()); }
  void constant_ok() {
    static const std::string text = greeting();
    asio::async_write(socket, asio::buffer(text), handler());
  }
  void view_ok(std::string_view text) { asio::async_write(socket, asio::buffer(text), handler()); }
  void reference_ok(const std::string &text) { asio::async_write(socket, asio::buffer(text), handler()); }
  void shared_ok() {
    auto text = std::make_shared<std::string>(greeting());
    asio::async_write(socket, asio::buffer(*text), [text](std::error_code, std::size_t) {});
  }
  void moved_ok() {
    auto text = std::make_unique<std::string>(greeting());
    auto view = asio::buffer(*text);
    asio::async_write(socket, view, [text = std::move(text)](std::error_code, std::size_t) {});
  }
  /// What the buffer shows lies in the heap, and goes on to live in the handler.
  void moved_vector_ok() {
    std::vector<char> text(100);
    auto view = asio::buffer(text);
    asio::async_write(socket, view, [text = std::move(text)](std::error_code, std::size_t) {});
  }
  void pointer_ok(const char *data, std::size_t size) {
    asio::async_write(socket, asio::buffer(data, size), handler());
  }
  void waited_ok() {
    std::string text = greeting();
    asio::async_write(socket, asio::buffer(text), [this](std::error_code, std::size_t) { --pending; });
    wait_for(pending);
  }
  void future_ok() {
    std::string text = greeting();
    asio::async_write(socket, asio::buffer(text), asio::use_future).get();
  }
  void synchronous_ok() {
    std::string text = greeting();
    asio::write(socket, asio::buffer(text));
  }
  asio::awaitable<void> awaited_ok() {
    std::string text = greeting();
    co_await asio::async_write(socket, asio::buffer(text), asio::use_awaitable);
  }
  void loop_ok(asio::io_context &loop) {
    std::string text = greeting();
    asio::async_write(socket, asio::buffer(text), handler());
    loop.run();
  }
};

/// The buffer is of what the caller passes, and the caller does not know.
class Connection {
  tcp::socket socket;
  std::string kept;

  void send(const char *data, std::size_t size) {
    asio::async_write(socket, asio::buffer(data, size), [this](std::error_code, std::size_t) { kept.clear(); });
  }
  void send_now(const char *data, std::size_t size) { asio::write(socket, asio::buffer(data, size)); }

public:
  void lent_bad(int n) {
    std::string text = std::to_string(n);
    send(text.data(), text.size()); // warn: coro-dangling-reference
  }
  void lent_ok(int n) {
    kept = std::to_string(n);
    send(kept.data(), kept.size());
  }
  void literal_ok() { send("hello", 5); }
  void now_ok(int n) {
    std::string text = std::to_string(n);
    send_now(text.data(), text.size());
  }
};

int main() {
  asio::io_context loop;
  tcp::socket socket(loop);
  std::string text = greeting();
  asio::async_write(socket, asio::buffer(text), [](std::error_code, std::size_t) {});
  loop.run();
}
