// The same, mended in three ways.

#include "corolint/rt/Shared.h"
#include "support/PassOffice.h"
#include "support/Reports.h"
#include <algorithm>
#include <cstdio>
#include <vector>

using namespace examples;

namespace {

/// Nobody else can write from the check to the act.
struct WithLock {
  const PassOffice &Office;
  rt::AsyncMutex Renewal{};
  rt::Shared<Pass> Held{};

  Task<Pass> pass() {
    const auto Guard = co_await Renewal.lock();
    if (!Held.read().valid())
      Held.write() = co_await requestPass(Office);
    co_return Held.read();
  }
};

/// The act rests on a check that nothing separates from it.
struct WithSecondLook {
  const PassOffice &Office;
  rt::Shared<Pass> Held{};

  Task<Pass> pass() {
    if (!Held.read().valid()) {
      const Pass Fresh = co_await requestPass(Office);
      if (!Held.read().valid())
        Held.write() = Fresh;
    }
    co_return Held.read();
  }
};

/// No suspension between the check and the act, so no other coroutine runs.
struct WithoutYield {
  const PassOffice &Office;
  rt::Shared<Pass> Held{};

  Task<Pass> pass() { co_return renewed(); }

  COROLINT_NO_YIELD Pass renewed() {
    const rt::NoYieldScope Alone;
    if (!Held.read().valid())
      Held.write() = rt::run_isolated(requestPass(Office));
    return Held.read();
  }
};

/// Returns whether all requests carry the same pass.
template <class Authoriser>
Task<bool> sendAll(const char *How, const PassOffice &Office) {
  const int Before = Office.issued();
  Authoriser Auth{Office};
  std::vector<Task<Pass>> Requests;
  for (int I = 0; I != 12; ++I)
    Requests.push_back(Auth.pass());
  const auto Passes = co_await rt::when_all(std::move(Requests));
  std::printf("%s: passes issued: %d\n", How, Office.issued() - Before);
  co_return std::all_of(Passes.begin(), Passes.end(), [&](const Pass &Each) {
    return Each.Number == Passes[0].Number;
  });
}

Task<bool> sendThreeTimes(const PassOffice &Office) {
  const bool One = co_await sendAll<WithLock>("with a lock", Office);
  const bool Two =
      co_await sendAll<WithSecondLook>("with a second look", Office);
  const bool Three = co_await sendAll<WithoutYield>("without a yield", Office);
  co_return One && Two && Three;
}

} // namespace

int main() {
  const PassOffice Office(10ms);
  const Reports Shown;
  rt::EventLoop Loop;
  return Loop.run(sendThreeTimes(Office)) ? 0 : 1;
}
