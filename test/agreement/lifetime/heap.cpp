// RUN: %agreement --sanitize %s %t
// REQUIRES: address-sanitizer
//
// Only the run knows who deletes what a pointer leads to.

#include "corolint/rt.h"
#include <cstdio>
#include <memory>

using namespace corolint::rt;

static Task<void> print(const int *Number) {
  co_await yield_now();
  // RUNTIME-ONLY: coro-dangling-reference: an owner that is not visible at the
  // call deletes the object.
  std::printf("%d\n", *Number);
}

struct Owner {
  std::unique_ptr<int> Number = std::make_unique<int>(1);
};

static Task<void> f(Owner &From) {
  auto Kept = print(From.Number.get());
  From.Number.reset();
  co_await std::move(Kept);
}

int main() {
  Owner Numbers;
  EventLoop Loop;
  Loop.run(f(Numbers));
}
