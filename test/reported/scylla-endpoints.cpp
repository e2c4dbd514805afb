// RUN: %check_corolint %s coro-discarded-task %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/pull/15362
// The gossiper keeps the future of a lock in a variable named lock, and never awaits it. The endpoints are cleared
// while another function holds the lock.
#include <seastar/seastar.hh>
#include <set>
#include <string>
using seastar::future;
class gossiper {
  seastar::sharded<gossiper> &peers;
  std::set<std::string> live_endpoints;
  seastar::semaphore endpoint_update{1};

  future<seastar::semaphore_units<>> lock_endpoint_update() { return seastar::get_units(endpoint_update, 1); }

public:
  future<> reset_endpoint_state_map_bad() {
    auto lock = lock_endpoint_update(); // warn: coro-discarded-task
    co_await peers.invoke_on_all([](gossiper &g) { g.live_endpoints.clear(); });
  }
  future<> reset_endpoint_state_map_ok() {
    auto lock = co_await lock_endpoint_update();
    co_await peers.invoke_on_all([](gossiper &g) { g.live_endpoints.clear(); });
  }
};
