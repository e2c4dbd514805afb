// A server is asked to stop: who notices, who cleans up, and who is in time.

#include "support/Reports.h"
#include <chrono>
#include <csignal>
#include <cstdio>

using namespace examples;
using namespace std::chrono_literals;
namespace rt = corolint::rt;
using rt::Task;

namespace {

/// Waits for ever. The request to stop ends the wait: it throws `Cancelled`.
Task<> idleClient() {
  rt::Channel<int> Requests(1);
  try {
    (void)co_await Requests.receive();
  } catch (const rt::Cancelled &) {
    std::puts("idle client: was waiting, asked to stop");
    throw;
  }
}

Task<> flush() {
  co_await rt::sleep_for(2ms);
  std::puts("busy client: data is on the disk");
}

Task<> work() {
  for (;;)
    co_await rt::sleep_for(1ms);
}

/// Has to await in the end, which no destructor can.
Task<> busyClient() {
  co_await rt::with_cleanup(work(), [] { return flush(); });
}

/// Computes, and never waits: asks now and then.
Task<> computingClient() {
  const std::stop_token Stop = co_await rt::current_stop_token();
  long Rounds = 0;
  while (!Stop.stop_requested()) {
    ++Rounds;
    co_await std::suspend_never();
    if (Rounds % 1000 == 0)
      co_await rt::resume_on(*rt::EventLoop::current()); // Others have a turn.
  }
  std::puts("computing client: saw that it should stop");
}

Task<> server() {
  rt::TaskScope Clients;
  Clients.spawn(idleClient());
  Clients.spawn(busyClient());
  Clients.spawn(computingClient());
  co_await Clients.join(); // Passes the request on, and waits for all three.
}

Task<> userPressesControlC() {
  co_await rt::sleep_for(5ms);
  std::puts("the user presses Control-C");
  std::raise(SIGINT);
}

Task<> program(rt::SignalSet &Signals) {
  rt::TaskScope User;
  User.spawn(userPressesControlC());
  co_await rt::run_until_signal(server(), Signals, 10s);
  co_await User.join();
}

} // namespace

int main() {
  rt::SignalSet Signals({SIGINT, SIGTERM}); // Before there is any thread.
  const Reports Watched;
  rt::EventLoop Loop;
  Loop.run(program(Signals));
  std::puts("all clients have ended");
  return 0;
}
