// Stopping the world by accident: the same lock, but what is done under it
// asks an old library, which waits.

#include "support/PassOffice.h"
#include "support/Reports.h"
#include <algorithm>
#include <cstdio>
#include <thread>

using namespace examples;

namespace {

/// Deep in the library, something is slow.
__attribute__((noinline)) void waitForClerk() {
  std::this_thread::sleep_for(300ms);
}
__attribute__((noinline)) Pass passByLibrary() {
  waitForClerk();
  return {1, Clock::now() + 10s};
}

class Authoriser {
public:
  Task<> renew() {
    auto Guard = co_await Renewal.lock();
    Held = passByLibrary();
  }

private:
  rt::AsyncMutex Renewal;
  Pass Held;
};

/// Something else on the same thread.
Task<> keepTime(const bool &Done, Clock::duration &Worst) {
  while (!Done) {
    const auto Due = Clock::now() + 2ms;
    co_await rt::sleep_until(Due);
    Worst = std::max(Worst, Clock::now() - Due);
  }
}

Task<bool> measure() {
  Authoriser Auth;
  bool Done = false;
  Clock::duration Worst{};
  rt::TaskScope Scope;
  Scope.spawn(keepTime(Done, Worst));
  co_await rt::sleep_for(20ms);
  co_await Auth.renew();
  Done = true;
  co_await Scope.join();
  std::printf("an unrelated task was late by %lld ms\n",
              (long long)(Worst / 1ms));
  co_return Worst >= 250ms &&
      rt::Contracts::count(rt::ViolationKind::Stall) == 1;
}

} // namespace

int main() {
  const Reports Shown;
  rt::Contracts::watch();
  rt::EventLoop Loop;
  return Loop.run(measure()) ? 0 : 1;
}
