// RUN: %check_corolint %s coro-lock-across-await %t
// Guards that unlock while they live, and helpers that lock for their caller.
#include "coro.h"
#include <mutex>

template <class Lock> class unlock_guard {
public:
  explicit unlock_guard(Lock &l) : l(l) { l.unlock(); }
  ~unlock_guard() { l.lock(); }

private:
  Lock &l;
};
// It locks at both ends, so it gives nothing up.
template <class Lock> class relock_guard {
public:
  explicit relock_guard(Lock &l) : l(l) {}
  ~relock_guard() { l.lock(); }

private:
  Lock &l;
};
coro::task<> step();
COROLINT_YIELDS void pump();
void work();

struct Queue {
  std::mutex m;

  coro::task<> guard_ok() {
    std::unique_lock<std::mutex> l(m);
    {
      unlock_guard<std::unique_lock<std::mutex>> unlocked(l);
      co_await step();
    }
    work();
  }
  coro::task<> mutex_ok() {
    m.lock();
    {
      unlock_guard unlocked(m);
      co_await step();
    }
    m.unlock();
  }
  coro::task<> after_bad() {
    std::unique_lock<std::mutex> l(m);
    {
      unlock_guard unlocked(l);
      work();
    }
    co_await step(); // warn: coro-lock-across-await
  }
  coro::task<> other_bad() {
    std::mutex mine;
    std::unique_lock<std::mutex> l(m), second(mine);
    unlock_guard unlocked(second);
    co_await step(); // warn: coro-lock-across-await
  }
  coro::task<> never_held_ok() {
    std::unique_lock<std::mutex> l(m, std::defer_lock);
    co_await step();
  }
  coro::task<> no_unlock_bad() {
    std::unique_lock<std::mutex> l(m);
    relock_guard same(l);
    co_await step(); // warn: coro-lock-across-await
  }

  // The callee gives up the lock that it is lent.
  void pump_by_guard(std::unique_lock<std::mutex> &l) {
    unlock_guard unlocked(l);
    pump();
  }
  void pump_by_hand(std::unique_lock<std::mutex> &l) {
    l.unlock();
    pump();
    l.lock();
  }
  void pump_locked(std::unique_lock<std::mutex> &l) {
    if (l.owns_lock())
      pump();
  }
  void lent_ok() {
    std::unique_lock<std::mutex> l(m);
    pump_by_guard(l);
    pump_by_hand(l);
  }
  void lent_bad() {
    std::unique_lock<std::mutex> l(m);
    pump_locked(l); // warn: coro-lock-across-await
  }
  void another_bad() {
    std::mutex mine;
    std::lock_guard<std::mutex> outer(mine);
    std::unique_lock<std::mutex> l(m);
    pump_by_hand(l); // warn: coro-lock-across-await
  }
};

// A class that passes its lock on under its own names.
std::timed_mutex language;
struct Client {
  void lock() { language.lock(); }
  void unlock() { language.unlock(); }
  void tick_locked() { pump(); }
  void tick_bad() {
    lock();
    tick_locked(); // warn: coro-lock-across-await
    unlock();
  }
  void tick_ok() {
    lock();
    work();
    unlock();
    tick_locked();
  }
};
struct Derived : Client {
  void tick_bad() {
    lock();
    tick_locked(); // warn: coro-lock-across-await
    unlock();
  }
};
void take() { language.lock(); }
void give() { language.unlock(); }
void free_bad() {
  take();
  pump(); // warn: coro-lock-across-await
  give();
}
void free_ok() {
  take();
  give();
  pump();
}
