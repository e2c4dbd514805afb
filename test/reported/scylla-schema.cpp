// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/pull/15098
// A plain lambda hands a coroutine a pointer that it made for the call, by
// reference.

#include <memory>
#include <seastar/seastar.hh>
#include <string>
#include <vector>
using seastar::future;
struct Schema { std::string name; };
using SchemaPtr = std::shared_ptr<const Schema>;
struct GlobalSchema { SchemaPtr get() const; };
struct Listener { void onUpdate(const std::string &name); };

struct Notifier {
  std::vector<Listener> listeners;
  seastar::semaphore order{1};

  future<> update_bad(const SchemaPtr &schema) {
    co_await order.wait();
    Listener().onUpdate(schema->name);
    order.signal();
  }
  future<> update_ok(SchemaPtr schema) {
    co_await order.wait();
    Listener().onUpdate(schema->name);
    order.signal();
  }
};
struct Service {
  future<> on_each_bad(seastar::sharded<Notifier> &all, const GlobalSchema &global) {
    return all.invoke_on_all([&global](Notifier &n) { return n.update_bad(global.get()); }); // warn: coro-dangling-reference
  }
  future<> on_each_ok(seastar::sharded<Notifier> &all, const GlobalSchema &global) {
    return all.invoke_on_all([&global](Notifier &n) { return n.update_ok(global.get()); });
  }
};
