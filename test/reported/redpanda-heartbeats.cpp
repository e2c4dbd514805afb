// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/26996
// Heartbeats are collected with an asynchronous loop over another object's followers; a
// configuration change removes some of them meanwhile.
#include <seastar/seastar.hh>
#include <unordered_map>
#include <vector>
using seastar::future;
struct FollowerMeta { long lastSent = 0; };

template <typename Iterator, typename F>
future<> asyncForEach(Iterator begin, Iterator end, F f) {
  for (; begin != end; ++begin) {
    f(*begin);
    co_await seastar::coroutine::maybe_yield();
  }
}

class FollowerStats {
  std::unordered_map<int, FollowerMeta> followers;

public:
  auto begin() { return followers.begin(); }
  auto end() { return followers.end(); }
  void updateWithConfiguration(const std::vector<int> &nodes) {
    std::erase_if(followers, [&](auto &f) { return nodes.empty(); });
    for (int n : nodes)
      followers.try_emplace(n);
  }
};
class Consensus {
  friend class HeartbeatManager;
  FollowerStats fstats;

public:
  void onNewConfiguration(const std::vector<int> &nodes) { fstats.updateWithConfiguration(nodes); }
};

class HeartbeatManager {
  std::vector<seastar::lw_shared_ptr<Consensus>> groups;

public:
  future<> requests_bad(seastar::lw_shared_ptr<Consensus> r, std::vector<int> &pending) {
    co_await asyncForEach(r->fstats.begin(), r->fstats.end(), // warn: coro-stale-state
                          [&pending](auto &f) { pending.push_back(f.first); });
  }
  future<> requests_ok(seastar::lw_shared_ptr<Consensus> r, std::vector<int> &pending) {
    for (auto &f : r->fstats)
      pending.push_back(f.first);
    co_await seastar::coroutine::maybe_yield();
  }
};
