// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/pull/27477
// A coroutine lambda is handed to a continuation, which destroys it once it
// has returned its future; then it uses the 'this' that it captured.

#include <seastar/seastar.hh>
#include <vector>

using seastar::future;

struct Hints {
  std::vector<int> replayed;
  future<> lock_file();
  future<std::vector<int>> segments();

  future<> load_bad() {
    return lock_file().then([this]() -> future<> {
      std::vector<int> found = co_await segments();
      replayed = std::move(found); // warn: coro-dangling-reference
    });
  }
  future<> load_ok() {
    co_await lock_file().then(seastar::coroutine::lambda([this]() -> future<> {
      std::vector<int> found = co_await segments();
      replayed = std::move(found);
    }));
  }
  future<> last_use_ok() {
    return lock_file().then([this]() -> future<> { (void)co_await segments(); });
  }
};
