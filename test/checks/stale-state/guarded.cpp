// RUN: %check_corolint %s coro-stale-state %t
// A guard isolates from those that take its lock. Whoever changes a container
// without one invalidates the iterators of a coroutine that holds it.

#include "coro.h"
#include <map>
#include <string>

coro::task<> send(std::string value);

struct Unlocked {
  coro::async_mutex snapshots;
  std::map<int, std::string> values;
  void remove(int key) { values.erase(key); }

  coro::task<> loop_bad() {
    auto guard = co_await snapshots.lock();
    for (auto &[key, value] : values) // warn: coro-stale-state
      co_await send(value);
  }
  coro::task<> find_bad(int key) {
    auto guard = co_await snapshots.lock();
    auto it = values.find(key);
    if (it == values.end())
      co_return;
    co_await send("");
    it->second.clear(); // warn: coro-stale-state
  }
  coro::task<> copied_ok() {
    auto guard = co_await snapshots.lock();
    auto copy = values;
    for (auto &[key, value] : copy)
      co_await send(value);
  }
};

struct Locked {
  coro::async_mutex changes;
  std::map<int, std::string> values;
  coro::task<> remove(int key) {
    auto guard = co_await changes.lock();
    values.erase(key);
  }
  coro::task<> loop_ok() {
    auto guard = co_await changes.lock();
    for (auto &[key, value] : values)
      co_await send(value);
  }
};

// A caller that can be seen may hold the lock.
struct Helped {
  coro::async_mutex changes;
  std::map<int, std::string> values;
  void removeLocked(int key) { values.erase(key); }
  coro::task<> remove(int key) {
    auto guard = co_await changes.lock();
    removeLocked(key);
  }
  coro::task<> loop_ok() {
    auto guard = co_await changes.lock();
    for (auto &[key, value] : values)
      co_await send(value);
  }
};

// A flag that is checked under a guard stays checked.
struct Flag {
  coro::async_mutex changes;
  bool open = true;
  void close() { open = false; }
  coro::task<> act_ok() {
    auto guard = co_await changes.lock();
    if (!open)
      co_return;
    co_await send("");
    open = true;
  }
};
