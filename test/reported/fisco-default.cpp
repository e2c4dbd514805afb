// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/FISCO-BCOS/FISCO-BCOS/pull/5434
// A lazy coroutine has a reference parameter with a default argument: the default
// is a temporary of the caller.

#include <cppcoro/cppcoro.h>
#include <string>
#include <vector>
struct BlockContext { std::string chain; long number = 0; };
struct Receipt { long gas = 0; };
struct Scheduler {
  cppcoro::task<long> run(int transaction);
  cppcoro::task<long> execute(const std::vector<int> &transactions, const BlockContext &context = {}) {
    long sum = 0;
    for (int t : transactions)
      sum += co_await run(t);
    co_return sum + context.number;
  }
  cppcoro::task<long> execute_ok(const std::vector<int> &transactions, BlockContext context = {}) {
    long sum = 0;
    for (int t : transactions)
      sum += co_await run(t);
    co_return sum + context.number;
  }
};
cppcoro::task<long> block_bad(Scheduler &scheduler, std::vector<int> transactions) {
  auto running = scheduler.execute(transactions); // warn: coro-dangling-reference
  co_await scheduler.run(0);
  co_return co_await std::move(running);
}
cppcoro::task<long> block_ok(Scheduler &scheduler, std::vector<int> transactions) {
  auto running = scheduler.execute_ok(transactions);
  co_await scheduler.run(0);
  long first = co_await scheduler.execute(transactions);
  co_return first + co_await std::move(running);
}
