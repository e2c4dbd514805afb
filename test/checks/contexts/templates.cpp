// RUN: %check_corolint %s coro-blocking-call,coro-lock-across-await,coro-no-yield-region %t -std=c++20
// A place in a template is reported once, whatever the number of instances,
// and only for what some instance does.

#include "coro.h"
#include <mutex>
using namespace coro;

COROLINT_BLOCKING int block();
COROLINT_BLOCKING int block(int);
int block(char);

template <typename T> task<> several_instances_bad(T) {
  block(); // warn: coro-blocking-call
  co_return;
}

template <typename T> task<> one_instance_blocks_bad(T x) {
  block(x); // warn: coro-blocking-call
  co_return;
}

template <typename T> task<> no_instance_blocks_ok(T x) {
  block(x);
  co_return;
}

template <typename T> task<> never_instantiated_ok(T x) {
  block(x);
  co_await x;
}

template <typename... Ts> task<> pack_bad(Ts... xs) {
  (block(xs), ...); // warn: coro-blocking-call
  co_return;
}

template <int N> task<> value_bad() {
  if constexpr (N > 0)
    block(); // warn: coro-blocking-call
  co_return;
}

template <int N> task<> value_ok() {
  if constexpr (N > 0)
    block();
  co_return;
}

template <typename T> struct box {
  task<> method_bad() {
    block(T()); // warn: coro-blocking-call
    co_return;
  }
  task<> never_used_ok() {
    block(T());
    co_return;
  }
  template <typename U> task<> member_template_bad(U) {
    block(T()); // warn: coro-blocking-call
    co_return;
  }
  task<> out_of_line_bad();
};

template <typename T> task<> box<T>::out_of_line_bad() {
  block(T()); // warn: coro-blocking-call
  co_return;
}

template <typename T> task<> specialised(T) { co_return; }
template <> task<> specialised(int) {
  block(); // warn: coro-blocking-call
  co_return;
}

template <typename T> struct partly {
  task<> run() { co_return; }
};
template <typename T> struct partly<T *> {
  task<> run() {
    block(); // warn: coro-blocking-call
    co_return;
  }
};

template <typename T> task<> explicitly_instantiated_bad() {
  block(T()); // warn: coro-blocking-call
  co_return;
}
template task<> explicitly_instantiated_bad<int>();

template <typename Mutex> task<> lock_bad(Mutex &m) {
  std::lock_guard l(m);
  co_await async_op(); // warn: coro-lock-across-await
}

template <typename T> task<> region_bad() {
  COROLINT_NO_YIELD_REGION {
    co_await T(); // warn: coro-no-yield-region
  }
}

task<> abbreviated_bad(auto x) {
  block(x); // warn: coro-blocking-call
  co_return;
}

template <typename T>
concept blocks = requires(T x) { block(x); };

task<> constrained_bad(blocks auto x) {
  block(x); // warn: coro-blocking-call
  co_return;
}

void instantiate(std::mutex &m, std::recursive_mutex &r) {
  (void)several_instances_bad(1);
  (void)several_instances_bad('c');
  (void)several_instances_bad(1.0);
  (void)one_instance_blocks_bad('c');
  (void)one_instance_blocks_bad(1);
  (void)no_instance_blocks_ok('c');
  (void)pack_bad('c', 1, 2);
  (void)value_bad<0>();
  (void)value_bad<1>();
  (void)value_ok<0>();
  (void)box<int>().method_bad();
  (void)box<char>().method_bad();
  (void)box<int>().member_template_bad(1);
  (void)box<int>().member_template_bad('c');
  (void)box<int>().out_of_line_bad();
  (void)specialised('c');
  (void)partly<int *>().run();
  (void)partly<char *>().run();
  (void)lock_bad(m);
  (void)lock_bad(r);
  (void)region_bad<async_awaiter<int>>();
  (void)region_bad<async_awaiter<char>>();
  (void)abbreviated_bad('c');
  (void)abbreviated_bad(1);
  (void)constrained_bad(1);
}
