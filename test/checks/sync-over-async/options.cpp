// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {coro-sync-over-async.AllowedFunctions: "std::future::get;app::sync_wait"}}'
// AllowedFunctions: waits that are meant.

#include "coro.h"
#include <future>
using namespace coro;

namespace app {
COROLINT_SYNC_WAIT void sync_wait(task<>);
COROLINT_SYNC_WAIT void other_wait(task<>);
} // namespace app
COROLINT_SYNC_WAIT void sync_wait(int);

void through(std::future<int> &f) { f.get(); }

task<> allowed_ok(std::future<int> &f) {
  f.get();
  app::sync_wait(allowed_ok(f));
  through(f);
  co_return;
}

task<> others_bad(std::future<int> &f, std::shared_future<int> s) {
  f.wait(); // warn: coro-sync-over-async
  s.get(); // warn: coro-sync-over-async
  app::other_wait(others_bad(f, s)); // warn: coro-sync-over-async
  sync_wait(1); // warn: coro-sync-over-async
  co_return;
}
