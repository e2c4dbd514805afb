// RUN: %agreement %s %t
//
// The same through a function: the call in the region is reported.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> four() { co_return 4; }
static int load() { return sync_wait(four()); }

static int update() {
  NoYieldScope Scope;
  return load(); // BOTH: coro-sync-over-async
}

int main() { return update() == 4 ? 0 : 1; }
