// RUN: %agreement %s %t
//
// From the loop to a pool and home.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> f(EventLoop &Loop, ThreadPool &Pool) {
  co_await resume_on(Pool);
  int Sum = 0;
  for (int I = 0; I != 100; ++I)
    Sum += I;
  co_await resume_on(Loop);
  co_return Sum;
}

int main() {
  ThreadPool Pool(2);
  EventLoop Loop;
  return Loop.run(f(Loop, Pool)) == 4950 ? 0 : 1;
}
