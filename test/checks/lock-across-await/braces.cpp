// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// Awaits inside braced initialisers.

#include "coro.h"
#include <mutex>
#include <vector>
using namespace coro;

extern std::mutex m;
struct pair {
  int a, b = 0;
};
struct nested {
  pair p;
  int c;
};
struct constructed {
  constructed(int, int);
};
void take(pair);

task<> aggregate_bad() {
  std::lock_guard l(m);
  pair p{co_await async_op<int>(), 1}; // warn: coro-lock-across-await
}

task<> designated_bad() {
  std::lock_guard l(m);
  pair p{.a = co_await async_op<int>()}; // warn: coro-lock-across-await
}

task<> nested_bad() {
  std::lock_guard l(m);
  nested n{{co_await async_op<int>(), 2}, 3}; // warn: coro-lock-across-await
}

task<> constructor_bad() {
  std::lock_guard l(m);
  constructed c{co_await async_op<int>(), 1}; // warn: coro-lock-across-await
}

task<> list_bad() {
  std::lock_guard l(m);
  std::vector<int> v{1, co_await async_op<int>()}; // warn: coro-lock-across-await
}

task<> array_bad() {
  std::lock_guard l(m);
  int a[] = {1, co_await async_op<int>()}; // warn: coro-lock-across-await
  (void)a;
}

task<> argument_bad() {
  std::lock_guard l(m);
  take({co_await async_op<int>(), 1}); // warn: coro-lock-across-await
}

task<pair> returned_bad() {
  std::lock_guard l(m);
  co_return {co_await async_op<int>(), 1}; // warn: coro-lock-across-await
}

task<> before_ok() {
  pair p{co_await async_op<int>(), 1};
  std::lock_guard l(m);
  (void)p;
}
