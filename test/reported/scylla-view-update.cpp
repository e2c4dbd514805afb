// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/pull/16541
// A yield was added to a coroutine that takes a mutation as an rvalue: the
// caller's mutation is gone before it is traced.

#include <seastar/seastar.hh>
#include <string>
#include <vector>
using seastar::future;
struct Mutation { std::string key; std::vector<char> bytes; };
void trace(const std::string &key);
future<> send(int endpoint, std::string key);

struct Proxy {
  std::vector<int> endpoints;

  future<> apply_bad(int target, Mutation &&m) { // warn: coro-dangling-reference
    co_await seastar::coroutine::maybe_yield();
    trace(m.key);
    co_await send(target, std::string());
  }
  future<> apply_ok(int target, Mutation m) {
    co_await seastar::coroutine::maybe_yield();
    trace(m.key);
    co_await send(target, std::string());
  }
  future<> push_bad(int target) {
    Mutation m{"k", {}};
    return apply_bad(target, std::move(m));
  }
  future<> push_ok(int target) {
    Mutation m{"k", {}};
    return apply_ok(target, std::move(m));
  }
};
