// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20-or-later
// Held or not, on each path: scopes, unlock and lock, exits, loops, switches.

#include "coro.h"
#include <cstdlib>
#include <mutex>
#include <condition_variable>
#include <vector>
using namespace coro;

extern std::mutex m, m2;
void may_throw();

task<> scope_ok() {
  co_await async_op();
  { std::lock_guard l(m); }
  co_await async_op();
}

task<> inner_scope_bad() {
  std::lock_guard l(m);
  {
    co_await async_op(); // warn: coro-lock-across-await
  }
}

task<> unlock_ok() {
  std::unique_lock l(m);
  l.unlock();
  co_await async_op();
}

task<> relock_bad() {
  std::unique_lock l(m);
  l.unlock();
  co_await async_op();
  l.lock();
  co_await async_op(); // warn: coro-lock-across-await
  l.unlock();
  co_await async_op();
}

task<> unlock_other_bad() {
  std::unique_lock a(m), b(m2);
  b.unlock();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> unlock_on_one_path_bad(bool c) {
  std::unique_lock l(m);
  if (c)
    l.unlock();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> unlock_on_all_paths_ok(int n) {
  std::unique_lock l(m);
  switch (n) {
  case 1:
    l.unlock();
    break;
  case 2:
    co_return;
  case 3:
    throw n;
  case 4:
    std::abort();
  default:
    l.unlock();
  }
  co_await async_op();
}

task<> lock_on_one_path_bad(bool c) {
  std::unique_lock l(m, std::defer_lock);
  if (c)
    l.lock();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> branches(bool c) {
  if (c) {
    std::lock_guard l(m);
    co_await async_op(); // warn: coro-lock-across-await
  } else {
    co_await async_op();
  }
  co_await async_op();
}

task<> if_init_bad(bool c) {
  if (std::lock_guard l(m); c)
    co_await async_op(); // warn: coro-lock-across-await
  else
    co_await async_op(); // warn: coro-lock-across-await
  co_await async_op();
}

task<> switch_init_bad(int n) {
  switch (std::lock_guard l(m); n) {
  case 1:
    co_await async_op(); // warn: coro-lock-across-await
  }
  co_await async_op();
}

task<> for_init_bad(int n) {
  for (std::lock_guard l(m); n; --n)
    co_await async_op(); // warn: coro-lock-across-await
  co_await async_op();
}

task<> for_step_bad(int n) {
  for (std::lock_guard l(m); n; co_await async_op()) // warn: coro-lock-across-await
    --n;
}

task<> range_for_init_bad(std::vector<int> v) {
  for (std::lock_guard l(m); int x : v) {
    (void)x;
    co_await async_op(); // warn: coro-lock-across-await
  }
  co_await async_op();
}

task<> loop_body_ok(int n) {
  for (;;) {
    {
      std::lock_guard l(m);
      if (n == 1)
        continue;
      if (n == 2)
        break;
      if (n == 3)
        co_return;
    }
    co_await async_op();
  }
  co_await async_op();
}

task<> held_at_back_edge_bad() {
  std::unique_lock l(m, std::defer_lock);
  for (;;) {
    co_await async_op(); // warn: coro-lock-across-await
    l.lock();
  }
}

task<> unlock_then_relock_in_loop_ok(int n) {
  std::unique_lock l(m);
  while (n--) {
    l.unlock();
    co_await async_op();
    l.lock();
  }
}

task<> released_before_break_ok(int n) {
  std::unique_lock l(m);
  while (true) {
    if (n--) {
      l.unlock();
      break;
    }
  }
  co_await async_op();
}

task<> break_with_lock_bad(int n) {
  std::unique_lock l(m, std::defer_lock);
  while (true) {
    l.lock();
    if (n--)
      break;
    l.unlock();
  }
  co_await async_op(); // warn: coro-lock-across-await
}

task<> do_while_condition_ok() {
  do {
    std::lock_guard l(m);
  } while (co_await async_op<bool>());
}

task<> goto_out_ok(int n) {
  {
    std::lock_guard l(m);
    if (n)
      goto out;
  }
out:
  co_await async_op();
}

task<> goto_back_ok(int n) {
again:
  co_await async_op();
  {
    std::lock_guard l(m);
    if (n--)
      goto again;
  }
  co_await async_op();
}

task<> goto_within_bad(int n) {
  std::lock_guard l(m);
again:
  co_await async_op(); // warn: coro-lock-across-await
  if (n--)
    goto again;
}

task<> try_bad() {
  try {
    std::lock_guard l(m);
    may_throw();
    co_await async_op(); // warn: coro-lock-across-await
  } catch (...) {
  }
  co_await async_op();
}

task<> try_around_ok() {
  bool failed = false;
  try {
    std::lock_guard l(m);
    may_throw();
  } catch (...) {
    failed = true;
  }
  if (failed)
    co_await async_op();
}

task<> lock_around_try_bad() {
  std::lock_guard l(m);
  try {
    may_throw();
  } catch (...) {
  }
  co_await async_op(); // warn: coro-lock-across-await
}

task<> unlock_in_catch_bad() {
  std::unique_lock l(m);
  try {
    may_throw();
  } catch (...) {
    l.unlock();
  }
  co_await async_op(); // warn: coro-lock-across-await
}

task<> switch_fallthrough_bad(int n) {
  std::unique_lock l(m, std::defer_lock);
  switch (n) {
  case 0:
    l.lock();
    [[fallthrough]];
  case 1:
    co_await async_op(); // warn: coro-lock-across-await
    break;
  case 2:
    co_await async_op();
  }
}

task<> conditional_operator_bad(bool c) {
  std::unique_lock l(m);
  c ? l.unlock() : void();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> short_circuit_bad(bool c) {
  std::unique_lock l(m);
  (void)(c && (l.unlock(), true));
  co_await async_op(); // warn: coro-lock-across-await
}

task<> after_infinite_loop_ok(std::vector<int> v) {
  std::lock_guard l(m);
  for (;;)
    v.clear();
  co_await async_op();
}

// A condition variable gives the lock back when it returns.
task<> condition_variable_bad(std::condition_variable &cv) {
  std::unique_lock l(m);
  cv.wait(l);
  co_await async_op(); // warn: coro-lock-across-await
}

// Reassigned, the first lock is gone.
task<> assigned_empty_ok() {
  std::unique_lock l(m);
  l = std::unique_lock<std::mutex>();
  co_await async_op();
}

task<> assigned_braces_ok() {
  std::unique_lock l(m);
  l = {};
  co_await async_op();
}

task<> assigned_locked_bad() {
  std::unique_lock<std::mutex> l;
  l = std::unique_lock(m);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> assigned_deferred_ok() {
  std::unique_lock l(m);
  l = std::unique_lock(m2, std::defer_lock);
  co_await async_op();
}

// Two points, two findings; and each point once.
task<> several_points_bad(bool c) {
  std::lock_guard l(m);
  co_await async_op(); // warn: coro-lock-across-await
  if (c)
    co_await async_op(); // warn: coro-lock-across-await
  for (int i = 0; i < 3; ++i)
    co_await async_op(); // warn: coro-lock-across-await
}
