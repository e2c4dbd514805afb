// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// A library calls members of the user's classes by the names that its
// interface gives them.

#include "coro.h"
#include <memory>
#include <mutex>
#include <string>
#include <vector>
using namespace coro;

COROLINT_BLOCKING void block();

struct remote_lock {
  void lock() { block(); }
  void unlock() {}
};
struct quiet_lock {
  void lock() {}
  void unlock() {}
  void refresh() { block(); }
};

task<> guard_locks_bad(remote_lock &r) {
  std::lock_guard<remote_lock> l(r); // warn: coro-blocking-call
  co_return;
}
task<> unique_locks_bad(remote_lock &r) {
  std::unique_lock<remote_lock> l(r, std::defer_lock);
  l.lock(); // warn: coro-blocking-call
  co_return;
}
task<> deferred_ok(remote_lock &r) {
  std::unique_lock<remote_lock> l(r, std::defer_lock);
  co_return;
}
task<> quiet_ok(quiet_lock &q) {
  std::lock_guard<quiet_lock> l(q);
  co_return;
}

struct remote_unlock {
  void lock() {}
  void unlock() { block(); }
};
task<> guard_unlocks_bad(remote_unlock &r) {
  std::lock_guard<remote_unlock> l(r); // warn: coro-blocking-call
  co_return;
}

template <typename T> struct slow_allocator {
  using value_type = T;
  T *allocate(std::size_t n) {
    block();
    return std::allocator<T>().allocate(n);
  }
  void deallocate(T *p, std::size_t n) {
    std::allocator<T>().deallocate(p, n);
  }
  bool operator==(const slow_allocator &) const { return true; }
};
task<> allocates_bad() {
  std::vector<int, slow_allocator<int>> v;
  v.push_back(1); // warn: coro-blocking-call
  co_return;
}

// A named member that no library calls.
struct element {
  int value = 0;
  void refresh() { block(); }
};
void use(element &e) { e.refresh(); }
task<> not_called_ok() {
  std::vector<element> v;
  v.push_back({});
  v.reserve(10);
  auto p = std::make_unique<element>();
  co_return;
}
