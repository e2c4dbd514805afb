// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/conditions.yaml"}}'
// The conditions of a model, each where it holds and where it does not.

#include "coro.h"
#include <chrono>
#include <cstddef>
#include <memory>
using namespace coro;
using namespace std::chrono_literals;

#define APP_ASYNC 4
#define APP_WAIT 7

namespace app {
struct handler {};
struct derived_handler : handler {};
struct pipe {
  pipe &operator>>(int &);
};
extern pipe stdpipe, other_pipe;
extern int console, other_console;
enum class error { none, would_block };
struct socket {
  void non_blocking(bool);
  error read();
};
struct span {
  long seconds, nanoseconds;
};
inline int &delay() {
  static int value = 0;
  return value;
}
inline int &timeout() {
  static int value = 100;
  return value;
}
enum limit { forever };
struct deadline {
  explicit deadline(int);
  explicit deadline(limit);
};
void zero(int, int);
void zero(int, deadline);
void zero(int, std::chrono::milliseconds);
void zero(int, const span *);
void zero(int);
void null(const void *);
void if_true(int, bool);
void flag(int);
void equals(int);
void type(int);
void type(int, handler);
template <typename T> void type(int, T);
void refers_to(int &);
void count(int = 0, int = 0);
void both(int, int);
void either(int, int);
} // namespace app

task<> zero(int n) {
  app::zero(0, 1); // warn: coro-blocking-call
  app::zero(0, n); // warn: coro-blocking-call
  app::zero(0, 1ms); // warn: coro-blocking-call
  app::zero(1, 0);
  app::zero(1, 0ms);
  app::zero(1, 0s);
  const app::span none{0, 0}, some{0, 1};
  app::zero(1, &some); // warn: coro-blocking-call
  app::zero(1, &none);
  app::zero(1, app::delay()); // A setting, zero by default.
  app::zero(1, std::chrono::milliseconds(app::delay()));
  app::zero(1, app::timeout()); // warn: coro-blocking-call
  app::zero(1, app::deadline(0));
  app::zero(1, app::deadline(app::forever)); // warn: coro-blocking-call
  // A condition on an argument that is not there does not hold.
  app::zero(0); // warn: coro-blocking-call
  co_return;
}

task<> null(const void *p) {
  app::null(p); // warn: coro-blocking-call
  app::null(nullptr);
  app::null(NULL);
  app::null(0);
  co_return;
}

task<> if_true(bool b) {
  app::if_true(1, true); // warn: coro-blocking-call
  app::if_true(1, false);
  app::if_true(1, b);
  co_return;
}

task<> flags(int n) {
  app::flag(0); // warn: coro-blocking-call
  app::flag(3); // warn: coro-blocking-call
  app::flag(n); // warn: coro-blocking-call
  app::flag(APP_ASYNC);
  app::flag(APP_ASYNC | 1);
  app::flag(5);
  app::flag(n | APP_ASYNC);
  co_return;
}

task<> equals(int n) {
  app::equals(APP_WAIT); // warn: coro-blocking-call
  app::equals(7); // warn: coro-blocking-call
  app::equals(1);
  app::equals(n);
  co_return;
}

task<> type(app::handler h, const app::handler &r, app::derived_handler d) {
  app::type(1); // warn: coro-blocking-call
  app::type(1, 2); // warn: coro-blocking-call
  app::type(1, h);
  app::type(1, r);
  app::type(1, app::handler());
  co_return;
}

task<> refers_to(int &n) {
  app::refers_to(app::console); // warn: coro-blocking-call
  app::refers_to((app::console)); // warn: coro-blocking-call
  app::refers_to(app::other_console);
  app::refers_to(n);
  co_return;
}

task<> blocking_socket_bad(app::socket &s) {
  s.read(); // warn: coro-blocking-call
  co_return;
}

task<> nonblocking_socket_ok(app::socket &s) {
  s.non_blocking(true);
  s.read();
  co_return;
}

task<> explicitly_blocking_socket_bad(app::socket &s) {
  s.non_blocking(false);
  s.read(); // warn: coro-blocking-call
  co_return;
}

task<> other_socket_bad(app::socket &s, app::socket &t) {
  t.non_blocking(true);
  s.read(); // warn: coro-blocking-call
  co_return;
}

task<> tests_error_ok(app::socket &s) {
  while (s.read() == app::error::would_block)
    co_await async_op();
}

task<> tests_other_error_bad(app::socket &s) {
  while (s.read() != app::error::none) // warn: coro-blocking-call
    co_await async_op();
}

task<> count() {
  app::count(1); // warn: coro-blocking-call
  app::count(0, 0); // warn: coro-blocking-call
  app::count();
  co_return;
}

task<> several() {
  app::both(0, 0); // warn: coro-blocking-call
  app::both(0, 1);
  app::both(1, 0);
  app::either(0, 0); // warn: coro-blocking-call
  app::either(0, 1); // warn: coro-blocking-call
  app::either(1, 0); // warn: coro-blocking-call
  app::either(1, 1);
  co_return;
}

task<> operator_object(int n) {
  app::stdpipe >> n; // warn: coro-blocking-call
  app::other_pipe >> n;
  co_return;
}
