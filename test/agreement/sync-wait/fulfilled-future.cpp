// RUN: %agreement %s %t
//
// A future that is ready: nobody waits.

#include "corolint/rt.h"
#include <future>

using namespace corolint::rt;

static Task<int> f() {
  std::promise<int> Promise;
  Promise.set_value(4);
  co_return Promise.get_future().get();
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 4 ? 0 : 1;
}
