// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// The guards of folly, declared as its headers do.

#include "coro.h"
using namespace coro;

namespace folly {
template <typename T> struct LockedPtr {
  ~LockedPtr();
  T *operator->();
  void unlock();
};
template <typename T> struct Synchronized {
  LockedPtr<Synchronized> wlock();
  LockedPtr<const Synchronized> rlock();
};
} // namespace folly

task<> folly_bad(folly::Synchronized<int> &s) {
  {
    auto p = s.wlock();
    co_await async_op(); // warn: coro-lock-across-await
  }
  {
    auto p = s.rlock();
    co_await async_op(); // warn: coro-lock-across-await
  }
}

task<> folly_ok(folly::Synchronized<int> &s) {
  { auto p = s.wlock(); }
  co_await async_op();
}
