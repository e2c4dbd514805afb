// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// An address with a host name asks the resolver in its constructor.

#include <folly/folly.h>

folly::coro::Task<> connect_to(folly::SocketAddress);

folly::coro::Task<> dial_bad(std::string host) {
  folly::SocketAddress address(host, 443, true); // warn: coro-blocking-call
  co_await connect_to(address);
}

folly::coro::Task<> dial_ok(std::string host) {
  folly::SocketAddress address(host, 443);
  co_await connect_to(address);
}
