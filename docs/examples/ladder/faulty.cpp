// Two rungs that look like the top one, and are the ground.

#include "corolint/rt.h"
#include "ladder/Catalogue.h"
#include "support/Reports.h"
#include <cstdio>

using namespace catalogue;
using namespace std::chrono_literals;
namespace rt = corolint::rt;
using rt::Task;

namespace {

/// A coroutine by its looks. It gives up the thread once, when it is done; so
/// the next one begins when this one has ended.
Task<int> singleYield(int Item) {
  const int Price = ask(Item);
  co_return Price;
}

Task<> pause(std::chrono::milliseconds Time) { co_await rt::sleep_for(Time); }

/// Waits for something that would have yielded, without yielding itself.
Task<int> waitWithoutYield(int Item) {
  rt::sync_wait(pause(delayOf(Item)));
  co_return priceOf(Item);
}

Task<std::vector<int>> inquireAll(Task<int> (*Inquiry)(int)) {
  std::vector<Task<int>> Inquiries;
  for (const int Item : Items)
    Inquiries.push_back(Inquiry(Item));
  co_return co_await rt::when_all(std::move(Inquiries));
}

bool slow(const char *Rung, Clock::time_point Begin) {
  const std::chrono::duration<double, std::milli> Took = Clock::now() - Begin;
  std::printf("%s: %.0f ms\n", Rung, Took.count());
  return Took >= 240ms;
}

bool onLoop() {
  const auto Begin = Clock::now();
  rt::EventLoop Loop;
  Loop.run(inquireAll(singleYield));
  return slow("single yield, on a loop", Begin);
}

/// On a loop's own thread `sync_wait` throws. On a pool it can wait, and holds
/// the worker, which is the only one here.
bool onPool() {
  const auto Begin = Clock::now();
  rt::ThreadPool Pool(1);
  const auto OnPool = [&]() -> Task<> {
    co_await Pool.schedule();
    co_await inquireAll(waitWithoutYield);
  };
  rt::sync_wait(OnPool());
  return slow("wait without yielding, on a pool", Begin);
}

} // namespace

int main() {
  const examples::Reports Shown;
  rt::WatchOptions Watch;
  Watch.Stall = 20ms; // a loop that serves people has no more time than that
  rt::Contracts::watch(Watch);
  bool Right = onLoop();
  rt::Contracts::stop_watching();
  Right &= onPool();
  return Right && rt::Contracts::count(rt::ViolationKind::Stall) != 0 &&
                 rt::Contracts::count(rt::ViolationKind::SyncWait) == 3
             ? 0
             : 1;
}
