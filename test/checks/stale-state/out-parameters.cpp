// RUN: %check_corolint %s coro-stale-state %t
// An assignment through a reference changes the object, not the reference.
#include "coro.h"
#include <map>
#include <memory>
#include <string>

struct Broker {
  coro::task<int> open();
};

class Client {
  std::map<int, std::shared_ptr<Broker>> brokers;
  std::shared_ptr<Broker> seed;

public:
  void close() { brokers.clear(); }

  // The result is a copy of a shared pointer.
  coro::task<int> result_ok(std::shared_ptr<Broker> &result) {
    if (!brokers.empty())
      result = brokers.rbegin()->second;
    if (result && co_await result->open() == 0)
      co_return 0;
    result = seed;
    co_return 1;
  }
  // The reference leads into the map before and after.
  coro::task<> element_bad(std::string name) {
    std::shared_ptr<Broker> &slot = brokers[1];
    co_await seed->open();
    slot = nullptr; // warn: coro-stale-state
  }
  // A local pointer refers to whatever it is assigned.
  coro::task<> pointer_bad() {
    std::shared_ptr<Broker> *found = nullptr;
    found = &brokers.begin()->second;
    co_await seed->open();
    found->reset(); // warn: coro-stale-state
  }
};
