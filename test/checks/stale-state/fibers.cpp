// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// Functions that are no coroutines, but run where others do, and call what lets
// these run: what they keep meanwhile may be gone.

#include <list>
#include <map>
#include <memory>
#include <seastar/seastar.hh>
#include <string>
#include <vector>

using seastar::future;
future<> send(int);
future<int> load(int);
void use(const std::string &);

class Handlers {
  std::list<std::shared_ptr<int>> handlers;
  std::map<int, std::string> names;
  std::vector<int> fixed;
  std::vector<int> own;

public:
  void remove(const std::shared_ptr<int> &one) { handlers.remove(one); }
  void rename(int id) { names.erase(id); }

  future<> loop_bad() {
    return seastar::async([this] {
      for (auto &one : handlers) { // warn: coro-stale-state
        use(std::to_string(*one));
        seastar::thread::yield();
      }
    });
  }
  future<> iterator_bad() {
    return seastar::async([this] {
      for (auto it = handlers.begin(); it != handlers.end(); ++it) // warn: coro-stale-state
        send(**it).get();
    });
  }
  future<> found_bad(int id) {
    return seastar::async([this, id] {
      auto it = names.find(id);
      if (it == names.end())
        return;
      send(id).get();
      use(it->second); // warn: coro-stale-state
    });
  }

  future<> copied_ok() {
    return seastar::async([this] {
      auto all = handlers;
      for (auto &one : all)
        send(*one).get();
    });
  }
  future<> before_ok(int id) {
    return seastar::async([this, id] {
      auto it = names.find(id);
      if (it != names.end())
        use(it->second);
      send(id).get();
    });
  }
  future<> again_ok(int id) {
    return seastar::async([this, id] {
      send(id).get();
      auto it = names.find(id);
      if (it != names.end())
        use(it->second);
    });
  }
  /// Nobody changes it.
  future<> constant_ok() {
    return seastar::async([this] {
      for (int one : fixed)
        send(one).get();
    });
  }
  /// Only itself.
  future<> own_ok() {
    return seastar::async([this] {
      own.push_back(load(1).get());
      for (int one : own)
        send(one).get();
    });
  }
  /// A check is often made again, or holds: see the page of the check.
  future<> checked_ok(int id) {
    return seastar::async([this, id] {
      if (names.empty())
        return;
      send(id).get();
      names.clear();
    });
  }
  /// It does not yield.
  future<> straight_ok() {
    return seastar::async([this] {
      for (auto &one : handlers)
        use(std::to_string(*one));
    });
  }
  /// Not on a loop: who calls it is not known.
  void unknown_ok() {
    for (auto &one : handlers) {
      use(std::to_string(*one));
      seastar::thread::yield();
    }
  }
};
