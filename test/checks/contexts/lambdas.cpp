// RUN: %check_corolint %s coro-blocking-call %t -std=c++20-or-later
// A lambda is a function of its own: its body is judged by what it is, not by
// where it stands.

#include "coro.h"
using namespace coro;

COROLINT_BLOCKING int block();

auto coroutine_lambda_bad = []() -> task<> {
  block(); // warn: coro-blocking-call
  co_return;
};

auto plain_lambda_ok = [] { block(); };

auto deduced_lambda_bad = [](task<> inner) -> task<int> {
  co_await inner;
  co_return block(); // warn: coro-blocking-call
};

void coroutine_lambda_in_plain_function_bad() {
  auto l = []() -> task<> {
    block(); // warn: coro-blocking-call
    co_return;
  };
  (void)l;
  block();
}

task<> plain_lambda_in_coroutine_ok() {
  auto l = [] { block(); };
  (void)l;
  co_return;
}

task<> called_lambda_in_coroutine_bad() {
  auto l = [] { block(); };
  l(); // warn: coro-blocking-call
  co_return;
}

task<> called_on_the_spot_bad() {
  [] { block(); }(); // warn: coro-blocking-call
  co_return;
}

task<> coroutine_lambda_in_coroutine_bad() {
  auto l = []() -> task<> {
    block(); // warn: coro-blocking-call
    co_return;
  };
  co_await l();
}

auto nested_ok = []() -> task<> {
  auto inner = [] { block(); };
  (void)inner;
  co_return;
};

auto nested_bad = [] {
  return []() -> task<> {
    block(); // warn: coro-blocking-call
    co_return;
  };
};

auto generic_bad = [](auto x) -> task<> {
  block(); // warn: coro-blocking-call
  (void)x;
  co_return;
};
auto template_bad = []<typename T>(T x) -> task<> {
  block(); // warn: coro-blocking-call
  (void)x;
  co_return;
};
void instantiate() {
  (void)generic_bad(1);
  (void)generic_bad('c');
  (void)template_bad(1);
  (void)template_bad('c');
}

// What initialises a capture runs where the lambda is created.
task<> init_capture_bad() {
  auto l = [x = block()] { return x; }; // warn: coro-blocking-call
  (void)l;
  co_return;
}

auto init_capture_of_coroutine_lambda_ok = [x = block()]() -> task<> {
  (void)x;
  co_return;
};

// A default argument runs where the call is.
task<> default_argument_of_lambda_bad() {
  auto l = [](int x = block()) { return x; };
  l(1);
  l(); // warn: coro-blocking-call
  co_return;
}

task<> local_class_ok() {
  struct local {
    int x = 0;
    void run() { x = block(); }
  };
  co_return;
}

task<> local_class_bad() {
  struct local {
    void run() { block(); }
  };
  local().run(); // warn: coro-blocking-call
  co_return;
}

void local_class_with_coroutine_bad() {
  struct local {
    task<> run() {
      block(); // warn: coro-blocking-call
      co_return;
    }
  };
}

// Never called, never instantiated: nothing is known.
auto uninstantiated_ok = [](auto x) -> task<> {
  x.block();
  co_return;
};
