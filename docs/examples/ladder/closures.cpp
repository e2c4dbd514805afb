// Third rung: a function that can be entered again. What it captured is its
// memory; the class around it is gone, the steps are not.

#include "ladder/Polling.h"
#include <functional>

using namespace catalogue;

static std::function<Progress()> inquiry(int Item) {
  return [Item, Due = std::optional<Clock::time_point>()]() mutable {
    if (!Due)
      Due = Clock::now() + delayOf(Item);
    return Clock::now() < *Due ? Progress() : Progress(priceOf(Item));
  };
}

Answer catalogue::closures() {
  std::vector<std::function<Progress()>> Inquiries;
  for (const int Item : Items)
    Inquiries.push_back(inquiry(Item));
  return pollAll(std::move(Inquiries));
}
