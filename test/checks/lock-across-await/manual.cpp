// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// Mutexes locked and unlocked by hand.

#include "coro.h"
#include <memory>
#include <mutex>
#include <pthread.h>
#include <shared_mutex>
using namespace coro;

extern std::mutex m, m2;
extern std::recursive_mutex rm;
extern std::shared_mutex sm;

task<> locked_bad() {
  m.lock();
  co_await async_op(); // warn: coro-lock-across-await
  m.unlock();
}

task<> unlocked_ok() {
  m.lock();
  m.unlock();
  co_await async_op();
}

task<> before_lock_ok() {
  co_await async_op();
  m.lock();
  m.unlock();
}

// Unlocked first, as a helper does that its caller's lock lets in.
task<> unlocked_around_ok() {
  m.unlock();
  co_await async_op();
  m.lock();
}

task<> other_mutex_bad() {
  m.lock();
  m2.unlock();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> one_path_bad(bool c) {
  m.lock();
  if (c)
    m.unlock();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> early_return_ok(bool c) {
  m.lock();
  if (c) {
    m.unlock();
    co_return;
  }
  m.unlock();
  co_await async_op();
}

task<> shared_bad() {
  sm.lock_shared();
  co_await async_op(); // warn: coro-lock-across-await
  sm.unlock_shared();
  co_await async_op();
}

task<> recursive_bad() {
  rm.lock();
  rm.lock();
  rm.unlock();
  co_await async_op(); // warn: coro-lock-across-await
  rm.unlock();
  co_await async_op();
}

task<> recursive_in_loop_ok(int n) {
  for (int i = 0; i < n; ++i) {
    rm.lock();
    rm.unlock();
  }
  co_await async_op();
}

task<> reference_bad(std::mutex &r) {
  r.lock();
  co_await async_op(); // warn: coro-lock-across-await
  r.unlock();
  co_await async_op();
}

task<> pointer_bad(std::mutex *p) {
  p->lock();
  co_await async_op(); // warn: coro-lock-across-await
  p->unlock();
  co_await async_op();
}

task<> dereferenced_ok(std::mutex *p) {
  p->lock();
  (*p).unlock();
  co_await async_op();
}

task<> smart_pointer_bad(std::shared_ptr<std::mutex> p) {
  p->lock();
  co_await async_op(); // warn: coro-lock-across-await
  p->unlock();
  co_await async_op();
}

task<> local_reference_ok() {
  auto &r = m;
  r.lock();
  m.unlock();
  co_await async_op();
}

struct object {
  std::mutex m;
  std::recursive_mutex rm;
  object *other;

  task<> member_bad() {
    m.lock();
    co_await async_op(); // warn: coro-lock-across-await
    this->m.unlock();
    co_await async_op();
  }
  task<> others_member_bad() {
    m.lock();
    other->m.unlock();
    co_await async_op(); // warn: coro-lock-across-await
  }
  task<> others_member_ok() {
    other->m.lock();
    other->m.unlock();
    co_await async_op();
  }
  task<> other_member_bad() {
    m.lock();
    rm.unlock();
    co_await async_op(); // warn: coro-lock-across-await
  }
};

task<> member_of_parameter_bad(object &a, object &b) {
  a.m.lock();
  b.m.unlock();
  co_await async_op(); // warn: coro-lock-across-await
  a.m.unlock();
  co_await async_op();
}

task<> array_element_bad(std::mutex (&array)[2]) {
  array[0].lock();
  array[1].unlock();
  co_await async_op(); // warn: coro-lock-across-await
  array[0].unlock();
  co_await async_op();
}

struct derived_mutex : std::mutex {};
task<> derived_mutex_bad(derived_mutex &d) {
  d.lock();
  co_await async_op(); // warn: coro-lock-across-await
  d.unlock();
  co_await async_op();
}

task<> std_lock_bad() {
  std::lock(m, m2);
  co_await async_op(); // warn: coro-lock-across-await
  m.unlock();
  co_await async_op(); // warn: coro-lock-across-await
  m2.unlock();
  co_await async_op();
}

task<> pthread_bad(pthread_mutex_t *p) {
  pthread_mutex_lock(p);
  co_await async_op(); // warn: coro-lock-across-await
  pthread_mutex_unlock(p);
  co_await async_op();
}

extern pthread_mutex_t global_pthread_mutex;
task<> pthread_address_bad() {
  pthread_mutex_lock(&global_pthread_mutex);
  co_await async_op(); // warn: coro-lock-across-await
  pthread_mutex_unlock(&global_pthread_mutex);
  co_await async_op();
}

task<> pthread_trylock(pthread_mutex_t *p) {
  if (pthread_mutex_trylock(p) == 0) {
    co_await async_op(); // warn: coro-lock-across-await
    pthread_mutex_unlock(p);
  } else {
    co_await async_op();
  }
}

// A release leaves the mutex locked.
task<> released_guard_bad() {
  std::unique_lock l(m);
  l.release();
  co_await async_op(); // warn: coro-lock-across-await
  m.unlock();
  co_await async_op();
}

task<> released_guard_scope_bad() {
  {
    std::unique_lock l(m);
    l.release();
  }
  co_await async_op(); // warn: coro-lock-across-await
  m.unlock();
  co_await async_op();
}

task<> released_pointer_ok() {
  std::unique_lock l(m);
  auto *raw = l.release();
  raw->unlock();
  co_await async_op();
}

task<> released_deferred_ok() {
  std::unique_lock l(m, std::defer_lock);
  l.release();
  co_await async_op();
}

// What is named `lock` need be no thread's lock.
task<> weak_ptr_ok(std::weak_ptr<int> w) {
  auto p = w.lock();
  co_await async_op();
}

task<> async_mutex_ok(async_mutex &a) {
  auto guard = co_await a.lock();
  co_await async_op();
}

struct document {
  void lock();
  void unlock();
};
task<> unknown_class_ok(document &d) {
  d.lock();
  co_await async_op();
}

// The mutex of a function that is called is that function's concern.
void lock_and_unlock() {
  m.lock();
  m.unlock();
}
task<> called_function_ok() {
  lock_and_unlock();
  co_await async_op();
}

void plain_function_ok() { m.lock(); }
