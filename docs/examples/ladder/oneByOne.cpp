// The ground: ask, wait, ask the next. Right, plain, and slow.

#include "ladder/Catalogue.h"
#include <thread>

using namespace catalogue;

int catalogue::ask(int Item) {
  std::this_thread::sleep_for(delayOf(Item));
  return priceOf(Item);
}

Answer catalogue::oneByOne() {
  Answer Result;
  for (const int Item : Items)
    Result.Prices.push_back(ask(Item));
  return Result;
}
