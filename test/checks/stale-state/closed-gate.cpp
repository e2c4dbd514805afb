// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// What a gate let in is over once the gate is closed.

#include <map>
#include <memory>
#include <seastar/seastar.hh>
using seastar::future;

struct Index {
  future<> drop();
};
struct Keeper {
  seastar::gate gate;
  std::unique_ptr<Index> index, other;
  void renew() {
    index.reset();
    other.reset();
  }

  future<> stop_ok() {
    co_await gate.close();
    if (index) {
      co_await index->drop();
      index.reset();
    }
  }
  future<> stop_without_gate_bad() {
    if (other) {
      co_await other->drop();
      other.reset(); // warn: coro-stale-state
    }
  }
};
