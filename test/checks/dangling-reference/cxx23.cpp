// RUN: %check_corolint %s coro-dangling-reference %t -std=c++23
// A lambda with an explicit object parameter by value is in its own frame.

#include "tasks.h"
using namespace coro;

void copied_ok(int x) {
  [x](this auto) -> eager<> {
    co_await async_op();
    use(x);
  }();
}
void referenced_bad(int x) {
  [x](this auto &&) -> eager<> {
    co_await async_op();
    use(x); // warn: coro-dangling-reference
  }();
}
