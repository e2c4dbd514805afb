// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20
// Silent once readiness is proven on the path.

#include "coro.h"
#include <chrono>
#include <future>
#include <utility>
using namespace coro;
using namespace std::chrono_literals;
using std::future_status;

task<> direct_ok(std::future<int> &f) {
  if (f.wait_for(0s) == std::future_status::ready)
    f.get();
  co_return;
}

task<> direct_else_bad(std::future<int> &f) {
  if (f.wait_for(0s) == future_status::ready)
    co_return;
  f.get(); // warn: coro-sync-over-async
}

task<> reversed_ok(std::future<int> &f) {
  if (future_status::ready == f.wait_for(0s))
    f.get();
  co_return;
}

task<> wait_once_ready_ok(std::future<int> &f) {
  if (f.wait_for(0s) == future_status::ready)
    f.wait();
  co_return;
}

task<> timeout_bad(std::future<int> &f) {
  if (f.wait_for(0s) == future_status::timeout)
    f.get(); // warn: coro-sync-over-async
  co_return;
}

task<> not_deferred_bad(std::future<int> &f) {
  if (f.wait_for(0s) != future_status::deferred)
    f.get(); // warn: coro-sync-over-async
  co_return;
}

task<> negated_else_ok(std::future<int> &f) {
  if (f.wait_for(0s) != future_status::ready)
    co_await async_op();
  else
    f.get();
}

task<> negated_bad(std::future<int> &f) {
  if (f.wait_for(0s) != future_status::ready)
    f.get(); // warn: coro-sync-over-async
  co_return;
}

task<> early_return_ok(std::future<int> &f) {
  if (f.wait_for(0s) != future_status::ready)
    co_return;
  f.get();
}

task<> early_throw_ok(std::future<int> &f) {
  if (f.wait_for(0s) != future_status::ready)
    throw 1;
  f.get();
  co_return;
}

task<> early_continue_ok(std::future<int> &f) {
  for (int i = 0; i < 3; ++i) {
    if (f.wait_for(0s) != future_status::ready)
      continue;
    f.get();
    break;
  }
  co_return;
}

task<> logical_not_ok(std::future<int> &f) {
  if (!(f.wait_for(0s) == future_status::ready))
    co_return;
  f.get();
}

task<> loop_until_ready_ok(std::future<int> &f) {
  while (f.wait_for(0s) != future_status::ready)
    co_await async_op();
  f.get();
}

task<> loop_with_break_ok(std::future<int> &f) {
  for (;;) {
    if (f.wait_for(0s) == future_status::ready)
      break;
    co_await async_op();
  }
  f.get();
}

task<> loop_given_up_bad(std::future<int> &f) {
  for (int i = 0; i < 3; ++i) {
    if (f.wait_for(0s) == future_status::ready)
      break;
    co_await async_op();
  }
  f.get(); // warn: coro-sync-over-async
}

task<> do_while_ok(std::future<int> &f) {
  do
    co_await async_op();
  while (f.wait_for(0s) != future_status::ready);
  f.get();
}

task<> stored_status_ok(std::future<int> &f) {
  auto status = f.wait_for(0s);
  if (status == future_status::ready)
    f.get();
  co_return;
}

task<> stored_status_bad(std::future<int> &f) {
  auto status = f.wait_for(0s);
  if (status != future_status::ready)
    f.get(); // warn: coro-sync-over-async
  co_return;
}

task<> stored_bool_ok(std::future<int> &f) {
  const bool ready = f.wait_for(0s) == future_status::ready;
  if (ready)
    f.get();
  co_return;
}

task<> stored_bool_negated_ok(std::future<int> &f) {
  bool ready = f.wait_for(0s) == future_status::ready;
  if (!ready)
    co_return;
  f.get();
}

task<> if_init_ok(std::future<int> &f) {
  if (auto status = f.wait_for(0s); status == future_status::ready)
    f.get();
  co_return;
}

task<> switch_ok(std::future<int> &f) {
  switch (f.wait_for(0s)) {
  case future_status::ready:
    f.get();
    break;
  case future_status::timeout:
  case future_status::deferred:
    break;
  }
  co_return;
}

