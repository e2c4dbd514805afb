// RUN: %agreement %s %t
//
// Waiting for a process to end.

#include "corolint/rt.h"
#include <sys/wait.h>
#include <unistd.h>

using namespace corolint::rt;

static Task<bool> f(pid_t Child) {
  co_await yield_now();
  int Status = 0;
  co_return ::waitpid(Child, &Status, 0) == Child; // BOTH: coro-blocking-call
}

int main() {
  const pid_t Child = ::fork();
  if (Child == 0) {
    ::usleep(1'000'000);
    ::_exit(0);
  }
  EventLoop Loop;
  return Loop.run(f(Child)) ? 0 : 1;
}
