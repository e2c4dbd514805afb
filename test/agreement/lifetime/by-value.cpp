// RUN: %agreement --sanitize %s %t
// REQUIRES: address-sanitizer
//
// The frame owns what the coroutine takes by value.

#include "corolint/rt.h"
#include <cstdio>
#include <string>

using namespace corolint::rt;

static Task<void> print(std::string Text) {
  co_await yield_now();
  std::printf("%zu\n", Text.size());
}

static Task<void> start() {
  std::string Local = "local";
  return print(Local);
}

static Task<void> f(int Number) {
  auto Kept = [](int Number) -> Task<void> {
    co_await yield_now();
    std::printf("%d\n", Number);
  }(Number);
  co_await std::move(Kept);
}

int main() {
  EventLoop Loop;
  Loop.run(start());
  Loop.run(f(1));
}
