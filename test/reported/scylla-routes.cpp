// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/pull/27795
// A coroutine that retries takes its function by reference. The lambda that calls it on another shard is no coroutine,
// so that the function ends with the lambda's return statement.
#include <exception>
#include <seastar/seastar.hh>
#include <string>
#include <utility>
#include <vector>
using seastar::future;
struct concurrent_modification : std::exception {};
class client_routes {
  seastar::sharded<client_routes> &peers;
  future<> write(const std::string &route);
  future<> set_routes_inner(const std::vector<std::string> &routes) {
    for (const auto &route : routes)
      co_await write(route);
  }
  template <typename Func> future<> with_retry_bad(Func &&func) const {
    for (int retries = 10; retries > 0; --retries) {
      try {
        co_await func();
        co_return;
      } catch (const concurrent_modification &) {
      }
    }
  }
  template <typename Func> future<> with_retry_ok(Func func) const {
    for (int retries = 10; retries > 0; --retries) {
      try {
        co_await func();
        co_return;
      } catch (const concurrent_modification &) {
      }
    }
  }

public:
  future<> set_routes_bad(std::vector<std::string> routes) {
    return peers.invoke_on(0, [routes = std::move(routes)](client_routes &cr) -> future<> {
      return cr.with_retry_bad([&] { return cr.set_routes_inner(routes); }); // warn: coro-dangling-reference
    });
  }
  future<> set_routes_ok(std::vector<std::string> routes) {
    return peers.invoke_on(0, [routes = std::move(routes)](client_routes &cr) mutable -> future<> {
      return cr.with_retry_ok([&cr, routes = std::move(routes)] { return cr.set_routes_inner(routes); });
    });
  }
};
