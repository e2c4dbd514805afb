// RUN: %agreement %s %t
//
// A read of what another thread writes a second later.

#include "corolint/rt.h"
#include <thread>
#include <unistd.h>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<char> f(int Descriptor) {
  char Byte = 0;
  co_await yield_now();
  (void)!::read(Descriptor, &Byte, 1); // BOTH: coro-blocking-call
  co_return Byte;
}

int main() {
  int Ends[2];
  if (::pipe(Ends) != 0)
    return 1;
  std::thread Writer([&] {
    std::this_thread::sleep_for(1s);
    (void)!::write(Ends[1], "x", 1);
  });
  EventLoop Loop;
  const char Byte = Loop.run(f(Ends[0]));
  Writer.join();
  return Byte == 'x' ? 0 : 1;
}
