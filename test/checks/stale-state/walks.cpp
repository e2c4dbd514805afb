// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// Functions that are no coroutines and return a loop over a container, which
// waits for each element.

#include <list>
#include <memory>
#include <seastar/seastar.hh>
#include <string>
#include <unordered_map>
#include <vector>

using seastar::future;
future<> send(int);

class Database {
  std::unordered_map<std::string, int> tables;

public:
  std::unordered_map<std::string, int> &all() { return tables; }
  void add(const std::string &name) { tables.emplace(name, 1); }
};
inline future<> accessor_bad(Database &db) {
  return seastar::do_for_each(db.all(), [](const std::pair<const std::string, int> &one) { // warn: coro-stale-state
    return send(one.second);
  });
}

class Handlers {
  std::list<int> handlers;
  std::vector<int> fixed;

public:
  void remove(int one) { handlers.remove(one); }

  future<> member_bad() {
    return seastar::do_for_each(handlers, [](int one) { return send(one); }); // warn: coro-stale-state
  }
  future<> continued_bad() {
    return seastar::do_for_each(handlers, [](int one) { return send(one); }) // warn: coro-stale-state
        .then([] { return send(0); });
  }

  future<> copied_ok() {
    auto copy = std::make_unique<std::list<int>>(handlers);
    auto &all = *copy;
    return seastar::do_for_each(all, [](int one) { return send(one); }).finally([copy = std::move(copy)] {});
  }
  /// Nobody changes it.
  future<> constant_ok() {
    return seastar::do_for_each(fixed, [](int one) { return send(one); });
  }
  /// All calls are made before any is waited for.
  future<> parallel_ok() {
    return seastar::parallel_for_each(handlers, [](int one) { return send(one); });
  }
  /// The callable makes no task.
  future<> counted_ok() {
    int sum = 0;
    return count(handlers, [&sum](int one) { sum += one; });
  }
  template <typename C, typename F> future<> count(C &all, F each);
  /// The lambda may hold what `remove` needs.
  seastar::semaphore one_at_a_time{1};
  future<> locked_ok() {
    return seastar::with_semaphore(one_at_a_time, 1, [this] {
      return seastar::do_for_each(handlers, [](int one) { return send(one); });
    });
  }
};
