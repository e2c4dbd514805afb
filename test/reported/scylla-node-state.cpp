// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/issues/17402
// A pointer into the topology is used in the handler of an error after a
// command whose sending let go of the lock: a reload replaced the topology
// meanwhile.

#include <map>
#include <seastar/seastar.hh>
#include <string>

using seastar::future;

struct Replica {
  int state = 0;
};
void log(std::string what, int state);

class Coordinator {
  std::map<int, Replica> nodes;
  future<std::map<int, Replica>> load();
  future<> command(int node);

public:
  future<> reload() { nodes = co_await load(); }

  future<> roll_back_bad(int node) {
    Replica &replica = nodes[node];
    bool failed = false;
    try {
      co_await command(node);
    } catch (...) {
      failed = true;
    }
    if (failed)
      log("no barrier", replica.state); // warn: coro-stale-state
  }

  future<> roll_back_ok(int node) {
    bool failed = false;
    try {
      co_await command(node);
    } catch (...) {
      failed = true;
    }
    if (failed)
      log("no barrier", nodes[node].state);
  }
};
