// RUN: %check_corolint %s coro-early-release %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/16264
// Hydration enters the gate, but leaves it when it returns its future.
#include <optional>
#include <seastar/seastar.hh>
struct abort_source {};
class remote_segment {
  seastar::gate _gate;
  seastar::future<> do_hydrate(abort_source &as, int deadline);

public:
  seastar::future<> hydrate_bad(abort_source &as) {
    auto g = _gate.hold();
    return do_hydrate(as, 5); // warn: coro-early-release
  }
  seastar::future<> hydrate_ok(abort_source &as) {
    auto g = _gate.hold();
    return do_hydrate(as, 5).finally([holder = std::move(g)] {});
  }
};
