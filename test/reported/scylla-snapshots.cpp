// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/pull/12193
// A helper takes a continuation and runs it when a lock is had; a coroutine lambda loses its captures there once
// it has returned its future. What is awaited at the call may be wrapped.
#include <seastar/seastar.hh>
#include <string>
#include <utility>
#include <vector>
using seastar::future;
struct Snapshot { std::string tag; };
class SnapshotControl {
  seastar::rwlock m_lock;
  std::vector<Snapshot> m_cache;
  future<std::vector<Snapshot>> details();

  template <class Func> auto runListOperation(Func &&func) {
    return m_lock.read_lock().then([func = std::forward<Func>(func)]() mutable { return func(); }).finally([this] {
      m_lock.read_unlock();
    });
  }

public:
  future<std::vector<Snapshot>> snapshots_bad() {
    co_return co_await runListOperation([this]() -> future<std::vector<Snapshot>> {
      auto found = co_await details();
      m_cache = found; // warn: coro-dangling-reference
      co_return found;
    });
  }
  future<std::vector<Snapshot>> snapshots_ok() {
    co_return co_await runListOperation(seastar::coroutine::lambda([this]() -> future<std::vector<Snapshot>> {
      auto found = co_await details();
      m_cache = found;
      co_return found;
    }));
  }
};
