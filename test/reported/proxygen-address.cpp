// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/facebook/proxygen/issues/133
// An address is made with a look-up, on the thread of the event loop.

#include <folly/folly.h>
#include <string>
using folly::coro::Task;
Task<int> connect(folly::SocketAddress address);

Task<int> reported_bad(std::string host) {
  folly::SocketAddress address(host, 443, true); // warn: coro-blocking-call
  co_return co_await connect(address);
}
folly::SocketAddress lookUp(const std::string &host) { return folly::SocketAddress(host, 443, /*allowNameLookup=*/true); }
Task<int> helper_bad(std::string host) {
  co_return co_await connect(lookUp(host)); // warn: coro-blocking-call
}
Task<int> mended_ok(std::string ip) {
  folly::SocketAddress address(ip, 443);
  co_return co_await connect(address);
}
