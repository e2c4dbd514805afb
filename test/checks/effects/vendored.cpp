// RUN: %check_corolint %s coro-blocking-call,coro-lock-across-await %t -std=c++20 -- -- -I %S/Inputs/vendored
// RUN: %check_corolint %s coro-blocking-call,coro-lock-across-await %t -std=c++20 -- -- -isystem %S/Inputs/vendored
// How the compiler was told to find a header makes no difference.

#include "coro.h"
#include <mutex>
#include <vendored.h>
using namespace coro;

extern std::mutex m;

task<> through_a_helper_bad() {
  vendored::helper(); // warn: coro-blocking-call
  co_return;
}
task<> through_a_helper_ok() {
  vendored::harmless();
  co_return;
}
task<> constructor_bad() {
  vendored::connection c; // warn: coro-blocking-call
  co_return;
}
task<> constructor_ok() {
  vendored::quiet q;
  co_return;
}
task<> callable_bad() {
  vendored::apply([] { vendored::block(); }); // warn: coro-blocking-call
  co_return;
}
task<> callable_ok() {
  vendored::apply([] { vendored::harmless(); });
  co_return;
}
task<> guard_bad() {
  vendored::scope s(m);
  co_await async_op(); // warn: coro-lock-across-await
}
task<> guard_ok() {
  {
    vendored::scope s(m);
  }
  co_await async_op();
}

// A user's lock and a user's callable, called by name.
struct remote_lock {
  void lock() { vendored::block(); }
  void unlock() {}
};
task<> named_bad(remote_lock &r) {
  vendored::scope s(r); // warn: coro-blocking-call
  co_return;
}
