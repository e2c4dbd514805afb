// RUN: %check_corolint %s coro-dangling-reference %t -- \
// RUN:   --config='{CheckOptions: {CoroModels: "%S/Inputs/wrappers.yaml"}}'
// Coroutine lambdas in an object that the callee takes.

#include "tasks.h"
using namespace coro;

namespace own {
// Refers to the lambda, which its caller keeps.
template <typename F> struct pinned {
  F *f;
  explicit pinned(F &&f) : f(&f) {}
  auto operator()() const { return (*f)(); }
};
template <typename F> struct boxed {
  F f;
  explicit boxed(F f) : f(std::move(f)) {}
  auto operator()() const { return f(); }
};
eager<> unseen();
template <typename F> eager<> then(F f) {
  (void)f;
  return unseen();
}
} // namespace own

eager<> plain_bad(int id) {
  co_await own::then([id]() -> eager<> {
    co_await async_op();
    use(id); // warn: coro-dangling-reference
  });
}
eager<> pinned_ok(int id) {
  co_await own::then(own::pinned([id]() -> eager<> {
    co_await async_op();
    use(id);
  }));
}
eager<> boxed_bad(int id) {
  co_await own::then(own::boxed([id]() -> eager<> {
    co_await async_op();
    use(id); // warn: coro-dangling-reference
  }));
}
