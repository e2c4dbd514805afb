// RUN: %check_corolint %s coro-lock-across-await %t -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/post.yaml"}}'

// A lock that is moved into a callable is held until that has run.

#include "coro.h"

#include <functional>
#include <mutex>
#include <utility>

namespace app {
template <typename F> void post(F &&Callable);
template <typename F> void visit(F &&Callable);
template <typename F> void unknown(F &&Callable);
} // namespace app

struct session {
  std::mutex Mutex;
  void written();

  void moved_bad() {
    std::unique_lock<std::mutex> Lock(Mutex);
    app::post([this, Lock = std::move(Lock)] { written(); });
    // CHECK-NOTES: :[[@LINE-1]]:10: warning: lock 'Lock' is moved into a callable that runs later [coro-lock-across-await]
    // CHECK-NOTES: :[[@LINE-3]]:34: note: acquired here
  }
  void tried_bad() {
    std::unique_lock<std::mutex> Lock(Mutex, std::try_to_lock);
    if (!Lock.owns_lock())
      return;
    app::post([Held = std::move(Lock)] {}); // warn: coro-lock-across-await
  }
  coro::task<> in_coroutine_bad() {
    std::unique_lock<std::mutex> Lock(Mutex);
    app::post([Held = std::move(Lock)] {}); // warn: coro-lock-across-await
    co_await coro::async_op();
  }

  void not_held_ok() {
    std::unique_lock<std::mutex> Lock(Mutex, std::defer_lock);
    app::post([Held = std::move(Lock)] {});
  }
  void released_ok() {
    std::unique_lock<std::mutex> Lock(Mutex);
    Lock.unlock();
    app::post([Held = std::move(Lock)] {});
  }
  void called_at_once_ok() {
    std::unique_lock<std::mutex> Lock(Mutex);
    app::visit([Held = std::move(Lock)] {});
  }
  void unknown_ok() {
    std::unique_lock<std::mutex> Lock(Mutex);
    app::unknown([Held = std::move(Lock)] {});
  }
  void only_posted_under_lock_ok() {
    std::unique_lock<std::mutex> Lock(Mutex);
    app::post([this] { written(); });
  }
  void takes_its_own_ok() {
    app::post([this] {
      std::unique_lock<std::mutex> Lock(Mutex);
      app::visit([Held = std::move(Lock)] {});
    });
  }
};
