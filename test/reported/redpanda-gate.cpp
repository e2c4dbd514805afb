// RUN: %check_corolint %s coro-early-release %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/issues/15696
// A plain function enters a gate and returns a future: it leaves the gate when
// it returns, and the object may be gone before the transfer is over.

#include <seastar/seastar.hh>

using seastar::future;

struct Segment {
  seastar::gate gate;
  future<> transfer();

  future<> download_bad() {
    auto held = gate.hold();
    return transfer(); // warn: coro-early-release
  }
  future<> delayed_bad() {
    auto held = gate.hold();
    return seastar::sleep(std::chrono::seconds(1)).then([this] { return transfer(); }); // warn: coro-early-release
  }
  future<> download_ok() {
    auto held = gate.hold();
    co_await transfer();
  }
  future<> kept_ok() {
    auto held = gate.hold();
    return transfer().finally([held = std::move(held)] {});
  }
  future<> ready_ok() {
    auto held = gate.hold();
    return seastar::make_ready_future<>();
  }
};
