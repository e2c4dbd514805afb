// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// What is left of an object that was moved elsewhere has nothing to wait for,
// whoever destroys it.

#include "coro.h"
#include <deque>
#include <memory>
#include <new>
#include <thread>
#include <utility>
#include <vector>
using namespace coro;

COROLINT_BLOCKING int block();

struct worker {
  worker(int);
  worker(worker &&) noexcept;
  worker &operator=(worker &&) noexcept;
  ~worker() { block(); }
};

task<> growth_ok(std::vector<worker> &all, worker &w) {
  all.push_back(std::move(w));
  all.emplace_back(1);
  all.reserve(100);
  all.insert(all.begin(), std::move(w));
  co_return;
}
task<> growth_of_owners_ok(std::vector<std::unique_ptr<worker>> &all) {
  all.push_back(std::make_unique<worker>(1));
  all.emplace_back();
  all.reserve(100);
  co_return;
}
task<> end_bad(std::deque<worker> &queue, std::vector<worker> &all) {
  queue.pop_front(); // warn: coro-blocking-call
  all.clear(); // warn: coro-blocking-call
  all.pop_back(); // warn: coro-blocking-call
  std::vector<worker> local; // warn: coro-blocking-call
  local.emplace_back(1);
  co_return;
}

// By hand.
template <typename T> struct ring {
  T *slot;
  unsigned head = 0;
  void take(T &out) {
    T &front = *slot;
    out = std::move(front);
    front.~T();
  }
  void take_by_index(T &out) {
    out = std::move(slot[head]);
    slot[head].~T();
  }
  void take_by_pointer(T &out) {
    out = std::move(*slot);
    slot->~T();
  }
  void relocate(T *to) {
    ::new (to) T(static_cast<T &&>(*slot));
    slot->~T();
  }
  void drop_bad() { slot->~T(); }
  void take_other_bad(T &out) {
    out = std::move(slot[head]);
    slot[head + 1].~T();
  }
};
task<> by_hand(ring<std::unique_ptr<worker>> &r,
               std::unique_ptr<worker> &out) {
  r.take(out);
  r.take_by_index(out);
  r.take_by_pointer(out);
  r.relocate(&out);
  r.drop_bad(); // warn: coro-blocking-call
  r.take_other_bad(out); // warn: coro-blocking-call
  co_return;
}
