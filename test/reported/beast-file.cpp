// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -DBOOST_ASIO_HAS_CO_AWAIT -DBOOST_ASIO_HAS_STD_COROUTINE
// https://github.com/boostorg/beast/issues/2752
// A coroutine of a single-threaded server reads a file.

#include <utility>
#include <boost/asio.hpp>
#include <boost/beast/core/file.hpp>
#include <vector>
namespace asio = boost::asio;
namespace beast = boost::beast;
asio::awaitable<void> send(std::vector<char> part);

asio::awaitable<void> reported_bad(const char *path) {
  beast::error_code ec;
  beast::file file;
  file.open(path, beast::file_mode::scan, ec); // warn: coro-blocking-call
  std::vector<char> buffer(65536);
  while (!ec) {
    std::size_t n = file.read(buffer.data(), buffer.size(), ec); // warn: coro-blocking-call
    if (n == 0)
      break;
    co_await send(std::vector<char>(buffer.begin(), buffer.begin() + n));
  }
}
std::vector<char> readAll(const char *path) {
  beast::error_code ec;
  beast::file file;
  file.open(path, beast::file_mode::scan, ec);
  std::vector<char> buffer(1 << 20);
  buffer.resize(file.read(buffer.data(), buffer.size(), ec));
  return buffer;
}
void mended_ok(asio::io_context &context, asio::thread_pool &pool, const char *path) {
  asio::post(pool, [&context, path] {
    auto content = readAll(path);
    asio::co_spawn(context, send(std::move(content)), asio::detached);
  });
}
