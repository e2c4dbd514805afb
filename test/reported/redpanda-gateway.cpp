// RUN: %check_corolint %s coro-early-release %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/13493
// What was a coroutine became a plain lambda: the gate that it enters is left
// when the lambda returns its future.

#include <seastar/seastar.hh>
#include <vector>
using seastar::future;

struct Gateway {
  seastar::gate gate;
  future<std::vector<int>> listOne(int partition);
};
struct Frontend {
  seastar::sharded<Gateway> gateways;
  future<std::vector<int>> reported_bad(int partition) {
    return gateways.invoke_on(0, [partition](Gateway &self) {
      auto held = self.gate.hold();
      return self.listOne(partition); // warn: coro-early-release
    });
  }
  future<std::vector<int>> mended_ok(int partition) {
    return gateways.invoke_on(0, [partition](Gateway &self) {
      auto held = self.gate.hold();
      return self.listOne(partition).finally([held = std::move(held)] {});
    });
  }
};
