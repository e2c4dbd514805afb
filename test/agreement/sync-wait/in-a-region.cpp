// RUN: %agreement %s %t
//
// A plain thread, but a region: everything in it stands still.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> four() { co_return 4; }

int main() {
  NoYieldScope Scope;
  return sync_wait(four()) == 4 ? 0 : 1; // BOTH: coro-sync-over-async
}
