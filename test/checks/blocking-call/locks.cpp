// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// Whoever locks a mutex waits for the lock, however the mutex waits.

#include "coro.h"
#include <chrono>
#include <fstream>
#include <mutex>
#include <thread>
using namespace coro;

struct sleeper {
  void wait() { std::this_thread::sleep_for(std::chrono::microseconds(500)); }
};

class spin_lock {
public:
  bool try_lock();
  void lock() {
    sleeper s;
    while (!try_lock())
      s.wait();
  }
  void unlock() {}
};

class lock_of_lock {
  spin_lock inner;

public:
  void lock() { inner.lock(); }
  void unlock() { inner.unlock(); }
};

task<> locks_ok(spin_lock &l, lock_of_lock &m) {
  {
    std::lock_guard guard(l);
    std::unique_lock other(m);
  }
  l.lock();
  l.unlock();
  co_await async_op();
}

// A lock that is more than a lock, and a `lock` that is none.
class lock_file {
public:
  void lock() { std::ofstream("lock") << 1; }
  void unlock() {}
};
struct screen {
  void lock() { std::this_thread::sleep_for(std::chrono::seconds(1)); }
};
class slow_unlock {
public:
  void lock() {}
  void unlock() { std::this_thread::sleep_for(std::chrono::seconds(1)); }
};
task<> others_bad(lock_file &f, screen &s, slow_unlock &u) {
  f.lock();   // warn: coro-blocking-call
  s.lock();   // warn: coro-blocking-call
  u.lock();
  u.unlock(); // warn: coro-blocking-call
  co_await async_op();
}
