// RUN: %agreement %s %t
//
// A region in a thread that no other coroutine needs.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static void update() {
  NoYieldScope Scope;
  // STATIC-ONLY: coro-blocking-call: the contract watches only the threads of
  // loops and pools.
  std::this_thread::sleep_for(1s);
}

int main() { update(); }
