// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// What the standard library calls: in the lambdas that it writes itself, through
// pointers to members, and where a model says so.

#include "coro.h"
#include <algorithm>
#include <functional>
#include <mutex>
#include <ranges>
#include <stdlib.h>
#include <tuple>
#include <variant>
#include <vector>
using namespace coro;

COROLINT_BLOCKING int block();
struct item {
  void work() { block(); }
  int slow() const { return block(); }
  int quick() const { return 1; }
  bool operator<(const item &) const = default;
};
void blocking_function() { block(); }
int blocking_compare(const void *, const void *) { return block(); }
int quick_compare(const void *, const void *) { return 0; }

task<> invoke(item &i) {
  std::invoke(&item::work, i); // warn: coro-blocking-call
  std::invoke(&item::slow, &i); // warn: coro-blocking-call
  std::invoke(blocking_function); // warn: coro-blocking-call
  std::invoke(&item::quick, i);
  co_return;
}

task<> apply(item &i) {
  std::apply(&item::work, std::tuple<item &>(i)); // warn: coro-blocking-call
  std::apply([](int) { block(); }, std::tuple(1)); // warn: coro-blocking-call
  std::apply([](int) {}, std::tuple(1));
  co_return;
}

std::once_flag flag;
task<> once(item &i) {
  std::call_once(flag, [] { block(); }); // warn: coro-blocking-call
  std::call_once(flag, blocking_function); // warn: coro-blocking-call
  std::call_once(flag, &item::work, i); // warn: coro-blocking-call
  std::call_once(flag, [] {});
  std::call_once(flag, &item::quick, i);
  co_return;
}

task<> wrapped(item &i) {
  auto member = std::mem_fn(&item::work);
  member(i); // warn: coro-blocking-call
  auto bound = std::bind(&item::work, &i);
  bound(); // warn: coro-blocking-call
  auto front = std::bind_front(&item::work, &i);
  front(); // warn: coro-blocking-call
  auto quick = std::bind_front(&item::quick, &i);
  quick();
  auto unused = std::bind(&item::work, &i);
  co_return;
}

task<> projections(std::vector<item> v) {
  std::ranges::for_each(v, [](int) {}, &item::slow); // warn: coro-blocking-call
  std::ranges::sort(v, {}, &item::slow); // warn: coro-blocking-call
  std::ranges::sort(v, {}, [](const item &i) { return i.slow(); }); // warn: coro-blocking-call
  std::ranges::find_if(v, &item::slow); // warn: coro-blocking-call
  std::ranges::sort(v, {}, &item::quick);
  std::ranges::find_if(v, &item::quick);
  co_return;
}

task<> views(std::vector<int> v) {
  auto slow = v | std::views::transform([](int i) { return i + block(); });
  for (int i : slow) // warn: coro-blocking-call
    (void)i;
  co_return;
}
task<> views_unused(std::vector<int> v) {
  auto slow = v | std::views::transform([](int i) { return i + block(); });
  auto quick = v | std::views::transform([](int i) { return i; });
  for (int i : quick)
    (void)i;
  co_return;
}

task<> visit(std::variant<int, long> v) {
  std::visit([](auto) { block(); }, v); // warn: coro-blocking-call
  std::visit([](auto) {}, v);
  co_return;
}

task<> sort_in_c(int *values) {
  qsort(values, 2, sizeof(int), blocking_compare); // warn: coro-blocking-call
  qsort(values, 2, sizeof(int), quick_compare);
  co_return;
}

// An annotation on the function that takes the callable is the last word.
COROLINT_NONBLOCKING void detached(void (*)());
task<> trusted() {
  detached(blocking_function);
  co_return;
}
