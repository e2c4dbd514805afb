// RUN: %check_corolint %s coro-* %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/contexts.yaml"}}'
// Where a model says that a callable runs.

#include "coro.h"
#include <functional>
using namespace coro;

namespace app {
int block();
void pump();
template <typename F> void post(int, F) {}
template <typename F> void post(char, F, decltype(F()) * = nullptr) {}
template <typename F> void post(char *, F, int tries = 1) {}
void post(std::function<void()>);
struct loop {
  void post(std::function<void()>);
  void other(std::function<void()>);
};
struct timer {
  timer(int, std::function<void()>);
};
template <typename F> void on_thread(F f, int = 0) { f(); }
void critically(std::function<void()>, std::function<void()>);
void post_unless(bool, std::function<void()>);
void unknown(std::function<void()>);
} // namespace app

void event_loop(app::loop &l) {
  app::post([] {
    app::block(); // warn: coro-blocking-call
  });
  app::post(1, [] {
    app::block(); // warn: coro-blocking-call
  });
  // A constraint without a name is no argument; a parameter with one is.
  app::post('a', [] {
    app::block(); // warn: coro-blocking-call
  });
  app::post((char *)nullptr, [] { app::block(); });
  l.post([] {
    app::block(); // warn: coro-blocking-call
  });
  app::timer t(1, [] {
    app::block(); // warn: coro-blocking-call
  });
  l.other([] { app::block(); });
  app::unknown([] { app::block(); });
}

task<> allow_blocking() {
  app::on_thread([] { app::block(); });
  co_return;
}

void no_yield() {
  app::critically(
      [] {
        app::pump(); // warn: coro-no-yield-region
      },
      [] {
        app::pump(); // warn: coro-no-yield-region
      });
}

void conditions(bool b) {
  app::post_unless(false, [] {
    app::block(); // warn: coro-blocking-call
  });
  app::post_unless(b, [] {
    app::block(); // warn: coro-blocking-call
  });
  app::post_unless(true, [] { app::block(); });
}
