// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/David-Haim/concurrencpp/issues/61
// A task of a pool waits, on its thread, for other tasks of the pool; with
// enough of them no thread is left to run these.

#include <concurrencpp/concurrencpp.h>
#include <memory>

using concurrencpp::result;
using concurrencpp::thread_pool_executor;
result<int> work();

struct Sum {
  void run_bad(std::shared_ptr<thread_pool_executor> pool) {
    pool->submit([] {
      auto part = work();
      part.get(); // warn: coro-sync-over-async
    });
  }
  result<int> run_too_bad() {
    auto part = work();
    part.wait(); // warn: coro-sync-over-async
    co_return 0;
  }
  result<int> run_ok() { co_return co_await work(); }
};
