// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/jbaldwin/libcoro/pull/420
// A coroutine shuts down the pool that runs it. The shutdown joins all threads, also that of the coroutine.
#include <libcoro/libcoro.h>
#include <memory>
class Context {
  std::unique_ptr<coro::thread_pool> executor;
  void stop() { executor->shutdown(); }

  coro::task<> run_bad(bool last) {
    co_await executor->schedule();
    if (last)
      stop(); // warn: coro-blocking-call
  }
  coro::task<> run_ok(bool &done, bool last) {
    co_await executor->schedule();
    if (last)
      done = true;
  }

public:
  void start_bad(bool last) { executor->spawn_detached(run_bad(last)); }
  void main_ok(bool last) {
    bool done = false;
    coro::sync_wait(run_ok(done, last));
    if (done)
      stop();
  }
};
