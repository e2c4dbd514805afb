// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// Another name for the same guard, and a guard that is one of two.

#include "coro.h"
#include <memory>
#include <mutex>
using namespace coro;

extern std::mutex m;

task<> reference_ok() {
  std::unique_lock l(m);
  auto &r = l;
  r.unlock();
  co_await async_op();
}

task<> pointer_ok() {
  std::unique_lock l(m);
  auto *p = &l;
  p->unlock();
  co_await async_op();
}

task<> reference_bad() {
  std::unique_lock l(m, std::defer_lock);
  auto &r = l;
  r.lock();
  co_await async_op(); // warn: coro-lock-across-await
}

std::unique_lock<std::mutex> &someones_lock();

task<> reference_to_unknown_ok() {
  auto &r = someones_lock();
  co_await async_op();
}

task<> reference_to_unknown_bad() {
  auto &r = someones_lock();
  r.lock();
  co_await async_op(); // warn: coro-lock-across-await
  r.unlock();
  co_await async_op();
}

task<> either_bad(bool c) {
  auto l = c ? std::unique_lock(m) : std::unique_lock<std::mutex>();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> either_ok(bool c) {
  auto l = c ? std::unique_lock(m, std::defer_lock)
             : std::unique_lock<std::mutex>();
  co_await async_op();
}

task<> shared_ptr_bad() {
  auto p = std::make_shared<std::lock_guard<std::mutex>>(m);
  co_await async_op(); // warn: coro-lock-across-await
  p.reset();
  co_await async_op();
}

task<> unlocked_for_the_await_ok(bool c) {
  std::unique_lock l(m);
  if (c) {
    l.unlock();
    co_await async_op();
    l.lock();
  }
}
