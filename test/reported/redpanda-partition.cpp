// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/5704
// A loop by iterator over the segments of a partition waits for each; an
// upload inserts into the map.

#include <iterator>
#include <seastar/seastar.hh>
#include <unordered_map>
#include <vector>
using seastar::future;
struct Tx { long id; };
struct RemoteSegment { future<std::vector<Tx>> aborted(long from, long to); };

class RemotePartition {
  std::unordered_map<long, RemoteSegment> segments; // (there an absl::btree_map)

public:
  void updateIncrementally(long offset) { segments.emplace(offset, RemoteSegment()); }
  void evict(long offset) { segments.erase(offset); }

  future<std::vector<Tx>> reported_bad(long from, long to) {
    std::vector<Tx> result;
    for (auto it = segments.find(from); it != segments.end(); ++it) { // warn: coro-stale-state
      auto found = co_await it->second.aborted(from, to);
      result.insert(result.end(), found.begin(), found.end());
    }
    co_return result;
  }
  future<std::vector<Tx>> mended_ok(long from, long to) {
    std::vector<long> keys;
    for (auto &[key, segment] : segments)
      keys.push_back(key);
    std::vector<Tx> result;
    for (long key : keys) {
      auto it = segments.find(key);
      if (it == segments.end())
        continue;
      auto found = co_await it->second.aborted(from, to);
      result.insert(result.end(), found.begin(), found.end());
    }
    co_return result;
  }
};
