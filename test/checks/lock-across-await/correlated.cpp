// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// The same condition twice: what was locked under it is unlocked under it.

#include "coro.h"
#include <mutex>
using namespace coro;

extern std::mutex m;
bool ask();

task<> same_condition_ok(const bool c) {
  if (c)
    m.lock();
  if (c)
    m.unlock();
  co_await async_op();
}

task<> between_bad(const bool c) {
  if (c)
    m.lock();
  co_await async_op(); // warn: coro-lock-across-await
  if (c)
    m.unlock();
  co_await async_op();
}

task<> mutable_condition_ok(bool c) {
  if (c)
    m.lock();
  if (c)
    m.unlock();
  co_await async_op();
}

task<> guard_ok(bool c) {
  std::unique_lock l(m, std::defer_lock);
  if (c)
    l.lock();
  if (c)
    l.unlock();
  co_await async_op();
}

task<> opposite_conditions_ok(bool c) {
  if (!c)
    m.lock();
  if (c)
    co_await async_op();
  else
    m.unlock();
  co_await async_op();
}

task<> opposite_condition_bad(bool c) {
  if (c)
    m.lock();
  if (!c)
    m.unlock();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> other_condition_bad(bool c, bool d) {
  if (c)
    m.lock();
  if (d)
    m.unlock();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> changed_condition_bad(bool c) {
  if (c)
    m.lock();
  c = ask();
  if (c)
    m.unlock();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> condition_changed_through_reference_bad(bool c) {
  bool &alias = c;
  if (c)
    m.lock();
  alias = ask();
  if (c)
    m.unlock();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> call_is_no_condition_bad() {
  if (ask())
    m.lock();
  if (ask())
    m.unlock();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> pointer_condition_ok(std::mutex *p) {
  if (p)
    p->lock();
  if (p)
    p->unlock();
  co_await async_op();
}

task<> pointer_against_null_ok(std::mutex *p) {
  if (p != nullptr)
    p->lock();
  if (p == nullptr)
    co_return;
  p->unlock();
  co_await async_op();
}

task<> remembered_ok(bool c) {
  bool locked = false;
  if (c) {
    m.lock();
    locked = true;
  }
  if (locked)
    m.unlock();
  co_await async_op();
}

task<> remembered_bad(bool c) {
  bool locked = false;
  if (c) {
    m.lock();
    locked = true;
  }
  if (!locked)
    co_await async_op();
  else
    co_await async_op(); // warn: coro-lock-across-await
  if (locked)
    m.unlock();
}

task<> same_condition_in_loop_ok(bool c, int n) {
  while (n--) {
    if (c)
      m.lock();
    if (c)
      m.unlock();
    co_await async_op();
  }
}

task<> early_exit_ok(bool c) {
  std::unique_lock l(m, std::defer_lock);
  if (c)
    l.lock();
  if (c)
    co_return;
  co_await async_op();
}

task<> nested_conditions_ok(bool c, bool d) {
  if (c && d)
    m.lock();
  if (c && d)
    m.unlock();
  co_await async_op();
}
