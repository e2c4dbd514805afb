// Two sums on one thread, with nothing but a task made by hand.

#include "by-hand/Number.h"
#include <cstdio>

using namespace byHand;

namespace {

Number getNumber(int Value) {
  std::printf("asking for %d\n", Value);
  co_await Turn(); // Somebody else's turn, as if the answer took a while.
  co_return Value;
}

Number sum(int First, int Second) {
  const int One = co_await getNumber(First);
  const int Two = co_await getNumber(Second);
  co_return One + Two;
}

} // namespace

int main() {
  Number Tasks[] = {sum(1, 2), sum(10, 20)};
  run(Tasks);
  int Total = 0;
  for (const Number &Each : Tasks)
    Total += Each.await_resume();
  std::printf("in total %d\n", Total);
  return Total == 33 ? 0 : 1;
}
