// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// Guards that functions return: in the state in which their bodies leave them.

#include "coro.h"
#include <mutex>
#include <optional>
#include <utility>
using namespace coro;

extern std::mutex m;
using lock = std::unique_lock<std::mutex>;

lock unseen();
lock deferred() { return lock(m, std::defer_lock); }
lock named() {
  lock l(m, std::defer_lock);
  return l;
}
lock unlocked() {
  lock l(m);
  l.unlock();
  return l;
}
lock held() {
  lock l(m);
  return l;
}
lock either(bool now) {
  lock l(m, std::defer_lock);
  if (now)
    l.lock();
  return l;
}
lock through() { return deferred(); }
lock recursive(int n) { return n ? recursive(n - 1) : deferred(); }
template <typename... Args> lock forwarded(Args &&...args) {
  return lock(std::forward<Args>(args)...);
}
std::optional<lock> nothing() { return std::nullopt; }
struct owner {
  lock l;
  int value = 0;
};
owner make_empty() { return {lock(m, std::defer_lock)}; }
owner make_held() { return {lock(m)}; }

task<> of_unseen() {
  auto l = unseen();
  co_await async_op(); // warn: coro-lock-across-await
}
task<> of_deferred() {
  auto l = deferred();
  co_await async_op();
  l.lock();
  co_await async_op(); // warn: coro-lock-across-await
}
task<> of_others() {
  auto a = named();
  auto b = unlocked();
  auto c = through();
  auto d = nothing();
  co_await async_op();
}
task<> of_held() {
  auto l = held();
  co_await async_op(); // warn: coro-lock-across-await
}
task<> of_either(bool now) {
  auto l = either(now);
  co_await async_op(); // warn: coro-lock-across-await
}
task<> of_either_tested(bool now) {
  auto l = either(now);
  if (l)
    co_return;
  co_await async_op();
}
task<> of_either_needed(bool now) {
  auto l = either(now);
  if (!l)
    co_return;
  co_await async_op(); // warn: coro-lock-across-await
}
task<> of_forwarded_held() {
  auto l = forwarded(m);
  co_await async_op(); // warn: coro-lock-across-await
}
task<> of_forwarded_deferred() {
  auto l = forwarded(m, std::defer_lock);
  co_await async_op();
}
task<> of_members() {
  {
    auto o = make_empty();
    co_await async_op();
  }
  auto o = make_held();
  co_await async_op(); // warn: coro-lock-across-await
}
task<> of_temporary() {
  deferred(), co_await async_op();
  held(), co_await async_op(); // warn: coro-lock-across-await
}

// What was there before something else took its place.
task<> exchanged_ok() {
  lock l(m);
  { auto old = std::exchange(l, {}); }
  co_await async_op();
}
task<> dropped_ok() {
  lock l(m);
  std::exchange(l, lock());
  co_await async_op();
}
task<> exchanged_bad() {
  lock l(m);
  auto old = std::exchange(l, {});
  co_await async_op(); // warn: coro-lock-across-await
}
task<> exchanged_for_held_bad() {
  lock l;
  std::exchange(l, lock(m));
  co_await async_op(); // warn: coro-lock-across-await
}

// std::try_lock returns -1 if it has them all.
extern std::mutex a, b;
task<> all_bad() {
  if (std::try_lock(a, b) == -1) {
    co_await async_op(); // warn: coro-lock-across-await
    a.unlock();
    b.unlock();
  }
  co_await async_op();
}
task<> none_ok() {
  if (std::try_lock(a, b) != -1) {
    co_await async_op();
    co_return;
  }
  a.unlock();
  b.unlock();
  co_await async_op();
}
task<> kept_bad() {
  int failed = std::try_lock(a, b);
  if (failed == 0 || failed == 1)
    co_return;
  co_await async_op(); // warn: coro-lock-across-await
  a.unlock();
  b.unlock();
}
task<> negative_bad() {
  int failed = std::try_lock(a, b);
  if (failed >= 0) {
    co_await async_op();
    co_return;
  }
  co_await async_op(); // warn: coro-lock-across-await
  a.unlock();
  b.unlock();
}
