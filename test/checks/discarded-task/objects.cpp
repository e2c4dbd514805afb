// RUN: %check_corolint %s coro-discarded-task %t
// Awaitables that a constructor makes and that nobody awaits.

#include "tasks.h"
using namespace coro;

/// An aggregate.
struct delay {
  int seconds;
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const noexcept {}
};
/// A constructor that only keeps its argument.
class sleep_for {
public:
  explicit sleep_for(int seconds) : Seconds(seconds) {}
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const noexcept {}

private:
  int Seconds;
};
/// A constructor that starts the work.
class read_file {
public:
  explicit read_file(int file) { use(file); }
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  int await_resume() const noexcept;
};
/// One that may start it.
class write_file {
public:
  explicit write_file(int file);
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  int await_resume() const noexcept;
};
class [[nodiscard]] send_file {
public:
  explicit send_file(int file);
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  int await_resume() const noexcept;
};
/// A destructor that does the work if nobody waits for it.
class post {
public:
  explicit post(int work) : Work(work) {}
  ~post() { use(Work); }
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const noexcept {}

private:
  int Work;
};
/// No awaitable.
struct number {
  int value;
};

task<> aggregate_bad() {
  delay{1};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the awaitable 'delay' has no effect: it is discarded
  // CHECK-FIXES: co_await delay{1};
  co_await async_op();
}
task<> constructor_bad() {
  sleep_for(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the awaitable 'sleep_for' has no effect: it is discarded
  // CHECK-FIXES: co_await sleep_for(1);
  co_await async_op();
}
void plain_function_bad() {
  sleep_for{1}; // warn: coro-discarded-task
}
task<> branch_bad(bool slow) {
  if (slow)
    delay{5}; // warn: coro-discarded-task
  co_await async_op();
}
task<> nodiscard_bad() {
  send_file(1); // warn: coro-discarded-task
  co_await async_op();
}
template <typename T> task<> instance_bad() {
  sleep_for(sizeof(T)); // warn: coro-discarded-task
  co_await async_op();
}
template task<> instance_bad<int>();

task<> awaited_ok() {
  co_await delay{1};
  co_await sleep_for(1);
  delay kept{2};
  co_await kept;
  delay copy(kept);
  co_await std::move(copy);
}
task<> meant_ok() {
  (void)delay{1};
  (void)sleep_for(1);
  co_await async_op();
}
task<> works_ok() {
  read_file(1);
  write_file(1);
  post(1);
  number{1};
  co_await async_op();
}
delay returned_ok() { return {1}; }
void handed_on_ok(std::vector<delay> &delays) {
  delays.push_back(delay{1});
  delays.emplace_back(delay{2});
}
