// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/clice-io/clice/pull/489
// A compiler server finds a unit, waits for its build, and uses the iterator:
// an event from the editor has changed the map meanwhile.

#include <cppcoro/cppcoro.h>
#include <string>
#include <unordered_map>

using cppcoro::task;
task<bool> build(int unit);
void report(const std::string &name);

struct Units {
  std::unordered_map<int, std::string> names;
  void saved(int unit, std::string name) { names[unit] = std::move(name); }

  task<> find_bad(int unit) {
    auto it = names.find(unit);
    if (it == names.end())
      co_return;
    co_await build(unit);
    report(it->second); // warn: coro-stale-state
  }
  task<> loop_bad(std::string wanted) {
    for (auto &[unit, name] : names) // warn: coro-stale-state
      if (name == wanted)
        co_await build(unit);
  }
  task<> copied_ok(int unit) {
    auto it = names.find(unit);
    if (it == names.end())
      co_return;
    std::string name = it->second;
    co_await build(unit);
    report(name);
  }
  task<> again_ok(int unit) {
    co_await build(unit);
    if (auto it = names.find(unit); it != names.end())
      report(it->second);
  }
};
