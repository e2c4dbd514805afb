// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// Bodies in system headers are entered where a user's callable goes in, and
// only there.

#include "coro.h"
#include <algorithm>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <thread>
#include <tuple>
#include <variant>
#include <vector>
using namespace coro;

COROLINT_BLOCKING int block();

struct blocking_less {
  bool operator()(int a, int b) const { return block() ? a < b : b < a; }
};
inline int blocking_unary(int x) { return block() + x; }

task<> algorithms_bad(std::vector<int> &v) {
  std::for_each(v.begin(), v.end(), [](int) { block(); }); // warn: coro-blocking-call
  std::sort(v.begin(), v.end(), // warn: coro-blocking-call
            [](int a, int b) { return block() ? a < b : b < a; });
  std::sort(v.begin(), v.end(), blocking_less()); // warn: coro-blocking-call
  std::transform(v.begin(), v.end(), v.begin(), blocking_unary); // warn: coro-blocking-call
  (void)std::find_if(v.begin(), v.end(), [](int) { return block(); }); // warn: coro-blocking-call
  (void)std::accumulate(v.begin(), v.end(), 0, [](int a, int b) { return a + b + block(); }); // warn: coro-blocking-call
  std::erase_if(v, [](int) { return block(); }); // warn: coro-blocking-call
  co_return;
}

task<> algorithms_ok(std::vector<int> &v) {
  std::for_each(v.begin(), v.end(), [](int) {});
  std::sort(v.begin(), v.end());
  std::sort(v.begin(), v.end(), [](int a, int b) { return a < b; });
  (void)std::find_if(v.begin(), v.end(), [](int x) { return x > 1; });
  v.push_back(1);
  co_return;
}

task<> ranges_bad(std::vector<int> &v) {
  std::ranges::for_each(v, [](int) { block(); }); // warn: coro-blocking-call
  co_return;
}

task<> invokers_bad(std::variant<int, char> &x) {
  std::invoke([] { block(); }); // warn: coro-blocking-call
  std::invoke(blocking_unary, 1); // warn: coro-blocking-call
  std::apply([](int) { block(); }, std::tuple(1)); // warn: coro-blocking-call
  std::visit([](auto) { block(); }, x); // warn: coro-blocking-call
  co_return;
}

task<> invokers_ok(std::variant<int, char> &x) {
  std::invoke([] {});
  std::apply([](int) {}, std::tuple(1));
  std::visit([](auto) {}, x);
  co_return;
}

// Another thread runs these.
task<> threads_ok() {
  std::thread t([] { block(); });
  t.detach();
  std::thread u(block);
  u.detach();
  auto f = std::async(std::launch::deferred, [] { return block(); });
  std::packaged_task<int()> p([] { return block(); });
  co_return;
}

// These store a callable.
task<> stored_ok() {
  std::function<int()> f = [] { return block(); };
  auto g = std::bind([](int) { return block(); }, 1);
  auto h = std::make_shared<std::function<int()>>([] { return block(); });
  std::vector<std::function<int()>> v;
  v.push_back([] { return block(); });
  v.emplace_back([] { return block(); });
  std::map<int, blocking_less> m;
  co_return;
}

// A chain through the library that starts and ends in the user's code.
inline void through_library(std::vector<int> &v) {
  std::for_each(v.begin(), v.end(), blocking_unary);
}
inline void harmless_through_library(std::vector<int> &v) {
  std::for_each(v.begin(), v.end(), [](int) {});
}
task<> through_library_calls(std::vector<int> &v) {
  through_library(v); // warn: coro-blocking-call
  harmless_through_library(v);
  co_return;
}
