// Check and refresh without any lock: nothing else on the thread runs between
// the two, because nothing in between yields.

#include "support/PassOffice.h"
#include "support/Reports.h"
#include <algorithm>
#include <cstdio>
#include <vector>

using namespace examples;

namespace {

class Authoriser {
public:
  explicit Authoriser(const PassOffice &Office) : Office(Office) {}

  /// A pass that is valid now. There is no lock: that it does not yield is
  /// what keeps two callers from renewing at once.
  COROLINT_NO_YIELD Pass pass() {
    const rt::NoYieldScope Alone; // the same promise, kept at run time
    if (!Held.valid())
      Held = rt::run_isolated(requestPass(Office));
    return Held;
  }

private:
  const PassOffice &Office;
  Pass Held;
};

/// One of many requests that need a pass.
Task<int> sendRequest(Authoriser &Auth) {
  co_await rt::yield_now(); // whatever a request does before
  const Pass Mine = Auth.pass();
  co_await rt::yield_now(); // and after
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
