// Waiting inside a region without letting anyone else run: a private loop.

#include "support/Reports.h"
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/eventfd.h>
#include <unistd.h>

using namespace examples;
using namespace std::chrono_literals;
namespace rt = corolint::rt;
using rt::Task;

namespace {

/// Somebody else's coroutine, which counts how often it gets to run.
struct Neighbour {
  int Turns = 0;

  Task<> run() {
    for (;;) {
      ++Turns;
      co_await rt::sleep_for(1ms);
    }
  }
};

/// Two things that go on at once, and take 20 ms.
Task<int> fetch() {
  const auto Part = [](int Value) -> Task<int> {
    co_await rt::sleep_for(20ms);
    co_return Value;
  };
  const auto [Low, High] = co_await rt::when_all(Part(2), Part(40));
  co_return Low + High;
}

Task<bool> waitInRegion(Neighbour &Other) {
  co_await rt::sleep_for(20ms);
  std::printf("the neighbour ran before: %s\n", Other.Turns ? "yes" : "no");
  int Before = 0, Value = 0;
  COROLINT_NO_YIELD_REGION {
    const rt::NoYieldScope Alone;
    Before = Other.Turns;
    Value = rt::run_isolated(fetch());
    std::printf("fetched %d in the region; turns of the neighbour meanwhile: "
                "%d\n",
                Value, Other.Turns - Before);
  }
  const bool Stood = Other.Turns == Before;
  co_await rt::sleep_for(20ms);
  std::printf("the neighbour ran after: %s\n",
              Other.Turns > Before ? "yes" : "no");
  co_return Stood &&Value == 42 && Other.Turns > Before;
}

/// The price, part one: what waits in the region cannot need those who stand
/// still. Here it does, and would for ever.
Task<bool> needANeighbour() {
  rt::AsyncEvent Ready;
  const auto Set = [&]() -> Task<> {
    co_await rt::sleep_for(1ms);
    Ready.set();
  };
  const auto Wait = [&]() -> Task<> { co_await Ready.wait(); };
  rt::TaskScope Scope;
  Scope.spawn(Set());
  bool Detected = false;
  rt::Contracts::set_mode(rt::ContractMode::Throw);
  try {
    rt::run_isolated(Wait());
  } catch (const rt::ContractViolation &Broken) {
    Detected = Broken.violation().Kind == rt::ViolationKind::Quiescence;
    std::puts(aboutExample(Broken.violation()).c_str());
  }
  rt::Contracts::set_mode(rt::ContractMode::Off);
  co_await Scope.join();
  co_return Detected;
}

Task<> nothing() { co_return; }
Task<> waitFor(int Descriptor) { co_await rt::readable(Descriptor); }

/// The price, part two: what the loop itself costs.
template <class F> double nanosecondsEach(int Times, F MakeTask) {
  const auto Begin = std::chrono::steady_clock::now();
  for (int I = 0; I != Times; ++I)
    rt::run_isolated(MakeTask());
  const std::chrono::duration<double, std::nano> Took =
      std::chrono::steady_clock::now() - Begin;
  return Took.count() / Times;
}

Task<double> nanosecondsEachAwait(int Times) {
  const auto Begin = std::chrono::steady_clock::now();
  for (int I = 0; I != Times; ++I)
    co_await nothing();
  const std::chrono::duration<double, std::nano> Took =
      std::chrono::steady_clock::now() - Begin;
  co_return Took.count() / Times;
}

} // namespace

int main() {
  Neighbour Other;
  bool Right = false;
  {
    const Reports Shown;
    rt::EventLoop Loop;
    Loop.spawn(Other.run());
    Right = Loop.run(waitInRegion(Other));
  }
  rt::EventLoop Loop;
  Right &= Loop.run(needANeighbour());
  std::printf("to await a task that does nothing: %.0f ns\n",
              Loop.run(nanosecondsEachAwait(100'000)));
  std::printf("to run it on a private loop: %.0f ns\n",
              nanosecondsEach(10'000, nothing));
  const int Ready = ::eventfd(/*initval=*/1, EFD_CLOEXEC);
  std::printf("to await a descriptor on a private loop: %.0f ns\n",
              nanosecondsEach(10'000, [&] { return waitFor(Ready); }));
  ::close(Ready);
  return Right ? 0 : 1;
}
