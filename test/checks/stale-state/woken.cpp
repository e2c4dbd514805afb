// RUN: %check_corolint %s coro-stale-state %t -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/queue.yaml"}}' \
// RUN:   -- -I%S/Inputs
// A wait for a predicate whose waiter is resumed some time after the predicate
// was true.
#include "coro.h"
#include "predicate.h"
#include <deque>

coro::task<> run(int);

struct Jobs {
  std::deque<int> pending;
  stub::condition added;
  void add(int job) {
    pending.push_back(job);
    added.signal();
  }
  int take() {
    int job = pending.front();
    pending.pop_front();
    return job;
  }

  coro::task<> worker_bad() {
    while (true) {
      co_await added.wait([this] { return !pending.empty(); });
      co_await run(take()); // warn: coro-stale-state
    }
  }
  coro::task<> worker_ok() {
    while (true) {
      co_await added.wait([this] { return !pending.empty(); });
      if (!pending.empty())
        co_await run(take());
    }
  }
};
