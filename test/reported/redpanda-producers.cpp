// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/24936
// While the state machine stops it walks over its producers, with scheduling points; the
// apply fiber still adds some.
#include <memory>
#include <seastar/seastar.hh>
#include <unordered_map>
#include <utility>
#include <vector>
using seastar::future;
struct Producer {
  explicit Producer(long pid);
  void apply(long batch);
  future<> shutdownInput();
};
using ProducerPtr = std::shared_ptr<Producer>;

class StmBase {
public:
  virtual ~StmBase() = default;
  virtual future<> apply(std::vector<long> batches) = 0;
  virtual future<> stop() = 0;
};

class RmStm final : public StmBase {
  seastar::gate gate;
  std::unordered_map<long, ProducerPtr> producers;

  ProducerPtr maybeCreateProducer(long pid) {
    auto it = producers.find(pid);
    if (it != producers.end())
      return it->second;
    auto producer = std::make_shared<Producer>(pid);
    producers.emplace(pid, producer);
    return producer;
  }
  future<> reset_producers_bad() {
    for (auto &[pid, producer] : producers) { // warn: coro-stale-state
      co_await producer->shutdownInput();
    }
    producers.clear();
  }
  future<> reset_producers_ok() {
    auto all = std::exchange(producers, {});
    for (auto &[pid, producer] : all)
      co_await producer->shutdownInput();
  }

public:
  future<> apply(std::vector<long> batches) override {
    for (long pid : batches) {
      maybeCreateProducer(pid)->apply(pid);
      co_await seastar::coroutine::maybe_yield();
    }
  }
  future<> stop() override {
    co_await gate.close();
    co_await reset_producers_bad();
    co_await reset_producers_ok();
  }
};
