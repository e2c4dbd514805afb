// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/9029
// Between the moment when a condition variable's predicate holds and the one
// when the coroutine goes on, another takes the last job.

#include <deque>
#include <seastar/seastar.hh>

using seastar::future;
future<> run(int job);

struct Jobs {
  std::deque<int> pending;
  seastar::condition_variable added;
  bool stopped = false;

  void add(int job) {
    pending.push_back(job);
    added.signal();
  }
  int take() {
    int job = pending.front();
    pending.pop_front();
    return job;
  }

  future<> work_bad() {
    while (!stopped) {
      co_await added.wait([this] { return !pending.empty(); });
      co_await run(take()); // warn: coro-stale-state
    }
  }
  future<> work_ok() {
    while (!stopped) {
      co_await added.wait([this] { return !pending.empty(); });
      if (!pending.empty())
        co_await run(take());
    }
  }
};
