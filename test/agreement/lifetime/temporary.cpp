// RUN: %agreement --sanitize %s %t
// REQUIRES: address-sanitizer
//
// The argument ends with the full-expression, the task is awaited after it.

#include "corolint/rt.h"
#include <cstdio>
#include <string>

using namespace corolint::rt;

static Task<void> print(const std::string &Text) {
  co_await yield_now();
  std::printf("%zu\n", Text.size()); // BOTH: coro-dangling-reference
}

static Task<void> f() {
  auto Kept = print("text");
  co_await std::move(Kept);
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
