// One question, asked from the ground and from each rung of the ladder.

#include "ladder/Catalogue.h"
#include <cstdio>

using namespace catalogue;

namespace {
struct Rung {
  const char *Name;
  Answer (*Ask)();
};
} // namespace

/// Asks from this rung, and returns how many milliseconds that took.
static double climb(const Rung &Here) {
  const auto Begin = Clock::now();
  const Answer Result = Here.Ask();
  const std::chrono::duration<double, std::milli> Took = Clock::now() - Begin;
  std::printf("%-16s %4.0f ms %6ld polls  prices", Here.Name, Took.count(),
              Result.Polls);
  for (const int Price : Result.Prices)
    std::printf(" %d", Price);
  std::puts("");
  return Took.count();
}

int main() {
  const Rung Rungs[] = {{"threads", threads},
                        {"state machines", stateMachines},
                        {"closures", closures},
                        {"generators", generators},
                        {"tasks", tasks}};
  const double Slow = climb({"one by one", oneByOne});
  bool Right = Slow >= 240;
  for (const Rung &Here : Rungs) {
    const double Took = climb(Here);
    Right &= Took >= 120 && Took < 0.9 * Slow;
  }
  return Right ? 0 : 1;
}
