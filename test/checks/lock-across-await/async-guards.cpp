// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// Guards made to be held across `co_await`.

#include "coro.h"
#include <mutex>
#include <optional>
using namespace coro;

task<> async_mutex_ok(async_mutex &m) {
  auto guard = co_await m.lock();
  co_await async_op();
}

struct COROLINT_HOLDS_ACROSS_AWAIT marked_guard {
  explicit marked_guard(std::mutex &);
  ~marked_guard();
};
task<> marked_ok(std::mutex &m) {
  marked_guard g(m);
  co_await async_op();
}

// The mark wins over what the class would be without it.
struct COROLINT_HOLDS_ACROSS_AWAIT marked_derived
    : std::unique_lock<std::mutex> {
  using std::unique_lock<std::mutex>::unique_lock;
};
task<> marked_derived_ok(std::mutex &m) {
  marked_derived g(m);
  co_await async_op();
}

class COROLINT_HOLDS_ACROSS_AWAIT marked_owner {
  std::unique_lock<std::mutex> lock;

public:
  explicit marked_owner(std::mutex &m) : lock(m) {}
};
task<> marked_owner_ok(std::mutex &m) {
  marked_owner g(m);
  co_await async_op();
}

struct __attribute__((scoped_lockable))
COROLINT_HOLDS_ACROSS_AWAIT marked_scoped_lockable {
  explicit marked_scoped_lockable(int);
  ~marked_scoped_lockable();
};
task<> marked_scoped_lockable_ok() {
  marked_scoped_lockable g(1);
  co_await async_op();
}

template <typename T> struct COROLINT_HOLDS_ACROSS_AWAIT marked_template
    : std::unique_lock<T> {
  using std::unique_lock<T>::unique_lock;
};
task<> marked_template_ok(std::mutex &m) {
  marked_template<std::mutex> g(m);
  co_await async_op();
}

task<> optional_of_marked_ok(std::mutex &m) {
  std::optional<marked_guard> g(std::in_place, m);
  co_await async_op();
}

struct unmarked_derived : std::unique_lock<std::mutex> {
  using std::unique_lock<std::mutex>::unique_lock;
};
task<> unmarked_bad(std::mutex &m) {
  unmarked_derived g(m);
  co_await async_op(); // warn: coro-lock-across-await
}

// One marked guard excuses no other.
task<> both_bad(std::mutex &m) {
  marked_guard g(m);
  std::lock_guard l(m);
  co_await async_op(); // warn: coro-lock-across-await
}

// A class that no one declared a guard is none.
struct unknown_guard {
  explicit unknown_guard(std::mutex &);
  ~unknown_guard();
};
task<> unknown_ok(std::mutex &m) {
  unknown_guard g(m);
  co_await async_op();
}
