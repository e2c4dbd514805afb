// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
// https://github.com/ceph/ceph/pull/29553
// A stackful coroutine waits for a request under the lock that the request's
// completion needs.

#include <asio.hpp>
#include <asio/spawn.hpp>
#include <mutex>

struct Request {
  std::mutex lock;
  bool done = false;
  asio::steady_timer timer;

  void finish() {
    std::lock_guard guard(lock);
    done = true;
    timer.cancel();
  }
  void wait_bad(asio::yield_context yield) {
    std::unique_lock guard(lock);
    if (!done)
      timer.async_wait(yield); // warn: coro-lock-across-await
  }
  void wait_ok(asio::yield_context yield) {
    std::unique_lock guard(lock);
    if (done)
      return;
    guard.unlock();
    timer.async_wait(yield);
  }
};
