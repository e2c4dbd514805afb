// RUN: %check_corolint %s coro-stale-state %t
// A callable that is replaced by another one is still there.
#include "coro.h"
#include <functional>

struct Fixture {
  std::function<coro::task<>()> test;
  void install() {
    test = []() -> coro::task<> { co_return; };
  }
  coro::task<> run_ok() {
    if (test) {
      co_await coro::async_op();
      co_await test();
    }
  }
};

struct Removable {
  std::function<coro::task<>()> test;
  void remove() { test = nullptr; }
  coro::task<> run_bad() {
    if (test) {
      co_await coro::async_op();
      co_await test(); // warn: coro-stale-state
    }
  }
};
