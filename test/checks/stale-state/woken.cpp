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

  // Several actions, other predicates, and state that is not what was awaited.
  coro::task<> direct_bad() {
    co_await added.wait([this] { return pending.size() > 1; });
    pending.pop_front(); // warn: coro-stale-state
  }
  coro::task<> read_bad() {
    co_await added.wait([this] { return !pending.empty(); });
    co_await run(pending.front()); // warn: coro-stale-state
  }
  coro::task<> asserted_by_loop_ok() {
    while (pending.empty())
      co_await added.wait([this] { return !pending.empty(); });
    pending.pop_front();
  }
  coro::task<> early_ok() {
    co_await added.wait([this] { return !pending.empty(); });
    if (pending.empty())
      co_return;
    pending.pop_front();
  }
  coro::task<> fill_bad() {
    co_await added.wait([this] { return pending.empty(); });
    pending.push_back(1); // warn: coro-stale-state
  }
};

// The only consumer: nobody takes a job away meanwhile.
struct OneConsumer {
  std::deque<int> pending;
  stub::condition added;
  void add(int job) {
    pending.push_back(job);
    added.signal();
  }
  coro::task<> worker_ok() {
    while (true) {
      co_await added.wait([this] { return !pending.empty(); });
      co_await run(pending.front());
      pending.pop_front();
    }
  }
};

// A flag that another function clears.
struct Gate {
  bool open = false;
  int value = 0;
  stub::condition changed;
  void toggle() {
    open = !open;
    changed.signal();
  }
  coro::task<> pass_ok() {
    co_await changed.wait([this] { return open; });
    value = 1;
  }
};
