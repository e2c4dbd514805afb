// RUN: %check_corolint %s coro-discarded-task %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/8431
// Housekeeping takes the lock of the rolling segments, but does not await the units.
#include <seastar/seastar.hh>
class mutex {
  seastar::semaphore _sem{1};

public:
  using units = seastar::semaphore_units<>;
  seastar::future<units> get_units() { return seastar::get_units(_sem, 1); }
};
class disk_log {
  mutex _segments_rolling_lock;
  seastar::gate _compaction_housekeeping_gate;
  seastar::future<> force_roll();

public:
  seastar::future<> do_housekeeping_bad() {
    auto gate = _compaction_housekeeping_gate.hold();
    auto lock = _segments_rolling_lock.get_units(); // warn: coro-discarded-task
    co_await force_roll();
  }
  seastar::future<> do_housekeeping_ok() {
    auto gate = _compaction_housekeeping_gate.hold();
    auto lock = co_await _segments_rolling_lock.get_units();
    co_await force_roll();
  }
};
