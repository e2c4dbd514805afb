// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/29846
// A function that took an rvalue reference became a coroutine: its frame keeps
// the reference, and the lambda that owned the request is gone after the first
// suspension.

#include <seastar/seastar.hh>
#include <vector>

using seastar::future;
struct Request {
  std::vector<int> states;
};
void reply(int state);

struct Backend {
  seastar::gate gate;

  future<> check_bad(Request &&request) { // warn: coro-dangling-reference
    for (int state : request.states) {
      reply(state);
      co_await seastar::coroutine::maybe_yield();
    }
  }
  future<> check_ok(Request request) {
    for (int state : request.states) {
      reply(state);
      co_await seastar::coroutine::maybe_yield();
    }
  }
  void send(Request request, Request other) {
    (void)seastar::with_gate(gate, [this, request = std::move(request)]() mutable {
      return check_bad(std::move(request));
    });
    (void)seastar::with_gate(gate, [this, other = std::move(other)]() mutable {
      return check_ok(std::move(other));
    });
  }
};
