// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// A coroutine that has closed a gate does not overlap with the work behind it.

#include <map>
#include <memory>
#include <seastar/seastar.hh>
using seastar::future;

struct Cache {
  future<> fill(int size);
};
future<> spawn_with_gate(seastar::gate &gate, auto callable);
future<> later();

// The scan enters the gate that `stop` closes before it acts.
class Closed {
  seastar::gate gate;
  std::unique_ptr<Cache> cache;
  bool stopping();

  future<> scan() {
    if (cache)
      co_return;
    auto made = std::make_unique<Cache>();
    co_await made->fill(100);
    cache = std::move(made);
  }
  future<> scans() {
    while (!stopping())
      co_await scan();
  }

public:
  future<> start() {
    (void)spawn_with_gate(gate, [this] { return scans(); });
    co_return;
  }
  future<> stop_ok() {
    co_await gate.close();
    if (cache) {
      co_await cache->fill(0);
      cache.reset();
    }
  }
};

// The gate is closed too late.
class ClosedLater {
  seastar::gate gate;
  std::unique_ptr<Cache> cache;

  future<> scan() {
    auto holder = gate.hold();
    if (cache)
      co_return;
    auto made = std::make_unique<Cache>();
    co_await made->fill(100);
    cache = std::move(made); // warn: coro-stale-state
  }

public:
  future<> start() { return scan(); }
  future<> stop_bad() {
    if (cache) {
      co_await cache->fill(0);
      cache.reset(); // warn: coro-stale-state
    }
    co_await gate.close();
  }
};

// The other function does not enter the gate.
class NotEntered {
  seastar::gate gate;
  std::unique_ptr<Cache> cache;

public:
  void replace() { cache = std::make_unique<Cache>(); }
  future<> work() {
    auto holder = gate.hold();
    co_await later();
  }
  future<> stop_bad() {
    co_await gate.close();
    if (cache) {
      co_await cache->fill(0);
      cache.reset(); // warn: coro-stale-state
    }
  }
};
