// RUN: %check_corolint %s coro-blocking-call,coro-discarded-task %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// The verdicts of the model of td::actor, each table both ways.

#include <td-actor/td-actor.h>
#include <thread>

void block() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

namespace actor = td::actor;
actor::Task<int> load();
actor::StartedTask<> started(int);

// A scheduler's thread runs the methods of its actors, and lambdas sent to them.
struct Server : actor::Actor {
  void start_up() override { block(); } // warn: coro-blocking-call
  void on_timer() { block(); }          // warn: coro-blocking-call
};
struct NoActor {
  void start_up() { block(); }
};
inline void sent_bad(Server &server, actor::Scheduler &scheduler) {
  actor::send_lambda(server, [] { block(); });       // warn: coro-blocking-call
  actor::send_lambda_later(server, [] { block(); }); // warn: coro-blocking-call
  scheduler.run_in_context([] { block(); });         // warn: coro-blocking-call
}
inline void sent_ok(Server &server) {
  actor::send_lambda(server, [] {});
  block();
}

struct Pump : actor::Actor {
  actor::Scheduler &scheduler;
  void on_timer() {
    scheduler.run(10); // warn: coro-blocking-call
    scheduler.run(0);
  }
};

// A started task is cancelled if it is dropped, another one never runs.
inline actor::Task<> dropped_bad() {
  load();     // warn: coro-discarded-task
  started(1); // warn: coro-discarded-task
  co_await load();
}
inline actor::Task<> detached_ok() {
  started(1).detach();
  load().start();
  co_await started(2);
}
