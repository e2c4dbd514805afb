// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/tzcnt/TooManyCooks/issues/124
// Legacy code posts work to the pool and waits for it, on a thread of that
// pool.

#include <coroutine.h>
#include <future>
namespace tmc {
template <class T = void> struct [[nodiscard]] task {
  using promise_type = stub::Promise<task<T>, T>;
  stub::Awaitable<T> operator co_await() &&;
};
struct ex_cpu {};
ex_cpu &cpu_executor();
template <class E, class T> std::future<T> post_waitable(E &executor, task<T> work, int priority);
} // namespace tmc
tmc::task<int> leaf(int i);

int legacy(int i) { return tmc::post_waitable(tmc::cpu_executor(), leaf(i), 0).get(); }

tmc::task<int> reported_bad() {
  int sum = 0;
  for (int i = 0; i < 4; ++i)
    sum += legacy(i); // warn: coro-sync-over-async
  co_return sum;
}
tmc::task<int> mended_ok() {
  int sum = 0;
  for (int i = 0; i < 4; ++i)
    sum += co_await leaf(i);
  co_return sum;
}
int in_main_ok() { return legacy(1); }
