// RUN: %agreement --sanitize %s %t
// REQUIRES: address-sanitizer
//
// Whatever lives until the end of the full-expression that awaits the task.

#include "corolint/rt.h"
#include <cstdio>
#include <string>

using namespace corolint::rt;

static Task<void> print(const std::string &Text) {
  co_await yield_now();
  std::printf("%zu\n", Text.size());
}

static Task<void> f(int Number) {
  co_await print("text");
  co_await [Number]() -> Task<void> {
    co_await yield_now();
    std::printf("%d\n", Number);
  }();
  const std::string Local = "local";
  auto Kept = print(Local);
  co_await std::move(Kept);
}

int main() {
  EventLoop Loop;
  Loop.run(f(1));
}
