// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// Clang's thread-safety attributes say what locks.

#include "coro.h"
using namespace coro;

struct __attribute__((capability("mutex"))) mutex {
  void enter() __attribute__((acquire_capability()));
  void leave() __attribute__((release_capability()));
  bool try_enter() __attribute__((try_acquire_capability(true)));
  void enter_shared() __attribute__((acquire_shared_capability()));
  void leave_shared() __attribute__((release_shared_capability()));
  void look();
};

struct __attribute__((scoped_lockable)) guard {
  explicit guard(mutex &m) __attribute__((acquire_capability(m)));
  ~guard() __attribute__((release_capability()));
  void suspend() __attribute__((release_capability()));
  void resume() __attribute__((acquire_capability()));
};

void enter(mutex &m) __attribute__((acquire_capability(m)));
void leave(mutex &m) __attribute__((release_capability(m)));
void enter_pointer(mutex *m) __attribute__((acquire_capability(m)));
void leave_pointer(mutex *m) __attribute__((release_capability(m)));

extern mutex m, m2;

task<> guard_bad() {
  guard g(m);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> guard_scope_ok() {
  { guard g(m); }
  co_await async_op();
}

task<> guard_released_ok() {
  guard g(m);
  g.suspend();
  co_await async_op();
  g.resume();
}

task<> guard_resumed_bad() {
  guard g(m);
  g.suspend();
  g.resume();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> manual_bad() {
  m.enter();
  co_await async_op(); // warn: coro-lock-across-await
  m.leave();
  co_await async_op();
}

task<> other_method_ok() {
  m.look();
  co_await async_op();
}

task<> try_acquire() {
  if (m.try_enter()) {
    co_await async_op(); // warn: coro-lock-across-await
    m.leave();
  }
  co_await async_op();
}

task<> shared_bad() {
  m.enter_shared();
  co_await async_op(); // warn: coro-lock-across-await
  m.leave_shared();
  co_await async_op();
}

task<> free_function_bad() {
  enter(m);
  co_await async_op(); // warn: coro-lock-across-await
  leave(m2);
  co_await async_op(); // warn: coro-lock-across-await
  leave(m);
  co_await async_op();
}

task<> free_function_on_pointer_bad() {
  enter_pointer(&m);
  co_await async_op(); // warn: coro-lock-across-await
  leave_pointer(&m);
  co_await async_op();
}

struct account {
  mutex m;
  void enter() __attribute__((acquire_capability(m)));
  void leave() __attribute__((release_capability(m)));
  task<> member_expression_bad() {
    enter();
    co_await async_op(); // warn: coro-lock-across-await
    m.leave();
    co_await async_op();
  }
};

// The older spellings.
struct __attribute__((lockable)) old_mutex {
  void lock() __attribute__((exclusive_lock_function()));
  void unlock() __attribute__((unlock_function()));
};
task<> old_spelling_bad(old_mutex &o) {
  o.lock();
  co_await async_op(); // warn: coro-lock-across-await
  o.unlock();
  co_await async_op();
}

template <typename Mutex> struct __attribute__((scoped_lockable)) guard_of {
  explicit guard_of(Mutex &m) __attribute__((acquire_capability(m)));
  ~guard_of() __attribute__((release_capability()));
};
task<> guard_template_bad() {
  guard_of<mutex> g(m);
  co_await async_op(); // warn: coro-lock-across-await
}
task<> deduced_guard_template_bad() {
  guard_of g(m);
  co_await async_op(); // warn: coro-lock-across-await
}
