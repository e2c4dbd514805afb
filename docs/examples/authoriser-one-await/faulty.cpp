// One well-meant `co_await` more: passes are now issued to a user, and who that
// is, another service knows.

#include "support/PassOffice.h"
#include "support/Reports.h"
#include "support/Users.h"
#include <cstdio>

using namespace examples;

namespace {

class Authoriser {
public:
  explicit Authoriser(const PassOffice &Office) : Office(Office) {}

  /// A pass that is valid now. There is no lock: that it does not yield is
  /// what keeps two callers from renewing at once.
  COROLINT_NO_YIELD Task<Pass> pass() {
    const rt::NoYieldScope Alone;
    if (!Held.valid()) {
      const User Applicant = co_await currentUser();
      Held = rt::run_isolated(requestPassFor(Office, Applicant));
    }
    co_return Held;
  }

private:
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
  co_return Office.issued() == 2 &&
      rt::Contracts::count(rt::ViolationKind::Yield) == 2;
}

} // namespace

int main() {
  const PassOffice Office;
  const Reports Shown;
  rt::EventLoop Loop;
  return Loop.run(sendTwo(Office)) ? 0 : 1;
}
