// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/pull/30068
// The iterator of a group's state is kept while the group's compaction ends, and erases the state. A guard that is
// destroyed meanwhile has erased it already.
#include <memory>
#include <seastar/seastar.hh>
#include <unordered_map>
using seastar::future;
struct compaction_group;
class compaction_manager {
  struct state {
    int disabled = 0;
    bool running = false;
    future<> completed();
  };
  using states = std::unordered_map<compaction_group *, std::unique_ptr<state>>;
  states groups;
  void maybe_erase(states::iterator it) {
    if (!it->second->running && it->second->disabled == 0)
      groups.erase(it);
  }

public:
  void enable(compaction_group &cg) {
    auto it = groups.find(&cg);
    if (it != groups.end()) {
      --it->second->disabled;
      maybe_erase(it);
    }
  }
  future<> stop_bad(compaction_group &cg) {
    auto it = groups.find(&cg);
    if (it == groups.end())
      co_return;
    co_await it->second->completed();
    groups.erase(it); // warn: coro-stale-state
  }
  future<> stop_ok(compaction_group &cg) {
    auto it = groups.find(&cg);
    if (it == groups.end())
      co_return;
    co_await it->second->completed();
    groups.erase(&cg);
  }
};
