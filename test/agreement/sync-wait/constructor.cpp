// RUN: %agreement %s %t
//
// Who constructs, calls.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> four() { co_return 4; }

namespace {
struct Config {
  Config() : Value(sync_wait(four())) {}
  int Value;
};
} // namespace

static Task<int> f(ThreadPool &Pool) {
  co_await Pool.schedule();
  const Config Loaded; // BOTH: coro-sync-over-async
  co_return Loaded.Value;
}

int main() {
  ThreadPool Pool(2);
  return sync_wait(f(Pool)) == 4 ? 0 : 1;
}
