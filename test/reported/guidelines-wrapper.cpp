// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/isocpp/CppCoreGuidelines/issues/2142
// Two ways to bind a coroutine's reference parameter to what is gone when it runs.
#include <coroutine.h>
template <class T> struct task {
  using promise_type = stub::Promise<task<T>, T>;
  task(task &&);
  ~task();
  stub::Awaitable<T> operator co_await();
};
task<int> plusOne(const int &a) { co_return a + 1; }

task<int> wrapper_bad(int a) { return plusOne(a); } // warn: coro-dangling-reference
task<int> another_bad() {
  auto temp = plusOne(1); // warn: coro-dangling-reference
  co_return co_await temp;
}
task<int> wrapper_ok(int a) { co_return co_await plusOne(a); }
task<int> another_ok() {
  int one = 1;
  auto temp = plusOne(one);
  co_return co_await temp;
}
task<int> pass_on_ok(const int &a) { return plusOne(a); }
