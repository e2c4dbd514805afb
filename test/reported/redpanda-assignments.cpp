// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/12551
// An accessor returns a reference to a topic's assignments, and the loop over
// them suspends while partitions are reassigned.

#include <map>
#include <seastar/seastar.hh>
#include <set>

using seastar::future;
future<> expire(int partition);

class Topic {
  std::set<int> assigned;

public:
  const std::set<int> &assignments() const { return assigned; }
  void assign(int partition) { assigned.insert(partition); }
  void unassign(int partition) { assigned.erase(partition); }
};

struct Frontend {
  std::map<int, Topic> topics;

  future<> loop_bad(int topic) {
    for (int partition : topics[topic].assignments()) // warn: coro-stale-state
      co_await expire(partition);
  }
  future<> each_bad(int topic) {
    co_await seastar::max_concurrent_for_each(topics[topic].assignments(), 5, expire); // warn: coro-stale-state
  }
  future<> loop_ok(int topic) {
    const std::set<int> all = topics[topic].assignments();
    for (int partition : all)
      co_await expire(partition);
  }
};
