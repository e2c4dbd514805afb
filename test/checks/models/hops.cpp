// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/places.yaml"}}' -- -I %S/Inputs
// Hops that a model describes.

#include "app.h"
using namespace coro;

task<> background_ok() {
  co_await app::to_background();
  app::block();
}
task<> by_class_ok() {
  co_await app::background_awaiter();
  app::block();
}
task<> foreground_bad() {
  co_await app::to_background();
  co_await app::to_foreground();
  app::block(); // warn: coro-blocking-call
}

// The first leaves the loop; one with another argument returns to it.
task<> alternates_ok(int worker) {
  co_await app::move_to(worker);
  app::block();
}
task<> alternates_back_bad(int worker, int ui) {
  co_await app::move_to(worker);
  co_await app::move_to(ui);
  app::block(); // warn: coro-blocking-call
}
task<> same_argument_ok(int worker) {
  co_await app::move_to(worker);
  co_await app::move_to(worker);
  app::block();
}

// The executor's class decides.
task<> on_pool_ok(app::pool &p) {
  co_await app::resume_on(p);
  app::block();
}
task<> on_owned_pool_ok(std::unique_ptr<app::pool> &p) {
  co_await app::resume_on(p);
  app::block();
}
task<> on_loop_bad(app::pool &p, app::loop &l) {
  co_await app::resume_on(p);
  co_await app::resume_on(l);
  app::block(); // warn: coro-blocking-call
}
task<> nobody_knows_ok(app::other &o) {
  co_await app::resume_on(o);
  app::block();
}

// Only until the next suspension point.
task<> token_ok(app::pool &p) {
  co_await app::read(app::bind_executor(p, app::token()));
  app::block();
}
task<> token_ended_bad(app::pool &p) {
  co_await app::read(app::bind_executor(p, app::token()));
  co_await app::read(app::token());
  app::block(); // warn: coro-blocking-call
}
task<> token_never_suspends_ok(app::pool &p) {
  co_await app::read(app::bind_executor(p, app::token()));
  co_await never();
  app::block();
}
task<> token_on_loop_bad(app::loop &l) {
  co_await app::read(app::bind_executor(l, app::token()));
  app::block(); // warn: coro-blocking-call
}
