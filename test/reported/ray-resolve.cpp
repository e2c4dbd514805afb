// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
// https://github.com/ray-project/ray/pull/49172
// A name is looked up, synchronously, by code that also runs on the thread of
// the io_context.

#include <asio.hpp>
#include <string>
#include <vector>

std::vector<std::string> resolve(asio::io_context &io, std::string name) {
  asio::ip::tcp::resolver resolver(io);
  std::vector<std::string> found;
  for (const auto &entry : resolver.resolve(name, "80"))
    found.push_back(entry.endpoint().address().to_string());
  return found;
}

void reconnect_bad(asio::io_context &io) {
  asio::post(io, [&io] {
    resolve(io, "sentinel"); // warn: coro-blocking-call
  });
}

void connect_ok(asio::io_context &io) {
  resolve(io, "sentinel");
  io.run();
}
