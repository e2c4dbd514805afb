// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/pull/28772
// A handler keeps a reference to an element of a map, found by an iterator,
// while it streams; a reload of the state assigns the whole structure that the
// map is in.

#include <map>
#include <seastar/seastar.hh>
#include <vector>

using seastar::future;

struct Replica {
  std::vector<int> tokens;
};
struct Topology {
  std::map<int, Replica> normal;
};
future<> stream(int session);
future<> bootstrap(const std::vector<int> &tokens);

struct Storage {
  Topology topology;
  future<Topology> load();

  future<> reload() { topology = co_await load(); }

  future<> handle_bad(int self) {
    auto found = topology.normal.find(self);
    if (found == topology.normal.end())
      co_return;
    const auto &replica = found->second;
    co_await stream(1);
    co_await bootstrap(replica.tokens); // warn: coro-stale-state
  }

  future<> handle_ok(int self) {
    auto found = topology.normal.find(self);
    if (found == topology.normal.end())
      co_return;
    const auto replica = found->second;
    co_await stream(1);
    co_await bootstrap(replica.tokens);
  }
};
