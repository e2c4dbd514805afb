// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/issues/22040
// Also https://github.com/scylladb/scylladb/issues/21925. "Gently" means that the loop over
// the set gives way; compaction inserts and erases meanwhile.
#include <functional>
#include <seastar/seastar.hh>
#include <unordered_set>
using seastar::future;
struct Sstable;
using SstableList = std::unordered_set<Sstable *>;

class PartitionedSstableSet {
  seastar::lw_shared_ptr<SstableList> all;

public:
  void insert(Sstable *sst) { all->insert(sst); }
  void erase(Sstable *sst) { all->erase(sst); }

  future<bool> for_each_gently_until_bad(std::function<future<bool>(Sstable *)> func) const {
    for (auto &sst : *all) { // warn: coro-stale-state
      if (co_await func(sst))
        co_return true;
    }
    co_return false;
  }
  future<bool> for_each_gently_until_ok(std::function<future<bool>(Sstable *)> func) const {
    SstableList snapshot = *all;
    for (auto &sst : snapshot) {
      if (co_await func(sst))
        co_return true;
    }
    co_return false;
  }
};
