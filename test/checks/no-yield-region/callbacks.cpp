// RUN: %check_corolint %s coro-no-yield-region %t -std=c++20
// Callables passed to parameters that are declared no-yield.

#include "coro.h"
#include <functional>
using namespace coro;

COROLINT_YIELDS void pump();

void critically(std::function<void()> f COROLINT_NO_YIELD);
template <typename F> void critically_with(F &&f COROLINT_NO_YIELD) {}
void critically_by_pointer(void (*f)() COROLINT_NO_YIELD);
void plainly(std::function<void()> f);
void second(std::function<void()> free_to_yield,
            std::function<void()> f COROLINT_NO_YIELD);
void spawn(std::function<task<>()> f COROLINT_NO_YIELD);

void lambda_bad() {
  critically([] {
    pump(); // warn: coro-no-yield-region
  });
}

void lambda_ok() {
  critically([] {});
  plainly([] { pump(); });
}

void template_parameter_bad() {
  critically_with([] {
    pump(); // warn: coro-no-yield-region
  });
}

void pointer_parameter_bad() {
  critically_by_pointer([] {
    pump(); // warn: coro-no-yield-region
  });
}

void which_parameter_bad() {
  second([] { pump(); },
         [] {
           pump(); // warn: coro-no-yield-region
         });
}

void stored_lambda_bad() {
  auto f = [] {
    pump(); // warn: coro-no-yield-region
  };
  critically(f);
}

void moved_lambda_bad() {
  auto f = [] {
    pump(); // warn: coro-no-yield-region
  };
  critically(std::move(f));
}

void coroutine_lambda_bad() {
  spawn([]() -> task<> {
    co_await async_op(); // warn: coro-no-yield-region
  });
}

void generic_lambda_bad() {
  critically([](auto... xs) {
    pump(); // warn: coro-no-yield-region
  });
}

struct functor {
  void operator()() const {
    pump(); // warn: coro-no-yield-region
  }
};
void functor_bad() { critically(functor()); }

struct unpassed_functor {
  void operator()() const { pump(); }
};
void unpassed_functor_ok() { plainly(unpassed_functor()); }

void named_function_bad() {
  pump(); // warn: coro-no-yield-region
}
void pass_named_function() { critically_by_pointer(named_function_bad); }

void named_function_by_address_bad() {
  pump(); // warn: coro-no-yield-region
}
void pass_named_function_by_address() {
  critically(&named_function_by_address_bad);
}

void unpassed_function_ok() { pump(); }

struct queue {
  explicit queue(std::function<void()> f COROLINT_NO_YIELD);
  void update(std::function<void()> f COROLINT_NO_YIELD);
  static void update_all(std::function<void()> f COROLINT_NO_YIELD);
  void operator()(std::function<void()> f COROLINT_NO_YIELD);
};

void method_parameter_bad(queue &q) {
  q.update([] {
    pump(); // warn: coro-no-yield-region
  });
  queue::update_all([] {
    pump(); // warn: coro-no-yield-region
  });
  q([] {
    pump(); // warn: coro-no-yield-region
  });
}

void constructor_parameter_bad() {
  queue q([] {
    pump(); // warn: coro-no-yield-region
  });
}

// A lambda inside the callable is another function.
void nested_lambda_ok() {
  critically([] {
    plainly([] { pump(); });
  });
}

// The callable's region is not its caller's.
void caller_ok() {
  pump();
  critically([] {});
  pump();
}

// The same lambda passed twice is reported once.
void passed_twice_bad() {
  auto f = [] {
    pump(); // warn: coro-no-yield-region
  };
  critically(f);
  critically(f);
}
