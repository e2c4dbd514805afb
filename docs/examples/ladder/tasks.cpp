// Top rung: `co_await` passes on "not yet" by itself, down to a loop that knows
// when to go on. Nobody asks, nobody is asked in vain.

#include "corolint/rt.h"
#include "ladder/Catalogue.h"

using namespace catalogue;
namespace rt = corolint::rt;
using rt::Task;

namespace {

Task<int> inquiry(int Item) {
  co_await rt::sleep_for(delayOf(Item));
  co_return priceOf(Item);
}

Task<std::vector<int>> inquireAll() {
  std::vector<Task<int>> Inquiries;
  for (const int Item : Items)
    Inquiries.push_back(inquiry(Item));
  co_return co_await rt::when_all(std::move(Inquiries));
}

} // namespace

Answer catalogue::tasks() {
  rt::EventLoop Loop;
  return {Loop.run(inquireAll())};
}