task<> switch_bad(std::future<int> &f) {
  switch (f.wait_for(0s)) {
  case future_status::ready:
    break;
  case future_status::timeout:
  default:
    f.get(); // warn: coro-sync-over-async
  }
  co_return;
}

task<> conjunction_ok(std::future<int> &f, bool c) {
  if (c && f.wait_for(0s) == future_status::ready)
    f.get();
  if (f.valid() && f.wait_for(0s) == future_status::ready && c)
    f.get();
  co_return;
}

task<> short_circuit_ok(std::future<bool> &f) {
  if (f.wait_for(0s) == future_status::ready && f.get())
    co_return;
}

task<> disjunction_bad(std::future<int> &f, bool c) {
  if (c || f.wait_for(0s) == future_status::ready)
    f.get(); // warn: coro-sync-over-async
  co_return;
}

task<> negated_disjunction_ok(std::future<int> &f, bool c) {
  if (c || f.wait_for(0s) != future_status::ready)
    co_return;
  f.get();
}

task<> conditional_operator_ok(std::future<int> &f) {
  int x = f.wait_for(0s) == future_status::ready ? f.get() : 0;
  (void)x;
  co_return;
}

task<> conditional_operator_bad(std::future<int> &f) {
  int x = f.wait_for(0s) == future_status::ready ? 0 : f.get(); // warn: coro-sync-over-async
  (void)x;
  co_return;
}

task<> wait_until_bad(std::future<int> &f) {
  if (f.wait_until(std::chrono::steady_clock::time_point::min()) == // warn: coro-sync-over-async
      future_status::ready)
    f.get();
  co_return;
}

// The wait is a fault, what it proves is still proven.
task<> timed_wait_bad(std::future<int> &f) {
  if (f.wait_for(1s) == future_status::ready) // warn: coro-sync-over-async
    f.get();
  co_return;
}

task<> other_future_bad(std::future<int> &f, std::future<int> &g) {
  if (f.wait_for(0s) == future_status::ready)
    g.get(); // warn: coro-sync-over-async
  co_return;
}

task<> both_ok(std::future<int> &f, std::future<int> &g) {
  if (f.wait_for(0s) == future_status::ready &&
      g.wait_for(0s) == future_status::ready) {
    f.get();
    g.get();
  }
  co_return;
}

task<> assigned_after_test_bad(std::future<int> &f) {
  if (f.wait_for(0s) == future_status::ready) {
    f = std::promise<int>().get_future();
    f.get(); // warn: coro-sync-over-async
  }
  co_return;
}

task<> on_one_path_bad(std::future<int> &f, bool c) {
  if (c && f.wait_for(0s) != future_status::ready)
    co_return;
  f.get(); // warn: coro-sync-over-async
}

// Ready stays ready.
task<> across_await_ok(std::future<int> &f) {
  if (f.wait_for(0s) != future_status::ready)
    co_return;
  co_await async_op();
  f.get();
}

task<> moved_future_ok(std::future<int> &f) {
  if (f.wait_for(0s) == future_status::ready) {
    auto g = std::move(f);
    g.get();
  }
  co_return;
}

task<> moved_and_got_ok(std::future<int> &f) {
  if (f.wait_for(0s) == future_status::ready)
    std::move(f).get();
  co_return;
}

task<> shared_future_ok(std::shared_future<int> f) {
  if (f.wait_for(0s) == future_status::ready) {
    f.get();
    f.get();
  }
  co_return;
}

struct object {
  std::future<int> f, g;
  task<> member_ok() {
    if (f.wait_for(0s) == future_status::ready)
      f.get();
    co_return;
  }
  task<> member_this_ok() {
    if (this->f.wait_for(0s) == future_status::ready)
      f.get();
    co_return;
  }
  task<> other_member_bad() {
    if (f.wait_for(0s) == future_status::ready)
      g.get(); // warn: coro-sync-over-async
    co_return;
  }
};

