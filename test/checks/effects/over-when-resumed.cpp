// RUN: %check_corolint %s coro-* %t -std=c++20
// `await_resume` gets at what the awaiter has waited for while the coroutine
// was suspended.

#include "coro.h"
#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <thread>
using namespace coro;
using namespace std::chrono_literals;

struct on_other_thread {
  std::future<int> result;
  bool await_ready() { return result.wait_for(0s) == std::future_status::ready; }
  void await_suspend(std::coroutine_handle<> h) {
    std::thread([this, h] {
      result.wait();
      h.resume();
    }).detach();
  }
  int await_resume() { return result.get(); }
};
struct derived : std::future<int> {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h);
  int await_resume() { return this->get(); }
};
struct joining {
  std::thread worker;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h) {
    worker = std::thread([h] { h.resume(); });
  }
  void await_resume() { worker.join(); }
};
struct joining_if_any {
  std::optional<std::thread> worker;
  std::unique_ptr<std::thread> other;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h) {
    worker = std::thread([h] { h.resume(); });
  }
  void await_resume() {
    if (worker)
      worker->join();
    if (other)
      (*other).join();
  }
};
task<> over_ok() {
  co_await joining_if_any{};
  co_await on_other_thread{};
  co_await derived{};
  co_await joining{};
}

struct at_once {
  std::future<int> result;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h) { h.resume(); }
  int await_resume() { return result.get(); }
};
struct called_at_once : at_once {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h) { h(); }
  int await_resume() { return result.get(); }
};
struct always_ready {
  std::future<int> result;
  bool await_ready() { return true; }
  void await_suspend(std::coroutine_handle<>) {}
  int await_resume() { return result.get(); }
};
struct other_work {
  std::future<int> result;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>);
  int await_resume() {
    std::this_thread::sleep_for(1s);
    static std::future<int> other;
    return other.get();
  }
};
task<> waits_bad() {
  co_await at_once{}; // warn: coro-sync-over-async
  co_await called_at_once{}; // warn: coro-sync-over-async
  co_await always_ready{}; // warn: coro-sync-over-async
  co_await other_work{}; // warn: coro-blocking-call, coro-sync-over-async
}

// A thread whose last act is to signal what the coroutine awaits.
struct event {
  void set();
  async_awaiter<> wait();
};
void work();
task<> signalled_ok() {
  event finished;
  std::thread worker([&finished] {
    work();
    try {
      finished.set();
    } catch (...) {
    }
  });
  co_await finished.wait();
  worker.join();
}
task<> signalled_early_bad() {
  event started;
  std::thread worker([&started] {
    started.set();
    work();
  });
  co_await started.wait();
  worker.join(); // warn: coro-blocking-call
}
task<> other_signal_bad() {
  event finished, other;
  std::thread worker([&finished] {
    work();
    finished.set();
  });
  co_await other.wait();
  worker.join(); // warn: coro-blocking-call
}
task<> not_awaited_bad() {
  event finished;
  std::thread worker([&finished] { finished.set(); });
  worker.join(); // warn: coro-blocking-call
  co_await finished.wait();
}
task<> awaiting_failed_bad() {
  event finished;
  std::thread worker([&finished] { finished.set(); });
  try {
    co_await finished.wait();
  } catch (...) {
    worker.join(); // warn: coro-blocking-call
  }
}

// The same in a callable that runs at the end of the scope.
template <typename F> struct at_exit {
  F f;
  ~at_exit() { f(); }
};
template <typename F> at_exit(F) -> at_exit<F>;
struct cancellable {
  async_awaiter<> inner;
  int token;
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
task<> joined_at_exit_ok(bool twice) {
  event finished;
  std::thread worker([&] {
    if (twice)
      finished.set();
    else
      finished.set();
  });
  at_exit join{[&] { worker.join(); }};
  co_await finished.wait();
}
task<> joined_at_exit_wrapped_ok() {
  event finished;
  std::thread worker([&] { finished.set(); });
  at_exit join{[&] { worker.join(); }};
  co_await cancellable{finished.wait(), 1};
}
task<> joined_at_exit_of_other_bad() {
  event finished, other;
  std::thread worker([&] { finished.set(); });
  at_exit join{[&] { worker.join(); }}; // warn: coro-blocking-call
  co_await other.wait();
}
task<> joined_on_one_path_bad(bool early) {
  event finished;
  std::thread worker([&] {
    if (early)
      finished.set();
    work();
  });
  at_exit join{[&] { worker.join(); }}; // warn: coro-blocking-call
  co_await finished.wait();
}

// The same in the destructor of the awaiter.
struct joins_at_end {
  std::thread worker;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h) {
    worker = std::thread([h] { h.resume(); });
  }
  void await_resume() {}
  ~joins_at_end() { worker.join(); }
};
struct joins_other_work {
  std::thread worker;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h);
  void await_resume() {}
  ~joins_other_work() { worker.join(); }
};
task<> joins_at_end_ok() { co_await joins_at_end{}; }
task<> joins_other_work_bad() {
  co_await joins_other_work{}; // warn: coro-blocking-call
}
