// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/kvcache-ai/Mooncake/pull/1560
// A spin lock of the project's own, with a guard of its own, is held while the
// peer is asked.

#include <async-simple/async-simple.h>
#include <atomic>

using async_simple::coro::Lazy;
Lazy<int> ask();

class SpinLock {
  std::atomic<int> word{0};

public:
  void lock() {
    int expected = 0;
    while (!word.compare_exchange_weak(expected, 1))
      expected = 0;
  }
  void unlock() { word.store(0); }
  struct Guard {
    SpinLock &lock;
    explicit Guard(SpinLock &lock) : lock(lock) { lock.lock(); }
    ~Guard() { lock.unlock(); }
  };
};

struct EndPoint {
  SpinLock lock;
  bool ready = false;

  Lazy<> connect_bad() {
    SpinLock::Guard guard(lock);
    co_await ask(); // warn: coro-lock-across-await
    ready = true;
  }
  Lazy<> by_hand_bad() {
    lock.lock();
    co_await ask(); // warn: coro-lock-across-await
    lock.unlock();
  }
  Lazy<> connect_ok() {
    co_await ask();
    SpinLock::Guard guard(lock);
    ready = true;
  }
};
