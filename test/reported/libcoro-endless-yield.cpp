// RUN: %check_corolint %s coro-busy-wait %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/jbaldwin/libcoro/issues/401
// The shutdown of a ring buffer yields until somebody has emptied it, though
// whoever did that may have left.

#include <atomic>
#include <libcoro/libcoro.h>
#include <thread>

struct Buffer {
  std::atomic<int> used = 0;

  coro::task<> drain_bad(coro::thread_pool &pool) {
    while (used.load() > 0) // warn: coro-busy-wait
      co_await pool.yield();
  }
  coro::task<> spin_bad(coro::thread_pool &pool) {
    co_await pool.schedule();
    while (used.load() > 0) // warn: coro-busy-wait
      std::this_thread::yield();
  }
  coro::task<> drain_ok(coro::thread_pool &pool, coro::task<> emptied) {
    co_await pool.schedule();
    if (used.load() > 0)
      co_await std::move(emptied);
  }
};
