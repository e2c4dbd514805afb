// RUN: %check_corolint %s coro-early-release %t
// Thread locks: the function itself may need them, so only where it does
// nothing else under the lock.

#include "tasks.h"
#include <map>
#include <mutex>
#include <shared_mutex>
using namespace coro;

std::mutex m;
std::shared_mutex shared;
std::map<int, int> cache;
task<> work();
task<> ready(int);

task<> lock_guard_bad() {
  std::lock_guard<std::mutex> lock(m);
  return work(); // warn: coro-early-release
}
task<> scoped_lock_bad() {
  std::scoped_lock lock(m);
  return work(); // warn: coro-early-release
}
task<> unique_lock_bad() {
  std::unique_lock lock(m);
  return work(); // warn: coro-early-release
}
task<> shared_lock_bad() {
  std::shared_lock lock(shared);
  return work(); // warn: coro-early-release
}
task<> after_statements_bad(int i) {
  use(i);
  std::lock_guard lock(m);
  return work(); // warn: coro-early-release
}

task<> looks_up_ok(int i) {
  std::lock_guard lock(m);
  auto it = cache.find(i);
  if (it != cache.end())
    return ready(it->second);
  return work();
}
task<> changes_ok(int i) {
  std::lock_guard lock(m);
  cache[i] = 1;
  return work();
}
task<> block_ok() {
  {
    std::lock_guard lock(m);
    cache.clear();
  }
  return work();
}
task<> manual_ok() {
  m.lock();
  return work();
}
task<> unlocked_ok() {
  std::unique_lock lock(m);
  lock.unlock();
  return work();
}
