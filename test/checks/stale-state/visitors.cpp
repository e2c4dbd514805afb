// RUN: %check_corolint %s coro-stale-state %t
// A lambda that a function only calls runs before the call returns. One that is
// kept may run while the coroutine is suspended.
#include "coro.h"
#include <functional>
#include <list>
#include <utility>
#include <vector>

struct Connections {
  std::list<int> all;
  std::vector<std::function<void(int)>> watchers;

  template <typename F> void visit(F f) {
    for (int one : all)
      f(one);
  }
  template <typename F> void forward(F &&f) {
    for (int one : all)
      std::forward<F>(f)(one);
  }
  template <typename F> void watch(F f) { watchers.push_back(f); }
  template <typename F> void wrap(F f) {
    watchers.push_back([f](int one) { f(one); });
  }
  void arrived(int one) {
    for (auto &each : watchers)
      each(one);
  }
};

coro::task<> visit_ok(Connections &from) {
  std::vector<int> found;
  from.visit([&](int one) { found.push_back(one); });
  for (int one : found) {
    (void)one;
    co_await coro::async_op();
  }
}
coro::task<> forward_ok(Connections &from) {
  std::vector<int> found;
  from.forward([&](int one) { found.push_back(one); });
  for (int one : found) {
    (void)one;
    co_await coro::async_op();
  }
}
coro::task<> watch_bad(Connections &from) {
  std::vector<int> found;
  from.watch([&](int one) { found.push_back(one); });
  for (int one : found) { // warn: coro-stale-state
    (void)one;
    co_await coro::async_op();
  }
}
coro::task<> wrap_bad(Connections &from) {
  std::vector<int> found;
  from.wrap([&](int one) { found.push_back(one); });
  for (int one : found) { // warn: coro-stale-state
    (void)one;
    co_await coro::async_op();
  }
}

// Another call of the coroutine has locals of its own.
coro::task<> serve(Connections &from) {
  co_await visit_ok(from);
  co_await forward_ok(from);
  co_await watch_bad(from);
  co_await wrap_bad(from);
}
