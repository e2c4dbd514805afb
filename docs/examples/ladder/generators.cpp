// Fourth rung: the compiler remembers. A generator stops at each `co_yield` and
// goes on from there, so that the steps are again in the order of reading. And
// one can wait within another, if each passes on what it is told: not yet.

#include "corolint/rt/Generator.h"
#include "ladder/Polling.h"
#include <utility>

using namespace catalogue;
using corolint::rt::Generator;

namespace {

Generator<Progress> pause(std::chrono::milliseconds Time) {
  const Clock::time_point Due = Clock::now() + Time;
  while (Clock::now() < Due)
    co_yield Progress();
}

Generator<Progress> inquiry(int Item) {
  for (const Progress &NotYet : pause(delayOf(Item)))
    co_yield Progress(NotYet);
  co_yield Progress(priceOf(Item));
}

/// Goes on with a generator, one element a call.
class Poller {
public:
  explicit Poller(Generator<Progress> Steps) : Steps(std::move(Steps)) {}

  Progress operator()() {
    if (std::exchange(Started, true))
      ++Place;
    else
      Place = Steps.begin();
    return *Place;
  }

private:
  Generator<Progress> Steps;
  Generator<Progress>::Iterator Place;
  bool Started = false;
};

} // namespace

Answer catalogue::generators() {
  std::vector<Poller> Inquiries;
  for (const int Item : Items)
    Inquiries.emplace_back(inquiry(Item));
  return pollAll(std::move(Inquiries));
}
