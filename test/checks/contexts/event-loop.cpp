// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async,coro-no-yield-region %t -std=c++20
// COROLINT_EVENT_LOOP: must not block or wait, coroutine or not.

#include "coro.h"
#include <functional>
using namespace coro;

COROLINT_BLOCKING int block();
COROLINT_SYNC_WAIT int wait_for_work();
COROLINT_YIELDS void pump();

COROLINT_EVENT_LOOP void function_bad() {
  block(); // warn: coro-blocking-call
  wait_for_work(); // warn: coro-sync-over-async
}

void unannotated_ok() {
  block();
  wait_for_work();
}

// A yield is no fault there.
COROLINT_EVENT_LOOP void yields_ok() { pump(); }
COROLINT_EVENT_LOOP task<> awaits_ok() { co_await async_op(); }

COROLINT_EVENT_LOOP task<> coroutine_bad() {
  block(); // warn: coro-blocking-call
  co_return;
}

struct handler {
  COROLINT_EVENT_LOOP void method_bad() {
    block(); // warn: coro-blocking-call
  }
  COROLINT_EVENT_LOOP static void static_method_bad() {
    block(); // warn: coro-blocking-call
  }
  COROLINT_EVENT_LOOP void operator()() {
    block(); // warn: coro-blocking-call
  }
  COROLINT_EVENT_LOOP virtual void virtual_method_bad() {
    block(); // warn: coro-blocking-call
  }
  void unannotated_ok() { block(); }
};

struct special_members {
  COROLINT_EVENT_LOOP special_members() {
    block(); // warn: coro-blocking-call
  }
  COROLINT_EVENT_LOOP ~special_members() {
    block(); // warn: coro-blocking-call
  }
  COROLINT_EVENT_LOOP operator int() {
    return block(); // warn: coro-blocking-call
  }
};

template <typename T> COROLINT_EVENT_LOOP void template_bad() {
  block(); // warn: coro-blocking-call
}
template void template_bad<int>();
template void template_bad<char>();

auto lambda_bad = []() COROLINT_EVENT_LOOP {
  block(); // warn: coro-blocking-call
};

// A function that is a context is no part of its caller's.
COROLINT_EVENT_LOOP void caller_ok() { function_bad(); }
task<> coroutine_caller_ok() {
  function_bad();
  co_return;
}
void inferred_from_context() { function_bad(); }
task<> indirect_caller_ok() {
  inferred_from_context();
  co_return;
}

COROLINT_EVENT_LOOP void inner_lambda_ok() {
  auto l = [] { block(); };
  (void)l;
}

void post(std::function<void()> f COROLINT_EVENT_LOOP);
template <typename F> void post_with(F f COROLINT_EVENT_LOOP) {}
void post_pointer(void (*f)() COROLINT_EVENT_LOOP);
void plain(std::function<void()> f);

void callback_bad() {
  post([] {
    block(); // warn: coro-blocking-call
  });
  post_with([] {
    wait_for_work(); // warn: coro-sync-over-async
  });
  post_pointer([] {
    block(); // warn: coro-blocking-call
  });
  plain([] { block(); });
}

void stored_callback_bad() {
  auto f = [] {
    block(); // warn: coro-blocking-call
  };
  post(std::move(f));
}

void named_callback_bad() {
  block(); // warn: coro-blocking-call
}
struct callback_object {
  void operator()() const {
    block(); // warn: coro-blocking-call
  }
};
void pass() {
  post(named_callback_bad);
  post(callback_object());
}

task<> callback_in_coroutine_bad(handler &h) {
  post([&h] {
    h.unannotated_ok(); // warn: coro-blocking-call
  });
  co_return;
}

struct loop {
  explicit loop(std::function<void()> f COROLINT_EVENT_LOOP);
  void post(std::function<void()> f COROLINT_EVENT_LOOP);
  virtual void defer(std::function<void()> f COROLINT_EVENT_LOOP) = 0;
};
struct derived_loop : loop {
  using loop::loop;
  void defer(std::function<void()> f) override;
};

void member_callback_bad(loop &l, derived_loop &d) {
  l.post([] {
    block(); // warn: coro-blocking-call
  });
  l.defer([] {
    block(); // warn: coro-blocking-call
  });
  // An override inherits its base's annotations.
  d.defer([] {
    block(); // warn: coro-blocking-call
  });
}

// A callable that blocks itself may still be passed on.
void callback_passes_on() {
  post([] {
    plain([] { block(); });
  });
}
