// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// Calls that come out of macros are reported where the macro is used.

#include "coro.h"
using namespace coro;

COROLINT_BLOCKING int block();

#define CALL(function) function()
#define BLOCK() block()
#define BODY                                                                   \
  {                                                                            \
    block();                                                                   \
    co_return;                                                                 \
  }
#define TWICE(x) (x, x)
#define DROP(x)
#define COROUTINE(name)                                                        \
  task<> name() {                                                              \
    block();                                                                   \
    co_return;                                                                 \
  }

task<> uses_bad() {
  CALL(block); // warn: coro-blocking-call
  BLOCK(); // warn: coro-blocking-call
  DROP(block());
  co_return;
}

task<> whole_body_bad() BODY // warn: coro-blocking-call

COROUTINE(whole_coroutine_bad) // warn: coro-blocking-call

// Written once.
task<> argument_used_twice_bad() {
  (void)TWICE(block()); // warn: coro-blocking-call
  co_return;
}
