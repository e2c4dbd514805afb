// RUN: %check_corolint %s coro-* %t -std=c++20
// What happens on the way to the end of the process concerns no coroutine.

#include "coro.h"
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <unistd.h>
using namespace coro;

COROLINT_BLOCKING int block();
COROLINT_SYNC_WAIT int wait_for_work();
bool broken();
void enqueue(const char *);

// A function that ends the process on every path, though nothing declares it.
void die(int code) {
  block();
  _exit(code);
}
void die_either_way(bool dump) {
  if (dump)
    std::abort();
  else
    std::exit(1);
}
void die_later() {
  enqueue("out of memory");
  die(1);
}
struct fatal_message {
  ~fatal_message() {
    block();
    std::abort();
  }
};

struct ring {
  unsigned size = 0;
  void push() {
    if (size == 9)
      die_later();
    ++size;
  }
};

// A site whose function goes on is none, whatever else its callers do.
void log(int level, const char *text) {
  enqueue(text);
  if (level > 3) {
    while (broken())
      block();
    wait_for_work();
    std::exit(1);
  }
}
void log_bad(int level, const char *text) {
  if (level > 3) {
    block();
    if (level > 4)
      std::exit(1);
  }
  enqueue(text);
}

task<> callers_ok(ring &r) {
  r.push();
  log(1, "started");
  if (broken())
    die_either_way(true);
  if (broken())
    fatal_message();
  co_return;
}
task<> callers_bad() {
  log_bad(1, "started"); // warn: coro-blocking-call
  co_return;
}

task<> in_place_ok(bool b) {
  if (b) {
    block();
    wait_for_work();
    die_either_way(b);
  }
  co_return;
}
COROLINT_NO_YIELD task<> await_before_end_ok(bool b) {
  if (b) {
    block();
    std::abort();
  }
  co_return;
}

// A throw is no end: the coroutine that catches goes on.
[[noreturn]] void fail() { throw std::runtime_error("failed"); }
[[noreturn]] void fail_or_die(bool b) {
  if (b)
    throw std::runtime_error("failed");
  std::abort();
}
void throws(int n) {
  if (n == 1) {
    block();
    throw 1;
  }
  if (n == 2) {
    block();
    fail();
  }
  if (n == 3) {
    block();
    std::rethrow_exception(std::current_exception());
  }
}
void may_throw(bool b) {
  block();
  fail_or_die(b);
}
task<> throwing_bad(int n) {
  throws(n); // warn: coro-blocking-call
  may_throw(n); // warn: coro-blocking-call
  co_return;
}
void caught() {
  try {
    block();
    throw 1;
  } catch (...) {
    std::abort();
  }
}
task<> caught_and_ended_ok(bool b) {
  if (b)
    caught();
  co_return;
}

// An endless loop is no end: what it does happens again and again.
void serve() {
  while (true) {
    block();
    if (broken())
      std::exit(1);
  }
}
void serve_by_jump() {
again:
  block();
  if (broken())
    std::abort();
  goto again;
}
task<> endless_bad(bool b) {
  if (b)
    serve(); // warn: coro-blocking-call
  block(); // warn: coro-blocking-call
  while (true) {
    block(); // warn: coro-blocking-call
    if (broken())
      die(2);
    co_await async_op();
  }
}
// One that is left before the end is a loop like any other.
void drain() {
  for (;;) {
    if (!block())
      break;
  }
  std::exit(1);
}
task<> left_loop_ok(bool b) {
  if (b)
    drain();
  co_return;
}

// A recursion may be endless, as a loop may.
void ping(int n);
void pong(int n) {
  if (n)
    return ping(n - 1);
  die(3);
}
void ping(int n) {
  block();
  pong(n);
}
task<> recursion_bad(bool b) {
  auto give_up = [] {
    block();
    std::quick_exit(1);
  };
  if (b)
    give_up();
  if (!b)
    pong(3); // warn: coro-blocking-call
  co_return;
}

// A virtual function may be overridden by one that returns.
struct handler {
  virtual void on_error() { std::abort(); }
};
void report(handler &h) {
  block();
  h.on_error();
}
task<> overridden_bad(handler &h) {
  report(h); // warn: coro-blocking-call
  co_return;
}
