// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/issues/26835
// Only the error path of the continuation uses a capture after the suspension.
#include <functional>
#include <optional>
#include <seastar/seastar.hh>
#include <source_location>
using seastar::future;
void logError(const char *what, const char *function);

class AddressMap {
  seastar::sharded<AddressMap> &container;
  std::optional<future<>> replicationFiber;

public:
  explicit AddressMap(seastar::sharded<AddressMap> &c) : container(c), replicationFiber(seastar::make_ready_future<>()) {}
  void replicate_bad(std::function<void(AddressMap &)> f, std::source_location l = std::source_location::current()) {
    replicationFiber = replicationFiber->then([this, f = std::move(f), l]() -> future<> {
      try {
        co_await container.invoke_on_all([f](AddressMap &self) { f(self); });
      } catch (...) {
        logError("replicate failed", l.function_name()); // warn: coro-dangling-reference
      }
    });
  }
  void replicate_ok(std::function<void(AddressMap &)> f, std::source_location where = std::source_location::current()) {
    replicationFiber = replicationFiber->then([this, f = std::move(f), where]() -> future<> {
      auto l = where;
      try {
        co_await container.invoke_on_all([f](AddressMap &self) { f(self); });
      } catch (...) {
        logError("replicate failed", l.function_name());
      }
    });
  }
};
