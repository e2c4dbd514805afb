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

// The destructor of a process, or of a thread, that has ended waits for nothing.
extern "C" int waitpid(int, int *, int);
class process {
public:
  process(const char *path);
  ~process() {
    if (id > 0)
      waitpid(id, nullptr, 0);
  }
  async_awaiter<int> async_wait();
  async_awaiter<int> async_read();
  void restart(const char *path);

private:
  int id = 0;
};
class worker {
public:
  explicit worker(int n);
  ~worker() {
    if (running)
      running = false, done.wait(lock);
  }
  async_awaiter<> join();

private:
  bool running = true;
  std::mutex mutex;
  std::unique_lock<std::mutex> lock{mutex};
  std::condition_variable done;
};
task<> process_ended_ok() {
  process child("/bin/true");
  use(co_await child.async_read());
  use(co_await child.async_wait());
}
task<> worker_ended_ok() {
  worker w(1);
  co_await w.join();
}
task<> process_runs_bad() {
  process child("/bin/true"); // warn: coro-blocking-call
  use(co_await child.async_read());
}
task<> worker_runs_bad() {
  worker w(1); // warn: coro-blocking-call
  co_await async_op();
}
task<> ended_sometimes_bad(bool b) {
  process child("/bin/true"); // warn: coro-blocking-call
  if (b)
    use(co_await child.async_wait());
}
task<> left_early_bad(bool b) {
  process child("/bin/true"); // warn: coro-blocking-call
  if (b)
    co_return;
  use(co_await child.async_wait());
}
task<> other_process_bad() {
  process child("/bin/true"); // warn: coro-blocking-call
  process other("/bin/true");
  use(co_await other.async_wait());
}
task<> restarted_process_bad() {
  process child("/bin/true"); // warn: coro-blocking-call
  use(co_await child.async_wait());
  child.restart("/bin/false");
}
