// RUN: %check_corolint %s coro-dangling-reference %t
// Tasks that are handed to functions without a body, which make other tasks of
// them. Such a task is finished no earlier than what it was made of.

#include "tasks.h"
using namespace coro;

struct executor {};
task<> spawn_on(executor &where, task<> work);
task<> retry(int times, task<> work);
int run(task<> work);
task<int> length(int of_task);

task<> closure_bad(executor &where, int n) {
  auto work = [n]() -> task<> { use(n); co_return; }; // warn: coro-dangling-reference
  return spawn_on(where, work());
}
task<> twice_bad(executor &where, int n) {
  return spawn_on(where, retry(3, [n]() -> task<> { use(n); co_return; }())); // warn: coro-dangling-reference
}
task<> by_reference(const buffer &b) { use(b); co_return; }
task<> argument_bad(executor &where) {
  buffer b;
  return spawn_on(where, by_reference(b)); // warn: coro-dangling-reference
}
task<> awaited_ok(executor &where, int n) {
  auto work = [n]() -> task<> { use(n); co_return; };
  co_await spawn_on(where, work());
}
task<> passed_ok(executor &where, int n) {
  return spawn_on(where, [](int n) -> task<> { use(n); co_return; }(n));
}
// What it returns is no task: it may have waited.
int waited_ok(int n) {
  return run([n]() -> task<> { use(n); co_return; }());
}
task<int> waited_before_ok(int n) {
  return length(run([n]() -> task<> { use(n); co_return; }()));
}
