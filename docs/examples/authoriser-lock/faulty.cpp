// The same with the lock that everybody knows. `std::mutex` belongs to a
// thread, and all these coroutines are one thread.

#include "support/PassOffice.h"
#include "support/Reports.h"
#include <cstdio>
#include <mutex>

using namespace examples;

namespace {

class Authoriser {
public:
  explicit Authoriser(const PassOffice &Office) : Office(Office) {}

  Task<Pass> pass() {
    if (!Held.valid()) {
      const std::lock_guard Guard(Renewal);
      if (!Held.valid())
        Held = co_await requestPass(Office);
    }
    co_return Held;
  }

private:
  const PassOffice &Office;
  std::mutex Renewal;
  Pass Held;
};

/// One request only. A second one would call `Renewal.lock()` while the first
/// is suspended, and the thread that has to resume the first would sleep.
Task<bool> sendOne(const PassOffice &Office) {
  Authoriser Auth(Office);
  const Pass Mine = co_await Auth.pass();
  std::printf("one request went well, with pass %d\n", Mine.Number);
  co_return rt::Contracts::count(rt::ViolationKind::LockAcrossAwait) == 1;
}

} // namespace

int main() {
  const PassOffice Office;
  const Reports Shown;
  rt::EventLoop Loop;
  return Loop.run(sendOne(Office)) ? 0 : 1;
}
