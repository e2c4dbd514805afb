// RUN: %check_corolint %s coro-stale-state %t
// Read before and written after one suspension point.
#include "coro.h"
#include <string>

coro::task<int> ask();
coro::task<int> merged(int, int);

struct Counter {
  int n = 0;
  std::string text;
  void add() { ++n; }
  void clear() { text.clear(); }
  coro::task<std::string> joined(std::string a, int b);

  coro::task<> sum_bad() {
    n = n + co_await ask(); // warn: coro-stale-state
  }
  coro::task<> argument_bad() {
    n = co_await merged(n, 1); // warn: coro-stale-state
  }
  coro::task<> object_bad() {
    text = co_await joined(text, 1); // warn: coro-stale-state
  }
  coro::task<> in_two_steps_bad() {
    int before = n;
    int more = co_await ask();
    n = before + more; // warn: coro-stale-state
  }
  coro::task<> compound_ok() { n += co_await ask(); }
  coro::task<> read_last_ok() { n = co_await ask() + n; }
  coro::task<> computed_first_ok() {
    int more = co_await ask();
    n = n + more;
  }
  coro::task<> either_ok(bool again) { n = again ? co_await ask() : n; }
  coro::task<> another_ok() { n = co_await merged(1, 2); }
  coro::task<> restored_ok() {
    int before = n;
    n = 5;
    co_await ask();
    n = before;
  }
};

struct Alone {
  int n = 0;
  Alone() { n = 1; }
  coro::task<> ok() { n = n + co_await ask(); }
};
