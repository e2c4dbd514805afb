// RUN: %check_corolint %s coro-stale-state %t
// A coroutine that constructors start runs once for each object, unless one
// constructor starts it twice.
#include "coro.h"
#include <set>

template <typename T> void spawn(T &&);
coro::task<int> fetch(int);

struct EachStartsOne {
  std::set<int> known;
  EachStartsOne() { spawn(run()); }
  explicit EachStartsOne(int first) {
    known.insert(first);
    spawn(run());
  }
  coro::task<> run() {
    for (auto it = known.begin(); it != known.end();) {
      if (co_await fetch(*it))
        it = known.erase(it);
      else
        ++it;
    }
  }
};

struct OneStartsTwo {
  int total = 0;
  OneStartsTwo() {
    spawn(run());
    spawn(run());
  }
  coro::task<> run() {
    total = total + co_await fetch(1); // warn: coro-stale-state
  }
};

struct OneCallsTheOther {
  int total = 0;
  OneCallsTheOther() { spawn(run()); }
  explicit OneCallsTheOther(int) : OneCallsTheOther() { spawn(run()); }
  coro::task<> run() {
    total = total + co_await fetch(1); // warn: coro-stale-state
  }
};
