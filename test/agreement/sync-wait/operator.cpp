// RUN: %agreement %s %t
//
// So does who uses an overloaded operator.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> four() { co_return 4; }

namespace {
struct Wait {
  friend int operator|(Task<int> Work, Wait) {
    return sync_wait(std::move(Work));
  }
};
} // namespace

static Task<int> f(ThreadPool &Pool) {
  co_await Pool.schedule();
  co_return four() | Wait(); // BOTH: coro-sync-over-async
}

int main() {
  ThreadPool Pool(2);
  return sync_wait(f(Pool)) == 4 ? 0 : 1;
}
