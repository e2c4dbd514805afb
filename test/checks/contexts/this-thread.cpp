// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async %t -std=c++20
// Code that compares the thread that it runs on with that of a loop: where they
// differ, it is not in the loop, and may wait for it.

#include "coro.h"
#include <future>
#include <thread>
using namespace coro;

COROLINT_BLOCKING void block();
struct Loop {
  std::thread::id thread;
  void post(std::promise<void> &);
};
void work();

COROLINT_EVENT_LOOP void equal_ok(Loop &loop) {
  if (std::this_thread::get_id() == loop.thread)
    return work();
  std::promise<void> done;
  loop.post(done);
  done.get_future().wait();
}
COROLINT_EVENT_LOOP void different_ok(Loop &loop) {
  if (loop.thread != std::this_thread::get_id())
    block();
  work();
}
COROLINT_EVENT_LOOP void named_ok(Loop &loop) {
  const bool here = std::this_thread::get_id() == loop.thread;
  if (!here)
    block();
}
COROLINT_EVENT_LOOP void equal_bad(Loop &loop) {
  if (std::this_thread::get_id() == loop.thread)
    block(); // warn: coro-blocking-call
}
COROLINT_EVENT_LOOP void different_bad(Loop &loop) {
  if (std::this_thread::get_id() != loop.thread)
    return;
  block(); // warn: coro-blocking-call
}
/// No thread is that of the code.
COROLINT_EVENT_LOOP void others_bad(Loop &a, Loop &b) {
  if (a.thread != b.thread)
    block(); // warn: coro-blocking-call
}
COROLINT_EVENT_LOOP void before_bad(Loop &loop) {
  if (std::this_thread::get_id() < loop.thread)
    block(); // warn: coro-blocking-call
}
