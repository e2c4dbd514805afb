// RUN: %agreement %s %t
//
// A descriptor that does not block, read when the loop says so.

#include "corolint/rt.h"
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<char> f(int Descriptor) {
  char Byte = 0;
  for (;;) {
    if (::read(Descriptor, &Byte, 1) == 1)
      co_return Byte;
    if (errno != EAGAIN)
      co_return 0;
    co_await readable(Descriptor);
  }
}

static Task<void> write(int Descriptor) {
  co_await sleep_for(10ms);
  while (::write(Descriptor, "x", 1) != 1 && errno == EAGAIN)
    co_await writable(Descriptor);
}

static Task<char> both(int Reader, int Writer) {
  auto [Byte, Nothing] = co_await when_all(f(Reader), write(Writer));
  co_return Byte;
}

int main() {
  int Ends[2];
  if (::pipe2(Ends, O_NONBLOCK) != 0)
    return 1;
  EventLoop Loop;
  return Loop.run(both(Ends[0], Ends[1])) == 'x' ? 0 : 1;
}
