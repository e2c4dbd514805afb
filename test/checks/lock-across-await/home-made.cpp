// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// Locks of a project's own: mutexes made from an atomic, and guards whose
// destructor unlocks through any number of calls.

#include "coro.h"
#include <atomic>
#include <mutex>
using namespace coro;

class spin_lock {
  std::atomic<bool> taken{false};

public:
  void lock() {
    while (taken.exchange(true))
      ;
  }
  bool try_lock() { return !taken.exchange(true); }
  void unlock() { taken.store(false); }

  class guard {
    spin_lock &lock;

  public:
    explicit guard(spin_lock &l) : lock(l) { lock.lock(); }
    ~guard() { lock.unlock(); }
  };
};

task<> own_guard_bad(spin_lock &s) {
  spin_lock::guard g(s);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> own_guard_ok(spin_lock &s) {
  co_await async_op();
  spin_lock::guard g(s);
}

task<> by_hand_bad(spin_lock &s) {
  s.lock();
  co_await async_op(); // warn: coro-lock-across-await
  s.unlock();
}

task<> by_hand_ok(spin_lock &s) {
  s.lock();
  s.unlock();
  co_await async_op();
}

task<> tried_bad(spin_lock &s) {
  if (s.try_lock()) {
    co_await async_op(); // warn: coro-lock-across-await
    s.unlock();
  }
}

task<> tried_ok(spin_lock &s) {
  if (!s.try_lock())
    co_await async_op();
  else
    s.unlock();
}

task<> standard_guard_bad(spin_lock &s) {
  std::lock_guard g(s);
  co_await async_op(); // warn: coro-lock-across-await
}

// What looks like a mutex but never waits is none.
struct switch_only {
  bool on = false;
  void lock() { on = true; }
  void unlock() { on = false; }
};
task<> no_mutex_ok(switch_only &s) {
  s.lock();
  co_await async_op();
  s.unlock();
}

// A guard that unlocks through helpers.
class registry {
  std::mutex m;
  void leave_now() { m.unlock(); }

public:
  void enter() { m.lock(); }
  void leave() { leave_now(); }
  void add() {
    m.lock();
    m.unlock();
  }
};
class entry {
  registry &r;
  void finish() { r.leave(); }

public:
  explicit entry(registry &r) : r(r) { r.enter(); }
  ~entry() { finish(); }
};
task<> through_helpers_bad(registry &r) {
  entry e(r);
  co_await async_op(); // warn: coro-lock-across-await
}
task<> through_helpers_ok(registry &r) {
  {
    entry e(r);
  }
  co_await async_op();
}

// It locks and unlocks: it holds nothing in between.
class member_of {
  registry &r;

public:
  explicit member_of(registry &r);
  ~member_of() { r.add(); }
};
task<> balanced_ok(registry &r) {
  member_of m(r);
  co_await async_op();
}

// Recursion learns nothing, and ends.
class recursive {
  void f() { g(); }
  void g() { f(); }

public:
  recursive() { f(); }
  ~recursive() { g(); }
};
task<> recursive_ok() {
  recursive r;
  co_await async_op();
}

// One that coroutines lock, too, they hold while they are suspended.
struct lock_for_all {
  bool try_lock();
  void lock() {
    while (!try_lock())
      ;
  }
  task<> co_lock();
  void unlock() {}
};
task<> for_all_ok(lock_for_all &l) {
  co_await l.co_lock();
  co_await async_op();
  l.unlock();
  l.lock();
  co_await async_op();
  l.unlock();
}
