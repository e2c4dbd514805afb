// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/19836
// An optimisation keeps an iterator into the index while entries are spilled one by one; a
// concurrent insertion rehashes.
#include <seastar/seastar.hh>
#include <string>
#include <unordered_map>
using seastar::future;

class SpillKeyIndex {
  std::unordered_map<std::string, long> midx;
  std::size_t maxEntries = 512;
  future<> spill(const std::string &key, long offset);

public:
  future<> index(std::string key, long offset) {
    if (midx.size() > maxEntries)
      co_await make_room_ok();
    midx.insert_or_assign(std::move(key), offset);
  }
  future<> make_room_bad() {
    auto it = midx.begin();
    while (midx.size() > maxEntries / 2) {
      auto node = midx.extract(it++); // warn: coro-stale-state
      co_await spill(node.key(), node.mapped());
    }
  }
  future<> make_room_ok() {
    while (midx.size() > maxEntries / 2) {
      auto node = midx.extract(midx.begin());
      co_await spill(node.key(), node.mapped());
    }
  }
};
