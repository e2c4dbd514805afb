// The same requirement, met: ask first, then check and renew without a yield.

#include "support/PassOffice.h"
#include "support/Reports.h"
#include "support/Users.h"
#include <cstdio>

using namespace examples;

namespace {

class Authoriser {
public:
  explicit Authoriser(const PassOffice &Office) : Office(Office) {}

  /// A pass that is valid now.
  Task<Pass> pass() {
    if (Held.valid())
      co_return Held;
    const User Applicant = co_await currentUser();
    co_return renewedFor(Applicant);
  }

private:
  /// Looks again, for others ran while the caller asked who the user is. There
  /// is no lock: that this does not yield is what keeps two from renewing.
  COROLINT_NO_YIELD Pass renewedFor(User Applicant) {
    const rt::NoYieldScope Alone;
    if (!Held.valid())
      Held = rt::run_isolated(requestPassFor(Office, Applicant));
    return Held;
  }

  const PassOffice &Office;
  Pass Held;
};

Task<bool> sendTwo(const PassOffice &Office) {
  Authoriser Auth(Office);
  const auto [First, Second] = co_await rt::when_all(Auth.pass(), Auth.pass());
  std::printf("2 requests at once, and no valid pass\n");
  std::printf("passes issued: %d\n", Office.issued());
  std::printf("the requests carry pass %d and pass %d\n", First.Number,
              Second.Number);
  co_return Office.issued() == 1;
}

} // namespace

int main() {
  const PassOffice Office;
  const Reports Shown;
  rt::EventLoop Loop;
  return Loop.run(sendTwo(Office)) ? 0 : 1;
}
