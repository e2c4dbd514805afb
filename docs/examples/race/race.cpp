// Two mirrors have the same file; whoever answers first is good enough. What
// becomes of the other?

#include "support/Reports.h"
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>

using namespace examples;
using namespace std::chrono_literals;
namespace rt = corolint::rt;
using rt::Task;

namespace {

/// Connections that are open now.
int Open = 0;

/// Something that has to be given back by awaiting: no destructor can do it.
struct Connection {
  std::string Mirror;
};

Task<Connection> connect(std::string Mirror, std::chrono::milliseconds Delay) {
  co_await rt::sleep_for(Delay);
  if (Mirror == "broken")
    throw std::runtime_error("connection refused");
  ++Open;
  co_return Connection{Mirror};
}

/// A library that cannot be interrupted: it connects though nobody wants it.
Task<Connection> connectStubbornly(std::string Mirror,
                                   std::chrono::milliseconds Delay) {
  auto Whole = rt::uncancellable(connect(std::move(Mirror), Delay));
  co_return co_await Whole;
}

Task<> disconnect(Connection Used) {
  co_await rt::sleep_for(1ms); // Says goodbye.
  std::printf("  closed the connection to '%s'\n", Used.Mirror.c_str());
  --Open;
}

/// when_any drops what losers made, and takes a failure for an answer.
Task<> withWhenAny() {
  std::puts("when_any:");
  auto First = co_await rt::when_any(connect("near", 1ms),
                                     connectStubbornly("far", 5ms));
  std::printf("  mirror %zu was first\n", First.Index);
  co_await disconnect(std::get<0>(First.Value));
  std::printf("  connections still open: %d\n", Open);
  Open = 0; // Lost for good.
  try {
    (void)co_await rt::when_any(connect("broken", 1ms), connect("far", 10s));
  } catch (const std::runtime_error &Error) {
    std::printf("  mirror 0 was first: %s\n", Error.what());
  }
}

/// race waits for a success, and hands out all that the others made.
Task<> withRace() {
  std::puts("race:");
  auto Result = co_await rt::race(connect("broken", 1ms), connect("near", 2ms),
                                  connectStubbornly("far", 5ms));
  std::printf("  mirror %zu won\n", Result.Winner);
  auto &[Broken, Near, Far] = Result.All;
  std::printf("  the broken one: %s\n", Broken.has_value() ? "?" : "failed");
  for (auto *Each : {&Near, &Far})
    if (Each->has_value())
      co_await disconnect(std::move(*Each).value());
  std::printf("  connections still open: %d\n", Open);
}

/// A race against the clock is one, too. The loser is asked to stop, and waited
/// for: when the timeout is thrown, nothing of it runs any more.
Task<> againstTheClock() {
  std::puts("with_timeout:");
  try {
    (void)co_await rt::with_timeout(connect("far", 10s), 2ms);
  } catch (const rt::TimedOut &) {
    std::printf("  gave up; connections open: %d\n", Open);
  }
}

Task<> program() {
  co_await withWhenAny();
  co_await withRace();
  co_await againstTheClock();
}

} // namespace

int main() {
  const Reports Watched;
  rt::EventLoop Loop;
  Loop.run(program());
  return Open == 0 ? 0 : 1;
}
