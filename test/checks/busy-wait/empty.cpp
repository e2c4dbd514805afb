// RUN: %check_corolint %s coro-busy-wait %t -std=c++20
// A loop that does nothing but ask an object that nothing in it changes.

#include "tasks.h"
#include <optional>
using namespace coro;

struct Work {
  std::optional<int> result() const;
  bool done() const { return finished; }
  bool finished;
  bool poll();              // May do some of the work.
  bool wait() const { return block(); } // Waits by itself.
  bool take(int) const;
  static bool block();
};
void step(Work &);

task<> result_bad(Work work) {
  while (!work.result()) // warn: coro-busy-wait
    ;
  co_await async_op();
}
task<> braces_bad(Work work) {
  while (!work.done()) { // warn: coro-busy-wait
  }
  co_await async_op();
}
task<> do_bad(Work *work) {
  do { // warn: coro-busy-wait
  } while (!work->done());
  co_await async_op();
}
task<> for_bad(Work &work) {
  for (; !work.done();) { // warn: coro-busy-wait
  }
  co_await async_op();
}

task<> polled_ok(Work work) {
  while (!work.poll())
    ;
  co_await async_op();
}
task<> waits_ok(Work work) {
  while (!work.wait())
    ;
  co_await async_op();
}
task<> argument_ok(Work work, int n) {
  while (!work.take(n++))
    ;
  co_await async_op();
}
task<> body_ok(Work work) {
  while (!work.done())
    step(work);
  co_await async_op();
}
task<> suspends_ok(Work work) {
  while (!work.done())
    co_await async_op();
}
task<> other_ok(Work work) {
  while (!work.done() && work.poll())
    ;
  co_await async_op();
}
void no_coroutine_ok(Work work) {
  while (!work.done())
    ;
}
