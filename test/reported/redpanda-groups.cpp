// RUN: %check_corolint %s coro-stale-state,coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/4235
// Detaching a partition looks it up, shuts its groups down, and erases it by the iterator
// of before. The lambda's captures go when it first suspends, too.
#include <seastar/seastar.hh>
#include <string>
#include <unordered_map>
#include <vector>
using seastar::future;

namespace ssx {
template <typename F> void spawn_with_gate(seastar::gate &, F &&func) { (void)func(); }
} // namespace ssx
struct Group { future<> shutdown(); };
struct AttachedPartition {
  bool loading = true;
  std::vector<seastar::lw_shared_ptr<Group>> groups;
};

class GroupManager {
  seastar::gate gate;
  std::unordered_map<std::string, seastar::lw_shared_ptr<AttachedPartition>> partitions;

  future<> doDetach(std::string ntp) {
    auto it = partitions.find(ntp);
    if (it == partitions.end())
      co_return;
    auto p = it->second;
    p->loading = false;
    for (auto &g : p->groups)
      co_await g->shutdown();
    partitions.erase(it); // warn: coro-stale-state
  }

public:
  void attachPartition(const std::string &ntp) {
    partitions.insert_or_assign(ntp, seastar::lw_shared_ptr<AttachedPartition>());
  }
  void detach_bad(const std::string &ntp) {
    ssx::spawn_with_gate(gate, [this, ntp]() -> future<> {
      auto it = partitions.find(ntp);
      if (it == partitions.end())
        co_return;
      auto p = it->second;
      p->loading = false;
      for (auto &g : p->groups)
        co_await g->shutdown();
      partitions.erase(it); // warn: coro-stale-state,coro-dangling-reference
    });
  }
  void detach_member_bad(const std::string &ntp) {
    ssx::spawn_with_gate(gate, [this, ntp] { return doDetach(ntp); });
  }
  void detach_ok(const std::string &name) {
    ssx::spawn_with_gate(gate, [this, name]() -> future<> {
      auto self = this;
      auto ntp = name;
      auto it = self->partitions.find(ntp);
      if (it == self->partitions.end())
        co_return;
      auto p = it->second;
      p->loading = false;
      for (auto &g : p->groups)
        co_await g->shutdown();
      self->partitions.erase(ntp);
    });
  }
};
