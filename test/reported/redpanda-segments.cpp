// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/11956
// A loop over the segments of a log suspends in its body; whoever rolls or
// truncates the log invalidates the loop's iterators.

#include <deque>
#include <memory>
#include <seastar/seastar.hh>

using seastar::future;
struct Segment {
  bool bogus = false;
  future<long> last_timestamp();
};

struct Log {
  std::deque<std::shared_ptr<Segment>> segments;
  void roll() { segments.push_back(std::make_shared<Segment>()); }
  void truncate() { segments.pop_front(); }

  future<> mark_bad(long now) {
    for (auto &segment : segments) // warn: coro-stale-state
      if (co_await segment->last_timestamp() > now)
        segment->bogus = true;
  }
  future<> mark_ok(long now) {
    auto all = segments;
    for (auto &segment : all)
      if (co_await segment->last_timestamp() > now)
        segment->bogus = true;
  }
};
