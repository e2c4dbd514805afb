// Second rung: remember by hand. An object knows how far it is, and each call
// takes it one step further if it can.

#include "ladder/Polling.h"

using namespace catalogue;

namespace {

class PriceMachine {
public:
  explicit PriceMachine(int Item) : Item(Item) {}

  Progress operator()() {
    switch (Where) {
    case Step::ToAsk:
      Due = Clock::now() + delayOf(Item);
      Where = Step::Asked;
      return std::nullopt;
    case Step::Asked:
      if (Clock::now() < Due)
        return std::nullopt;
      Where = Step::Answered;
      [[fallthrough]];
    case Step::Answered:
      return priceOf(Item);
    }
    return std::nullopt;
  }

private:
  enum class Step { ToAsk, Asked, Answered };

  int Item;
  Step Where = Step::ToAsk;
  Clock::time_point Due;
};

} // namespace

Answer catalogue::stateMachines() {
  std::vector<PriceMachine> Machines;
  for (const int Item : Items)
    Machines.emplace_back(Item);
  return pollAll(std::move(Machines));
}
