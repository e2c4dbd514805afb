// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/27694
// All open transactions are marked as expired, in an asynchronous loop over the list of
// their producers. A producer that commits leaves the list.

#include <list>
#include <seastar/seastar.hh>
#include <vector>
using seastar::future;
class Stm {
  std::list<long> activeProducers;
  int lastError = 0;
  future<int> markExpired(long producer);

public:
  void begin(long producer) { activeProducers.push_back(producer); }
  void commit(long producer) { activeProducers.remove(producer); }
  future<int> abortAll_bad() {
    co_await seastar::max_concurrent_for_each(activeProducers, 5, [this](long producer) { // warn: coro-stale-state
      return markExpired(producer).then([this](int error) { lastError = error; });
    });
    co_return lastError;
  }
  future<int> abortAll_ok() {
    std::vector<long> producers(activeProducers.begin(), activeProducers.end());
    co_await seastar::max_concurrent_for_each(producers, 5, [this](long producer) {
      return markExpired(producer).then([this](int error) { lastError = error; });
    });
    co_return lastError;
  }
};
