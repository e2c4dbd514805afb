// RUN: %check_corolint %s coro-no-yield-region %t -std=c++20-or-later
// COROLINT_NO_YIELD_REGION: the block, nothing before it, nothing after it.

#include "coro.h"
using namespace coro;

task<> block_bad() {
  COROLINT_NO_YIELD_REGION {
    co_await async_op(); // warn: coro-no-yield-region
  }
}

task<> around_block_ok(int &x) {
  co_await async_op();
  COROLINT_NO_YIELD_REGION { ++x; }
  co_await async_op();
}

task<> single_statement_bad() {
  COROLINT_NO_YIELD_REGION co_await async_op(); // warn: coro-no-yield-region
  co_await async_op();
}

generator<int> yield_in_block_bad() {
  COROLINT_NO_YIELD_REGION {
    co_yield 1; // warn: coro-no-yield-region
  }
  co_yield 2;
}

task<> nested_blocks_bad() {
  COROLINT_NO_YIELD_REGION {
    COROLINT_NO_YIELD_REGION {
      co_await async_op(); // warn: coro-no-yield-region
    }
    co_await async_op(); // warn: coro-no-yield-region
  }
  co_await async_op();
}

task<> statements_inside_bad(int n) {
  COROLINT_NO_YIELD_REGION {
    if (n)
      co_await async_op(); // warn: coro-no-yield-region
    else
      co_await never{};
    for (int i = 0; i < n; ++i)
      co_await async_op(); // warn: coro-no-yield-region
    switch (n) {
    case 1:
      co_await async_op(); // warn: coro-no-yield-region
    }
    try {
      co_await async_op(); // warn: coro-no-yield-region
    } catch (...) {
    }
  }
}

task<> leaving_block_ok(int n) {
  for (int i = 0; i < n; ++i) {
    COROLINT_NO_YIELD_REGION {
      if (i == 3)
        break;
      if (i == 2)
        continue;
      if (i == 1)
        goto out;
    }
    co_await async_op();
  }
out:
  co_await async_op();
}

task<> conditional_block_bad(bool c) {
  if (c)
    COROLINT_NO_YIELD_REGION {
      co_await async_op(); // warn: coro-no-yield-region
    }
  else
    co_await async_op();
}

task<> conditional_block_ok(bool c) {
  if (c)
    co_await async_op();
  else
    COROLINT_NO_YIELD_REGION { c = false; }
  co_await async_op();
}

task<> loop_body_bad(int n) {
  while (n--)
    COROLINT_NO_YIELD_REGION {
      co_await async_op(); // warn: coro-no-yield-region
    }
  co_await async_op();
}

task<> return_from_block_ok() {
  COROLINT_NO_YIELD_REGION { co_return; }
}

task<int> await_in_return_bad() {
  COROLINT_NO_YIELD_REGION {
    co_return co_await async_op<int>(); // warn: coro-no-yield-region
  }
}

task<> lambda_inside_ok() {
  COROLINT_NO_YIELD_REGION {
    auto later = []() -> task<> { co_await async_op(); };
    (void)later;
  }
  co_return;
}

auto in_lambda_bad = []() -> task<> {
  COROLINT_NO_YIELD_REGION {
    co_await async_op(); // warn: coro-no-yield-region
  }
};

// The region of a lambda ends with the lambda.
task<> around_lambda_ok() {
  auto inner = [](int &x) {
    COROLINT_NO_YIELD_REGION { ++x; }
  };
  (void)inner;
  co_await async_op();
}

template <typename T> task<> in_template_bad() {
  COROLINT_NO_YIELD_REGION {
    co_await T{}; // warn: coro-no-yield-region
  }
  co_await T{};
}
void instantiate() {
  (void)in_template_bad<async_awaiter<int>>();
  (void)in_template_bad<async_awaiter<char>>();
}

// Another `if` with an initialiser is no region.
task<> other_if_ok(int n) {
  if (constexpr bool region = true; !region) {
  } else {
    co_await async_op();
  }
}

void resume_in_block_bad(std::coroutine_handle<> h) {
  h.resume();
  COROLINT_NO_YIELD_REGION {
    h.resume(); // warn: coro-no-yield-region
  }
  h.resume();
}
