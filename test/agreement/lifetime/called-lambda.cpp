// RUN: %agreement --sanitize %s %t
// REQUIRES: address-sanitizer
//
// The closure is a temporary that ends before its task runs.

#include "corolint/rt.h"
#include <cstdio>

using namespace corolint::rt;

static Task<void> f(int Number) {
  auto Kept = [Number]() -> Task<void> {
    co_await yield_now();
    std::printf("%d\n", Number); // BOTH: coro-dangling-reference
  }();
  co_await std::move(Kept);
}

int main() {
  EventLoop Loop;
  Loop.run(f(1));
}
