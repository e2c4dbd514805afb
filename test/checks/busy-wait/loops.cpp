// RUN: %check_corolint %s coro-busy-wait %t
// Loops that wait in coroutines.

#include "tasks.h"
#include <atomic>
#include <chrono>
#include <future>
#include <thread>
#include <vector>
using namespace coro;
using clock_type = std::chrono::steady_clock;

std::atomic<bool> flag;
std::atomic<int> count;
volatile bool raised;
bool plain;
std::atomic_flag spin;
void work();
bool check();
task<> next();

task<> load_bad() {
  while (!flag.load()) { // warn: coro-busy-wait
  }
  co_await async_op();
}
task<> conversion_bad() {
  while (!flag) // warn: coro-busy-wait
    ;
  co_await async_op();
}
task<> compare_bad() {
  while (count.load(std::memory_order_acquire) > 0) // warn: coro-busy-wait
    ;
  co_await async_op();
}
task<> compare_conversion_bad() {
  while (count != 0) // warn: coro-busy-wait
    ;
  co_await async_op();
}
task<> thread_yield_bad() {
  while (!flag.load()) // warn: coro-busy-wait
    std::this_thread::yield();
  co_await async_op();
}
task<> do_bad() {
  do // warn: coro-busy-wait
    std::this_thread::yield();
  while (!flag.load());
  co_await async_op();
}
task<> for_bad() {
  for (; !flag.load();) // warn: coro-busy-wait
    std::this_thread::yield();
  co_await async_op();
}
task<> break_bad() {
  while (true) { // warn: coro-busy-wait
    if (flag.load())
      break;
    std::this_thread::yield();
  }
  co_await async_op();
}
task<> return_bad() {
  for (;;) { // warn: coro-busy-wait
    if (flag.load())
      co_return;
  }
  co_await async_op();
}
task<> flag_bad() {
  while (!plain) { // warn: coro-busy-wait
  }
  co_await async_op();
}
task<> volatile_bad() {
  while (!raised) { // warn: coro-busy-wait
  }
  co_await async_op();
}
task<> reference_bad(bool &done) {
  while (!done) // warn: coro-busy-wait
    std::this_thread::yield();
  co_await async_op();
}
struct object {
  bool done = false;
  std::atomic<bool> ready;
  task<> member_bad() {
    while (!done) // warn: coro-busy-wait
      std::this_thread::yield();
    co_await async_op();
  }
  task<> atomic_member_bad() {
    while (!ready) // warn: coro-busy-wait
      ;
    co_await async_op();
  }
  task<> modified_ok() {
    while (!done)
      done = check();
    co_await async_op();
  }
};
task<> clock_bad(clock_type::time_point deadline) {
  while (clock_type::now() < deadline) // warn: coro-busy-wait
    ;
  co_await async_op();
}
task<> future_bad(std::future<int> &f) {
  while (f.wait_for(std::chrono::seconds(0)) != std::future_status::ready) // warn: coro-busy-wait
    std::this_thread::yield();
  co_await async_op();
}
task<> never_suspends_bad() {
  while (!flag.load()) // warn: coro-busy-wait
    co_await never();
  co_await async_op();
}
task<> counting_bad() {
  int spins = 0;
  while (!flag.load()) // warn: coro-busy-wait
    ++spins;
  co_await async_op();
}
task<> endless_bad() {
  co_await async_op();
  while (true) // warn: coro-busy-wait
    work();
}
task<> endless_for_bad() {
  co_await async_op();
  for (;;) // warn: coro-busy-wait
    work();
}
task<> inner_break_bad(int n) {
  co_await async_op();
  while (true) { // warn: coro-busy-wait
    for (int i = 0; i < n; ++i)
      if (check())
        break;
  }
}
auto lambda_bad = []() -> task<> {
  while (!flag.load()) // warn: coro-busy-wait
    ;
  co_await async_op();
};
COROLINT_EVENT_LOOP void event_loop_bad() {
  while (!flag.load()) // warn: coro-busy-wait
    ;
}
COROLINT_NO_YIELD void no_yield_bad() {
  while (!flag.load()) // warn: coro-busy-wait
    std::this_thread::yield();
}
template <typename T> task<> template_bad(T &value) {
  while (value.load() > 0) // warn: coro-busy-wait
    ;
  co_await async_op();
}
template task<> template_bad<std::atomic<int>>(std::atomic<int> &);
template task<> template_bad<std::atomic<long>>(std::atomic<long> &);

