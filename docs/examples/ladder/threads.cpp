// First rung: a thread for each wait. The kernel remembers where each one is,
// by keeping its whole stack.

#include "ladder/Catalogue.h"
#include <thread>

using namespace catalogue;

Answer catalogue::threads() {
  Answer Result;
  Result.Prices.resize(Items.size());
  {
    std::vector<std::jthread> Askers;
    for (std::size_t I = 0; I != Items.size(); ++I)
      Askers.emplace_back([&, I] { Result.Prices[I] = ask(Items[I]); });
  } // joins them
  return Result;
}
