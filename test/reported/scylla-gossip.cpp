// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/issues/13899
// Functions traverse the gossiper's map of endpoints and yield; a message that
// adds an endpoint rehashes it.

#include <seastar/seastar.hh>
#include <string>
#include <unordered_map>
#include <vector>
using seastar::future;
struct State { int version = 0; };

class Gossiper {
  std::unordered_map<std::string, State> states;

public:
  const std::unordered_map<std::string, State> &getStates() const noexcept { return states; }
  void handle_syn(const std::string &endpoint, State fresh) { states.insert_or_assign(endpoint, fresh); }
  void forget(const std::string &endpoint) { states.erase(endpoint); }
  future<> mark(std::string endpoint);

  future<> mark_all_bad() {
    for (auto &[endpoint, state] : states) // warn: coro-stale-state
      co_await mark(endpoint);
  }
};
struct Storage {
  Gossiper &gossiper;
  future<> describe_bad(std::vector<int> &versions) {
    for (const auto &entry : gossiper.getStates()) { // warn: coro-stale-state
      versions.push_back(entry.second.version);
      co_await seastar::coroutine::maybe_yield();
    }
  }
  future<> describe_ok(std::vector<int> &versions) {
    const auto states = gossiper.getStates();
    for (const auto &entry : states) {
      versions.push_back(entry.second.version);
      co_await seastar::coroutine::maybe_yield();
    }
  }
};
