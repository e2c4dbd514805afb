// Check, suspend, act. Nothing is annotated, and nothing yields where it must
// not: but what the check found is old when the pass arrives.

#include "corolint/rt/Shared.h"
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
    if (!Held.read().valid())
      Held.write() = co_await requestPass(Office);
    co_return Held.read();
  }

private:
  const PassOffice &Office;
  rt::Shared<Pass> Held;
};

Task<bool> sendAll(const PassOffice &Office) {
  Authoriser Auth(Office);
  std::vector<Task<Pass>> Requests;
  for (int I = 0; I != 12; ++I)
    Requests.push_back(Auth.pass());
  const auto Passes = co_await rt::when_all(std::move(Requests));
  std::printf("%zu requests at once, and no valid pass\n", Passes.size());
  std::printf("passes issued: %d\n", Office.issued());
  co_return Office.issued() == 12 &&
      rt::Contracts::count(rt::ViolationKind::StaleState) == 11;
}

} // namespace

int main() {
  const PassOffice Office;
  const Reports Shown;
  rt::EventLoop Loop;
  return Loop.run(sendAll(Office)) ? 0 : 1;
}
