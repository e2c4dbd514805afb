// Check, refresh under an async lock, check again.

#include "support/PassOffice.h"
#include "support/Reports.h"
#include <cstdio>
#include <vector>

using namespace examples;

namespace {

class Authoriser {
public:
  explicit Authoriser(const PassOffice &Office) : Office(Office) {}

  /// A pass that is valid now.
  Task<Pass> pass() {
    if (!Held.valid()) {
      auto Guard = co_await Renewal.lock();
      if (!Held.valid()) // who held the lock may have renewed it
        Held = co_await requestPass(Office);
    }
    co_return Held;
  }

private:
  const PassOffice &Office;
  rt::AsyncMutex Renewal;
  Pass Held;
};

/// One of many requests that need a pass.
Task<int> sendRequest(Authoriser &Auth) {
  const Pass Mine = co_await Auth.pass();
  co_return Mine.Number;
}

Task<bool> sendAll(const PassOffice &Office) {
  Authoriser Auth(Office);
  std::vector<Task<int>> Requests;
  for (int I = 0; I != 12; ++I)
    Requests.push_back(sendRequest(Auth));
  const std::vector<int> Passes = co_await rt::when_all(std::move(Requests));
  std::printf("%zu requests at once, and no valid pass\n", Passes.size());
  std::printf("passes issued: %d\n", Office.issued());
  std::printf("requests that carry pass 1: %td\n",
              std::count(Passes.begin(), Passes.end(), 1));
  co_return Office.issued() == 1;
}

} // namespace

int main() {
  const PassOffice Office;
  const Reports Shown;
  rt::EventLoop Loop;
  return Loop.run(sendAll(Office)) ? 0 : 1;
}
