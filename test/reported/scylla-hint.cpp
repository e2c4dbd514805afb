// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/issues/20306
// A hint is stored in the background, in a coroutine lambda that is passed to a gate. It
// loses its captures when it first suspends.

#include <seastar/seastar.hh>
#include <string>
using seastar::future;
struct Mutation { std::string text; };
struct Log {
  future<long> add(const Mutation &mutation);
};
class Endpoint {
  seastar::gate gate;
  Log log;
  long stored = 0;
  future<Log *> store();

public:
  void storeHint_bad(Mutation mutation) {
    (void)seastar::with_gate(gate, [this, m = std::move(mutation)]() -> future<> {
      Log *log = co_await store();
      co_await log->add(m); // warn: coro-dangling-reference
      ++stored;
    });
  }
  void storeHint_ok(Mutation mutation) {
    (void)seastar::with_gate(gate, [this, m = std::move(mutation)]() mutable -> future<> {
      auto *self = this;
      auto mine = std::move(m);
      Log *log = co_await self->store();
      co_await log->add(mine);
      ++self->stored;
    });
  }
};
