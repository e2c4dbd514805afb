// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// A lock isolates only from code that takes the same one.

#include <memory>
#include <mutex>
#include <seastar/seastar.hh>
#include <vector>

using seastar::future;
future<int> load();
future<std::shared_ptr<int>> make();
void use(int);

struct Session {
  seastar::shared_mutex first, second;
  seastar::semaphore units{1}, others{1};
  std::mutex thread;
  std::shared_ptr<int> thing;
  std::vector<int> items;

  future<> under_second() {
    co_await second.lock();
    thing.reset();
    second.unlock();
  }
  future<> checked_bad() {
    co_await first.lock();
    if (thing) {
      int n = co_await load();
      use(*thing + n); // warn: coro-stale-state
    }
    first.unlock();
  }
  future<> same_ok() {
    co_await second.lock();
    if (thing) {
      int n = co_await load();
      use(*thing + n);
    }
    second.unlock();
  }
  future<> both_ok() {
    co_await first.lock();
    co_await second.lock();
    if (thing) {
      int n = co_await load();
      use(*thing + n);
    }
    second.unlock();
    first.unlock();
  }
  future<> checked_again_ok() {
    co_await first.lock();
    if (thing) {
      int n = co_await load();
      if (thing)
        use(*thing + n);
    }
    first.unlock();
  }

  future<> adds() {
    auto held = co_await seastar::get_units(others, 1);
    items.push_back(1);
  }
  future<> kept_bad() {
    auto held = co_await seastar::get_units(units, 1);
    for (int item : items) // warn: coro-stale-state
      use(item + co_await load());
  }
  future<> kept_ok() {
    auto held = co_await seastar::get_units(others, 1);
    for (int item : items)
      use(item + co_await load());
  }
};

// The interferer's lock is not known.
struct Helped {
  seastar::shared_mutex first, second;
  seastar::shared_mutex &alias;
  std::shared_ptr<int> thing;
  future<> enter();
  void leave();

  future<> through_helper() {
    co_await enter();
    co_await second.lock();
    thing.reset();
    second.unlock();
    leave();
  }
  future<> through_alias() {
    co_await alias.lock();
    thing.reset();
    alias.unlock();
  }
  future<> ok() {
    co_await first.lock();
    if (thing) {
      int n = co_await load();
      use(*thing + n);
    }
    first.unlock();
  }
};

// A caller may hold the lock.
struct Called {
  seastar::shared_mutex first, second;
  std::shared_ptr<int> thing;

  future<> inner() {
    co_await second.lock();
    thing.reset();
    second.unlock();
  }
  future<> outer() {
    co_await first.lock();
    co_await inner();
    first.unlock();
  }
  future<> ok() {
    co_await first.lock();
    if (thing) {
      int n = co_await load();
      use(*thing + n);
    }
    first.unlock();
  }
};

// Whoever takes no lock is assumed to know why.
struct Unlocked {
  seastar::shared_mutex first;
  std::shared_ptr<int> thing;
  void reset() { thing.reset(); }
  future<> ok() {
    co_await first.lock();
    if (thing) {
      int n = co_await load();
      use(*thing + n);
    }
    first.unlock();
  }
};
