// RUN: %check_corolint %s coro-busy-wait %t
// What a loop asks, and what ends it.

#include "tasks.h"
#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <thread>
using namespace coro;
using namespace std::chrono_literals;

std::atomic<bool> flag;
std::atomic<int> count;
std::atomic<std::shared_ptr<int>> published;
std::atomic<int *> pointer;
void work();
bool check();

task<> pointer_bad() {
  while (pointer.load() == nullptr) // warn: coro-busy-wait
    ;
  co_await async_op();
}
task<> two_flags_bad() {
  while (!flag.load() || count.load() == 0) // warn: coro-busy-wait
    ;
  co_await async_op();
}
task<> inverted_exit_bad() {
  while (true) { // warn: coro-busy-wait
    if (!flag.load())
      continue;
    break;
  }
  co_await async_op();
}
task<> local_copy_bad() {
  int seen = 0;
  do // warn: coro-busy-wait
    seen = count.load();
  while (seen == 0);
  co_await async_op();
}
task<> nested_bad(int n) {
  for (int i = 0; i < n; ++i) {
    while (count.load() < i) // warn: coro-busy-wait
      ;
    co_await async_op();
  }
}
task<> future_in_body_bad(std::shared_future<int> f) {
  for (;;) { // warn: coro-busy-wait
    if (f.wait_for(0s) == std::future_status::ready)
      break;
  }
  co_await async_op();
}
task<> elapsed_bad() {
  const auto start = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - start < 5ms) // warn: coro-busy-wait
    std::this_thread::yield();
  co_await async_op();
}
struct gauge {
  std::atomic<int> level;
  bool open = false;
  int limit = 3;
  bool is_open() const { return open; }
  task<> through_this_bad() {
    while (this->level.load() > limit) // warn: coro-busy-wait
      ;
    co_await async_op();
  }
  task<> set_by_itself_ok() {
    while (!open) {
      open = check();
    }
    co_await async_op();
  }
};
task<> through_pointer_bad(gauge *g) {
  while (!g->open) // warn: coro-busy-wait
    ;
  co_await async_op();
}
task<> captured_flag_bad() {
  bool done = false;
  auto wait = [&done]() -> task<> {
    while (!done) // warn: coro-busy-wait
      ;
    co_await async_op();
  };
  auto t = wait();
  done = true;
  co_await t;
}

task<> accessor_ok(gauge &g) {
  while (!g.is_open())
    work();
  co_await async_op();
}
task<> fetch_add_ok() {
  while (count.fetch_add(1) < 10) {
  }
  co_await async_op();
}
task<> exchange_ok() {
  while (flag.exchange(true))
    ;
  co_await async_op();
}
task<> stores_ok() {
  while (!flag.load())
    count.store(1);
  co_await async_op();
}
task<> awaits_in_condition_ok() {
  while (!(co_await async_op<bool>()))
    ;
}
task<> awaits_in_branch_ok() {
  while (!flag.load()) {
    if (count.load() > 3)
      co_await async_op();
  }
}
task<> awaits_in_inner_loop_ok() {
  while (!flag.load())
    for (int i = 0; i < 3; ++i)
      co_await async_op();
}
task<> constant_ok() {
  constexpr bool run = false;
  while (run)
    ;
  co_await async_op();
}
task<> value_parameter_ok(bool done) {
  while (!done)
    done = check();
  co_await async_op();
}
task<> tries_ok() {
  for (int tries = 10; !flag.load() && tries > 0; --tries)
    std::this_thread::yield();
  co_await async_op();
}
task<> consumes_ok(std::vector<int> v) {
  while (!v.empty())
    v.pop_back();
  co_await async_op();
}
task<> gives_up_ok() {
  int spins = 0;
  while (!flag.load())
    if (++spins > 1000)
      break;
  co_await async_op();
}
task<> range_ok(const std::vector<int> &v) {
  for (int i : v)
    if (count.load() > i)
      use(i);
  co_await async_op();
}
async_generator<int> yields_values_ok() {
  while (!flag.load())
    co_yield 1;
}
