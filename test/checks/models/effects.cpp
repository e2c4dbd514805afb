// RUN: %check_corolint %s coro-* %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/effects.yaml"}}'
// The effects that a user's model file declares.

#include "coro.h"
#include <chrono>
#include <mutex>
#include <thread>
using namespace coro;

int defined();

namespace app {
int query(int);
int query(char);
struct connection {
  int query();
  template <typename T> int query(T);
  int other();
};
struct derived : connection {};
struct file {
  file();
  explicit operator bool() const;
  int operator()(int);
};
struct cursor {
  ~cursor();
};
inline namespace v1 {
void log();
}
int pump();
int run();
int join();
int quick();
int annotated();
template <typename T> T &&no_op(T &x) { return static_cast<T &&>(x); }
struct ready_awaiter : async_awaiter<> {};
async_awaiter<> cached();
} // namespace app
namespace vendored::app {
int query(int);
}
namespace other::app {
int query(int);
}

task<> names(app::connection &c, app::derived &d) {
  app::query(1); // warn: coro-blocking-call
  app::query('c'); // warn: coro-blocking-call
  c.query(); // warn: coro-blocking-call
  c.query(1); // warn: coro-blocking-call
  d.query(); // warn: coro-blocking-call
  vendored::app::query(1); // warn: coro-blocking-call
  c.other();
  other::app::query(1);
  co_return;
}

task<> special_members(app::file &f) {
  app::file g; // warn: coro-blocking-call
  app::cursor c; // warn: coro-blocking-call
  if (f) { // warn: coro-blocking-call
  }
  f(1); // warn: coro-blocking-call
  co_return;
}

// Of a kind that is off.
task<> kinds_ok() {
  app::log();
  co_return;
}

task<> several_effects() {
  app::run(); // warn: coro-blocking-call
  app::join(); // warn: coro-sync-over-async
  app::pump();
  COROLINT_NO_YIELD_REGION {
    app::pump(); // warn: coro-no-yield-region
    app::run(); // warn: coro-blocking-call, coro-no-yield-region
  }
  co_return;
}

inline int inferred() { return app::query(1); }
task<> inferred_bad() {
  inferred(); // warn: coro-blocking-call
  co_return;
}

// `nonblocking` ends inference, and is trusted.
int app::quick() { return app::query(1); }
task<> quick_ok() {
  app::quick();
  co_return;
}

// What the user says of a function counts before what is built in.
task<> built_in_ok() {
  std::this_thread::sleep_for(std::chrono::seconds(1));
  co_return;
}

task<> pass_through_ok(std::mutex &m) {
  std::unique_lock a(m);
  { std::unique_lock b = app::no_op(a); }
  co_await async_op();
}

COROLINT_NO_YIELD task<> never_suspends() {
  co_await app::ready_awaiter();
  co_await app::cached();
  co_await async_op(); // warn: coro-no-yield-region
}
