// The same without the second look. `coro-stale-state` finds it; here it is
// meant, and so suppressed.

#include "support/PassOffice.h"
#include "support/Reports.h"
#include <cstdio>
#include <vector>

using namespace examples;

namespace {

class Authoriser {
public:
  explicit Authoriser(const PassOffice &Office) : Office(Office) {}

  Task<Pass> pass() {
    if (!Held.valid()) {
      auto Guard = co_await Renewal.lock();
      Held = co_await requestPass(Office); // NOLINT(coro-stale-state)
    }
    co_return Held;
  }

private:
  const PassOffice &Office;
  rt::AsyncMutex Renewal;
  Pass Held;
};

Task<bool> sendAll(const PassOffice &Office) {
  Authoriser Auth(Office);
  std::vector<Task<Pass>> Requests;
  for (int I = 0; I != 12; ++I)
    Requests.push_back(Auth.pass());
  const auto Passes = co_await rt::when_all(std::move(Requests));
  std::printf("%zu requests at once, and no valid pass\n", Passes.size());
  std::printf("passes issued, one after the other: %d\n", Office.issued());
  co_return Office.issued() == 12;
}

} // namespace

int main() {
  const PassOffice Office(10ms);
  const Reports Shown;
  rt::EventLoop Loop;
  return Loop.run(sendAll(Office)) ? 0 : 1;
}
