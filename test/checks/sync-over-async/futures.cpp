// RUN: %check_corolint %s coro-* %t -std=c++20
// Waiting for asynchronous work: reported by this check alone.

#include "coro.h"
#include <chrono>
#include <functional>
#include <future>
using namespace coro;
using namespace std::chrono_literals;

task<> future_wait_bad(std::future<int> &f) {
  f.wait(); // warn: coro-sync-over-async
  co_return;
}

task<> future_timed_wait_bad(std::future<int> &f, std::chrono::seconds s) {
  f.wait_for(1s); // warn: coro-sync-over-async
  f.wait_for(s); // warn: coro-sync-over-async
  f.wait_until(std::chrono::steady_clock::now()); // warn: coro-sync-over-async
  co_return;
}

task<> future_get_bad(std::future<int> &f) {
  f.get(); // warn: coro-sync-over-async
  co_return;
}

task<> future_ok(std::future<int> &f) {
  (void)f.valid();
  f.wait_for(0s);
  f.wait_for(std::chrono::seconds(0));
  f.wait_for(std::chrono::seconds::zero());
  auto shared = f.share();
  (void)shared;
  co_return;
}

task<> shared_future_bad(std::shared_future<int> f) {
  f.get(); // warn: coro-sync-over-async
  co_return;
}

task<> shared_future_wait_bad(const std::shared_future<int> &f) {
  f.wait(); // warn: coro-sync-over-async
  co_return;
}

task<> future_of_void_bad(std::future<void> f) {
  f.get(); // warn: coro-sync-over-async
  co_return;
}

task<> future_of_reference_bad(std::future<int &> f) {
  f.get() = 1; // warn: coro-sync-over-async
  co_return;
}

task<int> in_return_bad(std::future<int> f) {
  co_return f.get(); // warn: coro-sync-over-async
}

task<> of_promise_bad() {
  std::promise<int> p;
  p.get_future().get(); // warn: coro-sync-over-async
  co_return;
}

task<> of_packaged_task_bad(std::packaged_task<int()> t) {
  t.get_future().get(); // warn: coro-sync-over-async
  co_return;
}

task<> through_pointer_bad(std::future<int> *f) {
  f->get(); // warn: coro-sync-over-async
  co_return;
}

struct object {
  std::future<int> pending;
  task<> member_bad() {
    pending.get(); // warn: coro-sync-over-async
    co_return;
  }
};

void plain_function_ok(std::future<int> f) { f.get(); }

COROLINT_EVENT_LOOP void event_loop_bad(std::future<int> f) {
  f.get(); // warn: coro-sync-over-async
}

COROLINT_NO_YIELD void no_yield_bad(std::future<int> f) {
  f.get(); // warn: coro-sync-over-async
}

COROLINT_ALLOW_BLOCKING task<> allowed_ok(std::future<int> f) {
  f.get();
  co_return;
}

generator<int> synchronous_generator_ok(std::future<int> f) {
  co_yield f.get();
}

auto lambda_bad = [](std::future<int> f) -> task<> {
  f.get(); // warn: coro-sync-over-async
  co_return;
};

COROLINT_SYNC_WAIT int sync_wait(task<int>);
template <typename T> COROLINT_SYNC_WAIT T blocking_wait(task<T>);
task<int> compute();

task<> declared_bad() {
  sync_wait(compute()); // warn: coro-sync-over-async
  blocking_wait(compute()); // warn: coro-sync-over-async
  co_return;
}

int get_it(std::future<int> &f) { return f.get(); }
int get_it_indirectly(std::future<int> &f) { return get_it(f); }
task<> inferred_bad(std::future<int> &f) {
  get_it_indirectly(f); // warn: coro-sync-over-async
  [&] { f.get(); }(); // warn: coro-sync-over-async
  co_return;
}

task<> in_inner_lambda_ok(std::future<int> &f) {
  auto later = [&] { return f.get(); };
  (void)later;
  co_return;
}

template <typename T> task<> template_bad(std::future<T> f) {
  f.get(); // warn: coro-sync-over-async
  co_return;
}
void instantiate() {
  (void)template_bad(std::future<int>());
  (void)template_bad(std::future<char>());
}

void on_pool(std::function<void()> f COROLINT_ALLOW_BLOCKING);
task<> on_pool_ok(std::shared_future<int> f) {
  on_pool([f] { f.get(); });
  co_return;
}

// What has the name of a future's methods need be no future.
struct optional_like {
  int get();
  void wait();
};
task<> same_name_ok(optional_like o) {
  o.get();
  o.wait();
  co_return;
}
