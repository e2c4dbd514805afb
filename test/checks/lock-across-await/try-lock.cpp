// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// try_lock and owns_lock: what a test tells about the lock on its branches.

#include "coro.h"
#include <chrono>
#include <mutex>
#include <shared_mutex>
using namespace coro;
using namespace std::chrono_literals;

extern std::mutex m;
extern std::timed_mutex tm;
extern std::shared_timed_mutex sm;

task<> untested_bad() {
  std::unique_lock l(m, std::try_to_lock);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> if_lock() {
  std::unique_lock l(m, std::try_to_lock);
  if (l)
    co_await async_op(); // warn: coro-lock-across-await
  else
    co_await async_op();
}

task<> if_not_lock() {
  std::unique_lock l(m, std::try_to_lock);
  if (!l)
    co_await async_op();
  else
    co_await async_op(); // warn: coro-lock-across-await
}

task<> owns_lock() {
  std::unique_lock l(m, std::try_to_lock);
  if (l.owns_lock())
    co_await async_op(); // warn: coro-lock-across-await
  if (!l.owns_lock())
    co_await async_op();
}

task<> owns_lock_compared() {
  std::unique_lock l(m, std::try_to_lock);
  if (l.owns_lock() == false)
    co_await async_op();
  if (l.owns_lock() == true)
    co_await async_op(); // warn: coro-lock-across-await
}

task<> owns_lock_stored() {
  std::unique_lock l(m, std::try_to_lock);
  bool owned = l.owns_lock();
  if (owned)
    co_await async_op(); // warn: coro-lock-across-await
  else
    co_await async_op();
}

task<> early_exit_ok() {
  std::unique_lock l(m, std::try_to_lock);
  if (l)
    co_return;
  co_await async_op();
}

task<> early_exit_bad() {
  std::unique_lock l(m, std::try_to_lock);
  if (!l)
    co_return;
  co_await async_op(); // warn: coro-lock-across-await
}

task<> unlock_if_owned_ok(bool c) {
  std::unique_lock l(m, std::defer_lock);
  if (c)
    l.lock();
  if (l.owns_lock())
    l.unlock();
  co_await async_op();
}

task<> if_with_declaration() {
  if (std::unique_lock l{m, std::try_to_lock})
    co_await async_op(); // warn: coro-lock-across-await
  else
    co_await async_op();
  co_await async_op();
}

task<> if_init() {
  if (std::unique_lock l(m, std::try_to_lock); l.owns_lock())
    co_await async_op(); // warn: coro-lock-across-await
  else
    co_await async_op();
}

task<> conjunction(bool c) {
  std::unique_lock l(m, std::try_to_lock);
  if (l && c)
    co_await async_op(); // warn: coro-lock-across-await
  if (!l && c)
    co_await async_op();
  if (c || !l)
    co_await async_op(); // warn: coro-lock-across-await
}

task<> conditional_operator() {
  std::unique_lock l(m, std::try_to_lock);
  l ? co_await async_op<int>() : 0; // warn: coro-lock-across-await
  l ? 0 : co_await async_op<int>();
}

task<> while_not_owned_ok() {
  std::unique_lock l(m, std::defer_lock);
  while (!l.try_lock())
    co_await async_op();
}

task<> while_not_owned_bad() {
  std::unique_lock l(m, std::defer_lock);
  while (!l.try_lock())
    co_await async_op();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> loop_until_owned_ok() {
  for (;;) {
    std::unique_lock l(m, std::try_to_lock);
    if (l.owns_lock())
      break;
    co_await async_op();
  }
  co_await async_op();
}

task<> mutex_try_lock() {
  if (m.try_lock()) {
    co_await async_op(); // warn: coro-lock-across-await
    m.unlock();
  } else {
    co_await async_op();
  }
  co_await async_op();
}

task<> mutex_try_lock_negated() {
  if (!m.try_lock()) {
    co_await async_op();
    co_return;
  }
  co_await async_op(); // warn: coro-lock-across-await
  m.unlock();
  co_await async_op();
}

task<> mutex_try_lock_stored() {
  bool locked = m.try_lock();
  if (!locked)
    co_await async_op();
  if (locked) {
    co_await async_op(); // warn: coro-lock-across-await
    m.unlock();
  }
  co_await async_op();
}

task<> mutex_try_lock_in_init() {
  if (const bool locked = m.try_lock(); locked) {
    co_await async_op(); // warn: coro-lock-across-await
    m.unlock();
  }
  co_await async_op();
}

task<> mutex_try_lock_spin_ok() {
  while (!m.try_lock())
    co_await async_op();
  m.unlock();
  co_await async_op();
}

task<> try_lock_for() {
  if (tm.try_lock_for(1s)) {
    co_await async_op(); // warn: coro-lock-across-await
    tm.unlock();
  } else {
    co_await async_op();
  }
}

task<> guard_try_lock_for() {
  std::unique_lock l(tm, std::defer_lock);
  if (l.try_lock_for(1s))
    co_await async_op(); // warn: coro-lock-across-await
  else
    co_await async_op();
}

task<> try_lock_shared() {
  if (sm.try_lock_shared()) {
    co_await async_op(); // warn: coro-lock-across-await
    sm.unlock_shared();
  }
  co_await async_op();
}

task<> try_lock_ignored_bad() {
  (void)m.try_lock();
  co_await async_op(); // warn: coro-lock-across-await
}

// A test of one lock tells nothing about another.
task<> other_lock_bad(std::mutex &m2) {
  std::unique_lock a(m, std::try_to_lock);
  std::unique_lock b(m2, std::try_to_lock);
  if (!a)
    co_await async_op(); // warn: coro-lock-across-await
}

// A test that came before tells nothing after.
task<> outdated_test_bad() {
  std::unique_lock l(m, std::defer_lock);
  bool owned = l.owns_lock();
  l.lock();
  if (!owned)
    co_await async_op(); // warn: coro-lock-across-await
}
