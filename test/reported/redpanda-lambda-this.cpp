// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/7071
// A coroutine lambda that captures 'this' is handed to functions that drop it
// once it has returned its future.

#include <seastar/seastar.hh>
#include <vector>

using seastar::future;

struct Api {
  int reduced = 0;
  std::vector<int> partitions;
  future<int> ask(int partition);

  future<> reconcile_bad() {
    return seastar::sleep(std::chrono::seconds(1)).then([this]() -> future<> {
      int answer = co_await ask(1);
      reduced += answer; // warn: coro-dangling-reference
    });
  }
  future<> reconcile_ok() {
    return seastar::sleep(std::chrono::seconds(1)).then([this] {
      return add(1);
    });
  }
  future<> each_ok() {
    co_await seastar::parallel_for_each(
        partitions, [this](int partition) { return add(partition); });
  }

private:
  future<> add(int partition) {
    int answer = co_await ask(partition);
    reduced += answer;
  }
};
