// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/16421
// A list is copied under a lock, which only snapshots take: writers change the
// map where the copy yields.

#include <map>
#include <seastar/seastar.hh>
#include <string>
#include <unordered_map>
using seastar::future;

class KvStm {
  std::unordered_map<std::string, std::string> kv;
  seastar::semaphore snapshotLock{1};

public:
  void applyPut(std::string key, std::string value) { kv[std::move(key)] = std::move(value); }
  void applyRemove(const std::string &key) { kv.erase(key); }

  future<std::map<std::string, std::string>> reported_bad() {
    auto units = co_await seastar::get_units(snapshotLock, 1);
    std::map<std::string, std::string> copy;
    for (const auto &[key, value] : kv) { // warn: coro-stale-state
      copy.emplace(key, value);
      co_await seastar::coroutine::maybe_yield();
    }
    co_return copy;
  }
  future<std::map<std::string, std::string>> mended_ok() {
    auto units = co_await seastar::get_units(snapshotLock, 1);
    std::map<std::string, std::string> copy(kv.begin(), kv.end());
    co_await seastar::coroutine::maybe_yield();
    co_return copy;
  }
};
