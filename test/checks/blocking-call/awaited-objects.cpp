// RUN: %check_corolint %s coro-blocking-call %t
// A future of the project that a coroutine has awaited does not block.

#include "tasks.h"
#include <condition_variable>
#include <mutex>
using namespace coro;

template <typename T> class result {
public:
  struct known {
    bool await_ready() const;
    void await_suspend(std::coroutine_handle<>) const;
    bool await_resume() const;
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
  known is_known() const;
  known next();
  T get() {
    std::unique_lock Lock(Mutex);
    Changed.wait(Lock, [this] { return Done; });
    return Value;
  }
  T &operator*() {
    get();
    return Value;
  }
  void restart(int);

private:
  std::mutex Mutex;
  std::condition_variable Changed;
  bool Done = false;
  T Value{};
};

task<> not_awaited_bad(result<int> &r) {
  use(r.get()); // warn: coro-blocking-call
  co_await r;
}
task<> awaited_ok(result<int> &r) {
  co_await r;
  use(r.get());
}
task<> known_ok(result<int> &r) {
  while (co_await r.is_known()) {
    use(*r);
    use(*r);
    r.restart(1);
  }
}
task<> restarted_bad(result<int> &r) {
  co_await r;
  r.restart(1);
  use(r.get()); // warn: coro-blocking-call
}
task<> other_bad(result<int> &r, result<int> &s) {
  co_await s;
  use(r.get()); // warn: coro-blocking-call
}
task<> on_one_path_bad(result<int> &r, bool b) {
  if (b)
    co_await r;
  use(r.get()); // warn: coro-blocking-call
}
// The method may have changed the object.
task<> next_bad(result<int> &r) {
  co_await r.next();
  use(r.get()); // warn: coro-blocking-call
}

// Awaiting a method of an object that cannot be awaited proves nothing.
class channel {
public:
  result<int>::known pop() const;
  void drain() {
    std::unique_lock Lock(Mutex);
    Changed.wait(Lock, [this] { return Empty; });
  }

private:
  std::mutex Mutex;
  std::condition_variable Changed;
  bool Empty = false;
};
task<> channel_bad(channel &c) {
  co_await c.pop();
  c.drain(); // warn: coro-blocking-call
}
