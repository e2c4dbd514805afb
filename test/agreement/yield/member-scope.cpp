// RUN: %agreement %s %t
//
// The scope is a member of something else.

#include "corolint/rt.h"

using namespace corolint::rt;

namespace {
struct Transaction {
  NoYieldScope Scope;
  int Changes = 0;
};
} // namespace

static Task<void> f() {
  {
    Transaction T;
    ++T.Changes;
    co_await yield_now(); // BOTH: coro-no-yield-region
  }
  co_await yield_now();
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
