// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// A mutex that coroutines wait for, locked and unlocked by hand, isolates from
// the resumption after its lock to its unlock.

#include <seastar/seastar.hh>

using seastar::future;
future<int> load();
template <typename F> struct Finally {
  F f;
  ~Finally() { f(); }
};
template <typename F> Finally(F) -> Finally<F>;

struct Totals {
  seastar::shared_mutex mutex;
  seastar::rwlock lock;
  seastar::semaphore units{0};
  int total = 0;
  void reset() { total = 0; }

  future<> unlocked_bad() {
    total = total + co_await load(); // warn: coro-stale-state
  }
  future<> locked_ok() {
    co_await mutex.lock();
    total = total + co_await load();
    mutex.unlock();
  }
  future<> this_locked_ok() {
    co_await this->mutex.lock();
    total = total + co_await load();
    this->mutex.unlock();
  }
  future<> unlocked_first_bad() {
    co_await mutex.lock();
    mutex.unlock();
    total = total + co_await load(); // warn: coro-stale-state
  }
  future<> read_before_lock_bad() {
    int before = total;
    co_await mutex.lock();
    total = before + 1; // warn: coro-stale-state
    mutex.unlock();
  }
  future<> tested_before_lock_bad() {
    if (total == 0) {
      co_await mutex.lock();
      total = 1; // warn: coro-stale-state
      mutex.unlock();
    }
  }
  future<> one_branch_bad(bool careful) {
    if (careful)
      co_await mutex.lock();
    total = total + co_await load(); // warn: coro-stale-state
    if (careful)
      mutex.unlock();
  }
  future<> at_end_ok() {
    co_await mutex.lock();
    Finally unlock{[this] { mutex.unlock(); }};
    total = total + co_await load();
  }
  future<> view_ok() {
    co_await lock.for_write().lock();
    total = total + co_await load();
    lock.for_write().unlock();
  }
  // Without an unlock, the coroutine waits for a signal from others.
  future<> signalled_bad() {
    co_await units.wait();
    total = total + co_await load(); // warn: coro-stale-state
  }
  future<> units_ok() {
    co_await units.wait();
    total = total + co_await load();
    units.signal();
  }
};
