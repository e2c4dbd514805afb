// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/llvm/llvm-project/issues/76995
// A task made by a lambda is awaited after the lambda: what coro_lifetimebound
// does not catch.

#include <cppcoro/cppcoro.h>
using cppcoro::task;

task<int> reported_bad() {
  int a = 1;
  auto pending = [a](int x, const int &y) -> task<int> {
    co_return x + y + a; // warn: coro-dangling-reference
  }(1, a);
  co_return co_await std::move(pending);
}
task<int> mended_ok() {
  int a = 1;
  int result = co_await [a](int x, const int &y) -> task<int> { co_return x + y + a; }(1, a);
  co_return result;
}
task<int> named_ok() {
  int a = 1;
  auto make = [a](int x) -> task<int> { co_return x + a; };
  auto pending = make(1);
  co_return co_await std::move(pending);
}
