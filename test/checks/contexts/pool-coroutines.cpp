// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async %t \
// RUN:   -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/pool.yaml"}}'
// A coroutine that starts on a pool may block there, and must not wait for what
// the pool computes. A region is one wherever it runs.

#include "coro.h"
using namespace coro;

COROLINT_BLOCKING int block();
COROLINT_SYNC_WAIT int wait_for_work();

namespace app {
struct on_pool {};
struct on_loop {};
} // namespace app

task<> pool(app::on_pool) {
  block();
  wait_for_work(); // warn: coro-sync-over-async
  co_await async_op();
}

task<> loop_bad(app::on_loop) {
  block();         // warn: coro-blocking-call
  wait_for_work(); // warn: coro-sync-over-async
  co_await async_op();
}

task<> region_bad(app::on_pool) {
  {
    COROLINT_NO_YIELD_REGION { block(); } // warn: coro-blocking-call
  }
  co_await async_op();
}
