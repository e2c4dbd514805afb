// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// Fibers that let others run in a function that they call, or keep state in one.

#include <map>
#include <seastar/seastar.hh>
#include <string>

using seastar::future;
void use(const std::string &);

class Names {
  std::map<int, std::string> names;
  void pause() { seastar::thread::yield(); }
  void count() { ++counted; }
  int counted = 0;

public:
  void rename(int id) { names.erase(id); }

  future<> called_bad(int id) {
    return seastar::async([this, id] {
      auto it = names.find(id);
      if (it == names.end())
        return;
      pause();
      use(it->second); // warn: coro-stale-state
    });
  }
  void find_bad(int id) {
    auto it = names.find(id);
    if (it == names.end())
      return;
    pause();
    use(it->second); // warn: coro-stale-state
  }
  void find_again_ok(int id) {
    pause();
    auto it = names.find(id);
    if (it != names.end())
      use(it->second);
  }
  future<> helper_bad(int id) {
    return seastar::async([this, id] {
      find_bad(id);
      find_again_ok(id);
    });
  }
  future<> count_ok(int id) {
    return seastar::async([this, id] {
      auto it = names.find(id);
      if (it == names.end())
        return;
      count();
      use(it->second);
    });
  }
  /// No fiber calls it here.
  void unknown_ok(int id) {
    auto it = names.find(id);
    if (it == names.end())
      return;
    pause();
    use(it->second);
  }
};
