// The other ways to wait inside a region. Each lets somebody run, or waits for
// ever.

#include "support/Reports.h"
#include <chrono>
#include <cstdio>
#include <system_error>

using namespace examples;
using namespace std::chrono_literals;
namespace rt = corolint::rt;
using rt::Task;

namespace {

struct Neighbour {
  int Turns = 0;

  Task<> run() {
    for (;;) {
      ++Turns;
      co_await rt::yield_now();
    }
  }
};

Task<int> fetch() {
  co_await rt::sleep_for(20ms);
  co_return 42;
}

/// Awaits: the plain case.
Task<bool> byAwaiting(Neighbour &Other) {
  const rt::NoYieldScope Alone;
  const int Before = Other.Turns;
  co_await fetch();
  co_return Other.Turns != Before;
}

/// Turns the crank of a loop until the result is there. No `co_await` is to be
/// seen, and others run all the same.
// NOLINTNEXTLINE(coro-never-suspends): callers await each way alike.
Task<bool> byPumping(rt::EventLoop &Side, Neighbour &Other) {
  const rt::NoYieldScope Alone;
  const int Before = Other.Turns;
  auto Fetched = rt::spawn(Side, fetch());
  while (!Fetched.done())
    Side.poll();
  co_return Other.Turns != Before;
}

/// Waits as a thread would. Refused: this is the thread of the loop.
// NOLINTNEXTLINE(coro-never-suspends): callers await each way alike.
Task<bool> bySyncWait() {
  const rt::NoYieldScope Alone;
  try {
    rt::sync_wait(fetch());
  } catch (const std::system_error &Error) {
    std::printf("sync_wait: %s\n", Error.code().message().c_str());
    co_return Error.code() == std::errc::resource_deadlock_would_occur;
  }
  co_return false;
}

Task<bool> tryAll() {
  Neighbour Own;
  rt::EventLoop &Loop = *rt::EventLoop::current();
  Loop.spawn(Own.run());
  const bool Awaited = co_await byAwaiting(Own);
  std::printf("co_await: the neighbour %s\n", Awaited ? "ran" : "stood still");

  Neighbour Side;
  rt::EventLoop SideLoop;
  SideLoop.spawn(Side.run());
  const bool Pumped = co_await byPumping(SideLoop, Side);
  std::printf("poll(): the neighbour %s\n", Pumped ? "ran" : "stood still");

  const bool Refused = co_await bySyncWait();
  co_return Awaited && Pumped && Refused;
}

} // namespace

int main() {
  const Reports Shown;
  rt::EventLoop Loop;
  return Loop.run(tryAll()) ? 0 : 1;
}
