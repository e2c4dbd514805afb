// RUN: %check_corolint %s coro-discarded-task %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/apple/foundationdb/commit/d8a82849010c131604015cf79e7cda892aeac164
// An actor without a result ran on by itself. Its successor is a coroutine with a future, which is cancelled when
// the future is dropped.
#include <foundationdb/foundationdb.h>
struct Process {
  void kill();
};
struct Endpoint {};
Process *getProcess(const Endpoint &endpoint);

Future<int> failAfter(Future<int> trigger, Process *process) {
  co_await trigger;
  process->kill();
  co_return 0;
}
void fail_bad(Future<int> trigger, Endpoint endpoint) {
  failAfter(trigger, getProcess(endpoint)); // warn: coro-discarded-task
}
Future<int> fail_ok(Future<int> trigger, Endpoint endpoint) { return failAfter(trigger, getProcess(endpoint)); }
