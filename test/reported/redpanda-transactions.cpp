// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/12043
// An iterator walks over the segments of a manifest, and each segment on the way is asked for its aborted
// transactions, which waits. The manifest is truncated meanwhile.
#include <deque>
#include <iterator>
#include <seastar/seastar.hh>
#include <set>
#include <vector>
using seastar::future;
struct tx_range {
  long first, last;
};
class partition_manifest {
  std::set<long> segments;

public:
  using const_iterator = std::set<long>::const_iterator;
  const_iterator segment_containing(long offset) const {
    auto it = segments.upper_bound(offset);
    return it == segments.begin() ? segments.end() : std::prev(it);
  }
  const_iterator end() const { return segments.end(); }
  void add(long base) { segments.insert(base); }
  void truncate(long start) { segments.erase(segments.begin(), segments.lower_bound(start)); }
};
class remote_partition {
  const partition_manifest &manifest;
  future<std::vector<tx_range>> transactions_of(long base);

public:
  explicit remote_partition(const partition_manifest &m) : manifest(m) {}
  future<std::vector<tx_range>> aborted_transactions_bad(long begin, long end) {
    std::vector<tx_range> result;
    for (auto it = manifest.segment_containing(begin); it != manifest.end(); ++it) { // warn: coro-stale-state
      if (*it > end)
        break;
      auto ranges = co_await transactions_of(*it);
      result.insert(result.end(), ranges.begin(), ranges.end());
    }
    co_return result;
  }
  future<std::vector<tx_range>> aborted_transactions_ok(long begin, long end) {
    std::vector<tx_range> result;
    std::deque<long> bases;
    for (auto it = manifest.segment_containing(begin); it != manifest.end() && *it <= end; ++it)
      bases.push_back(*it);
    for (long base : bases) {
      auto ranges = co_await transactions_of(base);
      result.insert(result.end(), ranges.begin(), ranges.end());
    }
    co_return result;
  }
};
