// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/24315
// An iterator into the pending entries is advanced after a commit, during
// which entries are added and trimmed.

#include <deque>
#include <seastar/seastar.hh>
using seastar::future;
struct Entry { long offset = 0; };

struct Coordinator {
  std::deque<Entry> pending;
  void add(long offset) { pending.push_back({offset}); }
  void trim(long upTo) {
    while (!pending.empty() && pending.front().offset <= upTo)
      pending.pop_front();
  }
  future<bool> commit(Entry entry);

  future<> reported_bad() {
    auto it = pending.begin();
    while (it != pending.end()) {
      if (!co_await commit(*it))
        co_return;
      ++it; // warn: coro-stale-state
    }
  }
  future<> mended_ok() {
    long last = -1;
    while (true) {
      auto it = pending.begin();
      while (it != pending.end() && it->offset <= last)
        ++it;
      if (it == pending.end())
        co_return;
      last = it->offset;
      if (!co_await commit(*it))
        co_return;
    }
  }
};
