// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// What the library makes, destroys, compares and copies: the user's objects.

#include "coro.h"
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>
using namespace coro;

COROLINT_BLOCKING int block();

struct on_destruction { ~on_destruction() { block(); } };
struct on_construction {
  on_construction() {}
  explicit on_construction(int) { block(); }
};
struct on_comparison {
  int value;
  bool operator<(const on_comparison &) const { return block(); }
  bool operator==(const on_comparison &) const { return block(); }
};
struct on_copy {
  on_copy() {}
  on_copy(const on_copy &) { block(); }
  on_copy &operator=(const on_copy &) { return block(), *this; }
};
struct quick {
  quick() {}
  explicit quick(int) {}
  ~quick() {}
  bool operator<(const quick &) const { return false; }
};
template <> struct std::hash<on_comparison> {
  size_t operator()(const on_comparison &) const { return block(); }
};

task<> made_unique() { auto p = std::make_unique<on_construction>(1); co_return; } // warn: coro-blocking-call
task<> made_shared() { auto p = std::make_shared<on_construction>(1); co_return; } // warn: coro-blocking-call
task<> made_quick() { auto p = std::make_unique<on_construction>(); co_return; }
task<> emplaced(std::vector<on_construction> &v) { v.emplace_back(1); co_return; } // warn: coro-blocking-call
task<> emplaced_quick(std::vector<on_construction> &v) { v.emplace_back(); co_return; }
task<> pushed(std::vector<on_copy> &v, const on_copy &c) { v.push_back(c); co_return; } // warn: coro-blocking-call

task<> unique() { auto p = std::make_unique<on_destruction>(); co_return; } // warn: coro-blocking-call
task<> reset(std::unique_ptr<on_destruction> &p) { p.reset(); co_return; } // warn: coro-blocking-call
task<> assigned(std::unique_ptr<on_destruction> &p) { p = nullptr; co_return; } // warn: coro-blocking-call
task<> array() { auto p = std::make_unique<on_destruction[]>(3); co_return; } // warn: coro-blocking-call
task<> vector() { std::vector<on_destruction> v; co_return; } // warn: coro-blocking-call
task<> cleared(std::vector<on_destruction> &v) { v.clear(); co_return; } // warn: coro-blocking-call
task<> optional() { std::optional<on_destruction> o; co_return; } // warn: coro-blocking-call
task<> variant() { std::variant<int, on_destruction> v; co_return; } // warn: coro-blocking-call
task<> pair() { std::pair<int, on_destruction> p; co_return; } // warn: coro-blocking-call
task<> tuple(std::tuple<int, on_copy> &t) { auto u = t; co_return; } // warn: coro-blocking-call

task<> sorted(std::vector<on_comparison> &v) { std::sort(v.begin(), v.end()); co_return; } // warn: coro-blocking-call
task<> found(std::vector<on_comparison> &v, on_comparison c) { (void)std::find(v.begin(), v.end(), c); co_return; } // warn: coro-blocking-call
task<> mapped(std::map<on_comparison, int> &m, on_comparison c) { m[c] = 1; co_return; } // warn: coro-blocking-call
task<> inserted(std::set<on_comparison> &s, on_comparison c) { s.insert(c); co_return; } // warn: coro-blocking-call
task<> hashed(std::unordered_map<on_comparison, int> &m, on_comparison c) { m.find(c); co_return; } // warn: coro-blocking-call

task<> all_quick() {
  auto p = std::make_unique<quick>(1);
  std::vector<quick> v;
  v.emplace_back(1);
  std::sort(v.begin(), v.end());
  co_return;
}
task<> only_looked_at(std::vector<on_destruction> &v, std::unique_ptr<on_destruction> &p, std::map<on_comparison, int> &m) {
  (void)v.size(), (void)v.front(), (void)p.get(), (void)*p, (void)m.size();
  for (auto &[key, value] : m)
    (void)key;
  co_return;
}
