// A task by hand asks another library, which has a loop of its own.

#include "by-hand/Number.h"
#include "support/Reports.h"
#include <chrono>
#include <cstdio>

using namespace byHand;
using namespace examples;
using namespace std::chrono_literals;
namespace rt = corolint::rt;

namespace {

rt::Task<int> ask(int Value) {
  co_await rt::sleep_for(20ms);
  co_return Value;
}

Number getNumber(int Value) {
  co_await Turn();
  std::printf("asking for %d\n", Value);
  const rt::NoYieldScope Alone;
  co_return rt::sync_wait(ask(Value));
}

} // namespace

int main() {
  const Reports Watched;
  Number Tasks[] = {getNumber(1), getNumber(2)};
  run(Tasks);
  return Tasks[0].await_resume() + Tasks[1].await_resume() == 3 ? 0 : 1;
}
