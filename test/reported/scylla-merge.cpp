// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/pull/24106
// Answers are merged while they arrive, and the merge yields: two are merged
// into copies of one earlier result.

#include <seastar/seastar.hh>
#include <vector>
using seastar::future;
struct Result { std::vector<int> rows; bool empty() const { return rows.empty(); } };
future<Result> ask(int shard);
future<Result> merge(Result a, Result b);

struct Service {
  future<Result> reported_bad(std::vector<int> shards) {
    Result total;
    co_await seastar::coroutine::parallel_for_each(shards, [&total](int shard) -> future<> {
      Result part = co_await ask(shard);
      total = co_await merge(total, std::move(part)); // warn: coro-stale-state
    });
    co_return total;
  }
  future<Result> mended_ok(std::vector<int> shards) {
    Result total;
    seastar::semaphore one{1};
    co_await seastar::coroutine::parallel_for_each(shards, [&total, &one](int shard) -> future<> {
      Result part = co_await ask(shard);
      auto units = co_await seastar::get_units(one, 1);
      total = co_await merge(total, std::move(part));
    });
    co_return total;
  }
  future<Result> in_turn_ok(std::vector<int> shards) {
    Result total;
    for (int shard : shards)
      total = co_await merge(std::move(total), co_await ask(shard));
    co_return total;
  }
};
