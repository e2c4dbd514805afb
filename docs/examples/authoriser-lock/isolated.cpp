// The same with the lock and the state in one: `Isolated` hands out the state
// only inside a transaction, and a transaction that fails leaves it as it was.

#include "support/PassOffice.h"
#include "support/Reports.h"
#include <cstdio>
#include <stdexcept>
#include <vector>

using namespace examples;

namespace {

struct Wallet {
  Pass Held;
  int Renewals = 0;
};

class Authoriser {
public:
  explicit Authoriser(const PassOffice &Office) : Office(Office) {}

  Task<Pass> pass() {
    return State.transact([this](Wallet &Mine) -> Task<Pass> {
      if (!Mine.Held.valid()) {
        ++Mine.Renewals; // not yet: only if all of this succeeds
        Mine.Held = co_await requestPass(Office);
        if (std::exchange(Spoilt, false))
          throw std::runtime_error("the pass cannot be read");
      }
      co_return Mine.Held;
    });
  }
  Task<int> renewals() {
    return State.read([](const Wallet &Mine) { return Mine.Renewals; });
  }

private:
  const PassOffice &Office;
  rt::Isolated<Wallet> State;
  bool Spoilt = true; ///< The first answer of the office is.
};

Task<bool> sendAll(const PassOffice &Office) {
  Authoriser Auth(Office);
  try {
    co_await Auth.pass();
  } catch (const std::runtime_error &Error) {
    std::printf("first attempt: %s\n", Error.what());
  }
  std::printf("renewals after it: %d\n", co_await Auth.renewals());
  std::vector<Task<Pass>> Requests;
  for (int I = 0; I != 12; ++I)
    Requests.push_back(Auth.pass());
  const auto Passes = co_await rt::when_all(std::move(Requests));
  const int Renewals = co_await Auth.renewals();
  std::printf("renewals after %zu more: %d\n", Passes.size(), Renewals);
  co_return Renewals == 1;
}

} // namespace

int main() {
  const PassOffice Office;
  const Reports Shown;
  rt::EventLoop Loop;
  return Loop.run(sendAll(Office)) ? 0 : 1;
}
