// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// Functions that start a callable several times at once.

#include <seastar/seastar.hh>
#include <vector>
using seastar::future;
future<int> ask(int shard);
future<int> merge(int a, int b);

struct Sum {
  int total = 0;
  future<int> captured_bad(std::vector<int> shards) {
    int total = 0;
    co_await seastar::parallel_for_each(shards, [&total](int shard) -> future<> {
      total = co_await merge(total, shard); // warn: coro-stale-state
    });
    co_return total;
  }
  future<> member_bad(std::vector<int> shards) {
    co_await seastar::parallel_for_each(shards, [this](int shard) -> future<> {
      total = co_await merge(total, shard); // warn: coro-stale-state
    });
  }
  future<int> read_after_ok(std::vector<int> shards) {
    int total = 0;
    co_await seastar::parallel_for_each(shards, [&total](int shard) -> future<> {
      int part = co_await ask(shard);
      total = total + part;
    });
    co_return total;
  }
  future<> own_ok(std::vector<int> shards) {
    co_await seastar::parallel_for_each(shards, [](int shard) -> future<> {
      int total = 0;
      total = co_await merge(total, shard);
    });
  }
  future<int> in_turn_ok(std::vector<int> shards) {
    int total = 0;
    for (int shard : shards)
      total = co_await merge(total, shard);
    co_return total;
  }
};
