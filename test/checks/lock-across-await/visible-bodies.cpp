// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// What a visible body does to a lock, it does for its caller.

#include "coro.h"
#include <memory>
#include <mutex>
using namespace coro;

extern std::mutex m;

task<> lambda_unlocks_ok() {
  std::unique_lock l(m);
  auto unlock = [&] { l.unlock(); };
  unlock();
  co_await async_op();
}

task<> lambda_not_called_bad() {
  std::unique_lock l(m);
  auto unlock = [&] { l.unlock(); };
  co_await async_op(); // warn: coro-lock-across-await
  unlock();
}

void unlocks(std::unique_lock<std::mutex> &l) { l.unlock(); }
void locks(std::unique_lock<std::mutex> &l) { l.lock(); }
void uses(std::unique_lock<std::mutex> &l) { (void)l.owns_lock(); }

task<> function_unlocks_ok() {
  std::unique_lock l(m);
  unlocks(l);
  co_await async_op();
}

task<> function_locks_bad() {
  std::unique_lock l(m, std::defer_lock);
  locks(l);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> function_uses_bad() {
  std::unique_lock l(m);
  uses(l);
  co_await async_op(); // warn: coro-lock-across-await
}

class section {
  std::unique_lock<std::mutex> lock;

public:
  explicit section(std::unique_lock<std::mutex> l) : lock(std::move(l)) {}
  void leave() { lock.unlock(); }
};

task<> method_unlocks_ok() {
  section s{std::unique_lock(m)};
  s.leave();
  co_await async_op();
}

task<> method_not_called_bad() {
  section s{std::unique_lock(m)};
  co_await async_op(); // warn: coro-lock-across-await
}

task<> moved_into_constructor_bad() {
  std::unique_lock l(m);
  section s(std::move(l));
  co_await async_op(); // warn: coro-lock-across-await
}

template <typename F> struct at_exit {
  F f;
  ~at_exit() { f(); }
};
template <typename F> at_exit(F) -> at_exit<F>;

task<> destructor_will_unlock_bad() {
  m.lock();
  at_exit e{[] { m.unlock(); }};
  co_await async_op(); // warn: coro-lock-across-await
}

task<> destructor_unlocked_ok() {
  m.lock();
  { at_exit e{[] { m.unlock(); }}; }
  co_await async_op();
}

// A mutex of one's own, around a standard one.
struct wrapped {
  std::mutex inner;
  void lock() { inner.lock(); }
  void unlock() { inner.unlock(); }
};

task<> wrapped_guard_bad(wrapped &w) {
  std::lock_guard l(w);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> wrapped_unlocked_ok(wrapped &w) {
  w.lock();
  w.unlock();
  co_await async_op();
}

// The awaited task borrows the guard, as the wait of a condition variable does.
struct condition {
  task<> wait(std::unique_lock<std::mutex> &l);
  task<> peek(const std::unique_lock<std::mutex> &l);
  task<> scoped(std::lock_guard<std::mutex> &l);
  task<> wait_for(std::unique_lock<std::mutex> &l) { return wait(l); }
  template <typename F> task<> wait_until(std::unique_lock<std::mutex> &l, F f) {
    while (!f()) {
      l.unlock();
      co_await async_op();
      l.lock();
    }
  }
};
task<> keeps(std::unique_lock<std::mutex> &l) {
  (void)l.owns_lock();
  co_await async_op();
}
task<> hands_on(std::unique_lock<std::mutex> &l) { return keeps(l); }

task<> lent_ok(condition &c, bool &done) {
  std::unique_lock l(m);
  co_await c.wait(l);
  co_await c.wait_for(l);
  co_await c.wait_until(l, [&] { return done; });
}
task<> lent_const_bad(condition &c) {
  std::unique_lock l(m);
  co_await c.peek(l); // warn: coro-lock-across-await
}
task<> lent_scoped_bad(condition &c) {
  std::lock_guard l(m);
  co_await c.scoped(l); // warn: coro-lock-across-await
}
task<> lent_and_kept_bad() {
  std::unique_lock l(m);
  co_await hands_on(l); // warn: coro-lock-across-await
}
task<> another_lent_bad(condition &c, std::mutex &other) {
  std::unique_lock l(m);
  std::unique_lock k(other);
  co_await c.wait(k); // warn: coro-lock-across-await
}