task<> awaits_ok() {
  while (!flag.load())
    co_await async_op();
}
task<> awaits_task_ok() {
  while (!flag.load())
    co_await next();
}
task<> works_ok() {
  while (!flag.load())
    work();
  co_await async_op();
}
task<> compare_exchange_ok() {
  int expected = count.load();
  while (!count.compare_exchange_weak(expected, expected + 1))
    ;
  co_await async_op();
}
task<> compare_exchange_in_body_ok() {
  while (true) {
    int expected = count.load();
    if (count.compare_exchange_weak(expected, expected + 1))
      break;
  }
  co_await async_op();
}
task<> bounded_ok() {
  for (int i = 0; i < 100 && !flag.load(); ++i)
    std::this_thread::yield();
  co_await async_op();
}
task<> bounded_count_ok() {
  int i = 0;
  while (!flag.load() && i < 100)
    ++i;
  co_await async_op();
}
task<> computes_ok(int n) {
  while (n > 0)
    n /= 2;
  co_await async_op();
}
task<> checks_ok() {
  while (!check()) {
  }
  co_await async_op();
}
task<> endless_suspends_ok() {
  while (true)
    co_await async_op();
}
task<> endless_returns_ok() {
  while (true) {
    if (check())
      co_return;
    work();
  }
  co_await async_op();
}
task<> endless_breaks_ok() {
  while (true) {
    if (check())
      break;
  }
  co_await async_op();
}
task<> endless_throws_ok() {
  co_await async_op();
  while (true) {
    if (check())
      throw 1;
  }
}
void no_context_ok() {
  while (!flag.load())
    ;
}
COROLINT_ALLOW_BLOCKING task<> allowed_ok() {
  while (!flag.load())
    ;
  co_await async_op();
}
generator<int> generator_ok() {
  while (!flag.load()) {
  }
  int i = 1;
  co_yield i;
}
task<> once_ok() {
  do
    work();
  while (false);
  co_await async_op();
}
task<> local_flag_ok() {
  bool done = false;
  while (!done)
    done = check();
  co_await async_op();
}
task<> list_ok(object *o) {
  struct node { node *next; } *n = nullptr;
  while (n)
    n = n->next;
  co_await async_op();
}
task<> lambda_inside_ok() {
  auto wait = [] {
    while (!flag.load())
      ;
  };
  (void)wait;
  co_await async_op();
}

// Each time round it asks another one.
using futures = std::vector<std::future<int>>;
task<> next_of_many_ok(futures &all) {
  auto it = all.begin();
  while (it != all.end() &&
         it->wait_for(std::chrono::seconds(0)) == std::future_status::ready)
    ++it;
  co_await async_op();
}
task<> assigned_ok(futures &all) {
  auto it = all.begin();
  while (it->wait_for(std::chrono::seconds(0)) != std::future_status::ready)
    it = all.begin() + 1;
  co_await async_op();
}
task<> same_one_bad(futures &all) {
  auto it = all.begin();
  while (it->wait_for(std::chrono::seconds(0)) != // warn: coro-busy-wait
         std::future_status::ready) {
  }
  co_await async_op();
}
task<> moves_another_bad(futures &all) {
  auto it = all.begin(), other = all.begin();
  while (it->wait_for(std::chrono::seconds(0)) != // warn: coro-busy-wait
         std::future_status::ready)
    ++other;
  co_await async_op();
}

task<> works_for_ever_bad() {
  co_await async_op();
  for (;;) // warn: coro-busy-wait
    work();
}
task<> counts_for_ever_bad(unsigned i) {
  co_await async_op();
  for (;; ++i) { // warn: coro-busy-wait
  }
}

// A loop of a library that a model describes whole is the library's business.
namespace asio {
inline task<> marks_what_is_never_reached_ok() {
  co_await async_op();
  for (;;) {
  }
}
} // namespace asio
namespace ours {
inline task<> marks_what_is_never_reached_bad() {
  co_await async_op();
  for (;;) { // warn: coro-busy-wait
  }
}
} // namespace ours
