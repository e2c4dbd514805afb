// RUN: %agreement %s %t
//
// Tasks that are stored under a guard run after it, and may.

#include "corolint/rt.h"
#include <cstdio>
#include <optional>
#include <vector>

using namespace corolint::rt;

static Task<void> transfer() {
  co_await yield_now();
  std::printf("transferred\n");
}

/// Its lock protects the queue, not the work in it.
class Queue {
public:
  void add() {
    const auto Held = Mutex.try_lock();
    All.push_back(transfer());
    Last = transfer();
    Next.emplace(transfer());
  }
  Task<void> run() {
    for (auto &Work : All)
      co_await std::move(Work);
    co_await std::move(Last);
    co_await *std::move(Next);
  }

private:
  AsyncMutex Mutex;
  std::vector<Task<void>> All;
  Task<void> Last;
  std::optional<Task<void>> Next;
};

static void make(Task<void> &Result) {
  NoYieldScope Alone;
  Result = transfer();
}

int main() {
  EventLoop Loop;
  Queue Work;
  Work.add();
  Loop.run(Work.run());
  Task<void> Made;
  make(Made);
  Loop.run(std::move(Made));
}
