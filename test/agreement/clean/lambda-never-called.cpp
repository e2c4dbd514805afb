// RUN: %agreement %s %t
//
// What is only created runs nothing.

#include "corolint/rt.h"
#include <functional>
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> nothing() { co_return; }

static Task<std::size_t> f(std::vector<std::function<void()>> &Later) {
  co_await yield_now();
  Later.push_back([] { sync_wait(nothing()); });
  Later.push_back([] { std::this_thread::sleep_for(1s); });
  co_return Later.size();
}

int main() {
  std::vector<std::function<void()>> Later;
  EventLoop Loop;
  return Loop.run(f(Later)) == 2 ? 0 : 1;
}
