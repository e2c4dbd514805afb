// RUN: %agreement %s %t
//
// A future that is known to be ready is no wait.

#include "corolint/rt.h"
#include <future>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<int> f(std::future<int> Value) {
  while (Value.wait_for(0s) != std::future_status::ready)
    co_await yield_now();
  co_return Value.get();
}

int main() {
  std::promise<int> Promise;
  Promise.set_value(4);
  EventLoop Loop;
  return Loop.run(f(Promise.get_future())) == 4 ? 0 : 1;
}
