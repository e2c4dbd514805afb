// RUN: %check_corolint %s coro-stale-state %t
// Erasing by key checks for itself; by iterator or at an end it does not.
#include "coro.h"
#include <deque>
#include <map>
#include <string>

class Manager {
  std::map<int, std::string> instances;
  std::deque<int> waiting;

public:
  coro::task<> stop(int id);
  void clear() {
    instances.clear();
    waiting.clear();
  }

  coro::task<> remove_ok(int id) {
    if (!instances.contains(id))
      co_return;
    co_await stop(id);
    instances.erase(id);
  }
  coro::task<> remove_found_bad(int id) {
    auto found = instances.find(id);
    if (found == instances.end())
      co_return;
    co_await stop(id);
    instances.erase(found); // warn: coro-stale-state
  }
  coro::task<> pop_bad() {
    if (waiting.empty())
      co_return;
    co_await stop(waiting.front());
    waiting.pop_front(); // warn: coro-stale-state
  }
};
