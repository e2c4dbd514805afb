// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async %t -std=c++20
// Blocking and waiting in a no-yield region stall every coroutine.

#include "coro.h"
#include <functional>
using namespace coro;

COROLINT_BLOCKING int block();
COROLINT_SYNC_WAIT int wait_for_work();

COROLINT_NO_YIELD void function_bad() {
  block(); // warn: coro-blocking-call
  wait_for_work(); // warn: coro-sync-over-async
}

void block_in_plain_function() {
  block();
  COROLINT_NO_YIELD_REGION {
    block(); // warn: coro-blocking-call
    wait_for_work(); // warn: coro-sync-over-async
  }
  block();
}

struct COROLINT_NO_YIELD_SCOPE stay {
  ~stay();
  void end() COROLINT_NO_YIELD_END;
};

void scope_object() {
  block();
  {
    stay s;
    block(); // warn: coro-blocking-call
    s.end();
    block();
  }
  block();
  wait_for_work();
}

void critically(std::function<void()> f COROLINT_NO_YIELD);
void callback_bad() {
  critically([] {
    block(); // warn: coro-blocking-call
  });
  block();
}

// Two contexts, one finding.
task<> in_coroutine_bad() {
  COROLINT_NO_YIELD_REGION {
    block(); // warn: coro-blocking-call
  }
  block(); // warn: coro-blocking-call
  co_return;
}

// A synchronous generator's region is a context all the same.
generator<int> in_generator() {
  block();
  COROLINT_NO_YIELD_REGION {
    block(); // warn: coro-blocking-call
  }
  co_yield 1;
}

void lambda_inside() {
  COROLINT_NO_YIELD_REGION {
    auto l = [] { block(); };
    l(); // warn: coro-blocking-call
  }
}

// What happens in a context is reported there, once.
void caller_ok() {
  COROLINT_NO_YIELD_REGION { function_bad(); }
}
task<> coroutine_caller_ok() {
  function_bad();
  co_return;
}