task<> pointer_ok(std::future<int> *f) {
  if (f->wait_for(0s) == future_status::ready)
    f->get();
  co_return;
}

// The same holds in the functions that the coroutine calls.
int get_if_ready(std::future<int> &f) {
  if (f.wait_for(0s) != future_status::ready)
    return 0;
  return f.get();
}
task<> in_callee_ok(std::future<int> &f) {
  get_if_ready(f);
  co_return;
}

task<> local_reference_ok(std::future<int> &f) {
  auto &g = f;
  if (g.wait_for(0s) == future_status::ready)
    g.get();
  co_return;
}

template <typename T> task<> template_ok(std::future<T> &f) {
  if (f.wait_for(0s) == future_status::ready)
    f.get();
  co_return;
}
template <typename T> task<> template_bad(std::future<T> &f) {
  if (f.wait_for(0s) != future_status::ready)
    f.get(); // warn: coro-sync-over-async
  co_return;
}
template task<> template_ok(std::future<int> &);
template task<> template_bad(std::future<int> &);

COROLINT_EVENT_LOOP void event_loop_ok(std::future<int> &f) {
  if (f.wait_for(0s) == future_status::ready)
    f.get();
}

// A function that is handed the state and what it must be compares the two.
void assert_equal(future_status is, future_status should);
template <typename A, typename B> void check_same(const A &a, const B &b) {
  if (a != b)
    std::terminate();
}
void assert_near(future_status is, int tolerance);

task<> asserted_ok(std::future<int> &f, std::future<int> &g) {
  assert_equal(f.wait_for(0s), future_status::ready);
  f.get();
  check_same(future_status::ready, g.wait_for(0s));
  g.get();
  co_return;
}

task<> asserted_otherwise_bad(std::future<int> &f, std::future<int> &g) {
  assert_equal(f.wait_for(0s), future_status::timeout);
  f.get(); // warn: coro-sync-over-async
  assert_near(g.wait_for(0s), 3);
  g.get(); // warn: coro-sync-over-async
  co_return;
}

task<> asserted_of_another_bad(std::future<int> &f, std::future<int> &g) {
  assert_equal(f.wait_for(0s), future_status::ready);
  g.get(); // warn: coro-sync-over-async
  co_return;
}

// Fulfilled before, on this path.
task<> fulfilled_ok() {
  std::promise<int> p;
  std::future<int> f = p.get_future();
  p.set_value(1);
  f.get();
  co_return;
}
task<> fulfilled_by_exception_ok(std::exception_ptr e) {
  std::promise<int> p;
  std::future<int> f;
  f = p.get_future();
  p.set_exception(e);
  f.wait();
  co_return;
}
task<> fulfilled_before_asked_ok() {
  std::promise<int> p;
  p.set_value(1);
  std::future<int> f = p.get_future();
  f.get();
  co_return;
}
task<> fulfilled_then_assigned_bad() {
  std::promise<int> p;
  p.set_value(1);
  p = std::promise<int>();
  std::future<int> f = p.get_future();
  f.get(); // warn: coro-sync-over-async
  co_return;
}
task<> ran_here_ok(std::packaged_task<int()> &work) {
  std::future<int> f = work.get_future();
  work();
  f.get();
  co_return;
}
task<> fulfilled_sometimes_bad(bool b) {
  std::promise<int> p;
  std::future<int> f = p.get_future();
  if (b)
    p.set_value(1);
  f.get(); // warn: coro-sync-over-async
  co_return;
}
task<> fulfilled_later_bad() {
  std::promise<int> p;
  std::future<int> f = p.get_future();
  f.wait(); // warn: coro-sync-over-async
  p.set_value(1);
  co_return;
}
task<> other_promise_bad() {
  std::promise<int> p, q;
  std::future<int> f = p.get_future();
  q.set_value(1);
  f.get(); // warn: coro-sync-over-async
  co_return;
}
task<> never_ran_bad(std::packaged_task<int()> &work) {
  std::future<int> f = work.get_future();
  f.get(); // warn: coro-sync-over-async
  co_return;
}
