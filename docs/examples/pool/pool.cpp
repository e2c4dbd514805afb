// A thread pool made visible: who runs what, and what more threads are good
// for.

#include "support/Reports.h"
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

using namespace examples;
using namespace std::chrono_literals;
namespace rt = corolint::rt;
using rt::Task;
using Clock = std::chrono::steady_clock;

namespace {

/// How many pieces of work each thread has run.
class Tally {
public:
  void add() {
    const std::lock_guard Guard(Lock);
    ++Pieces[std::this_thread::get_id()];
  }
  std::size_t threads() {
    const std::lock_guard Guard(Lock);
    return Pieces.size();
  }

private:
  std::mutex Lock;
  std::map<std::thread::id, int> Pieces;
};

void compute(std::chrono::microseconds Time) {
  const auto Until = Clock::now() + Time;
  while (Clock::now() < Until) {
  }
}

Task<> piece(Tally &Seen) {
  co_await rt::yield_now();
  compute(200us);
  Seen.add();
}

Task<> join(std::vector<rt::JoinHandle<void>> Handles) {
  for (auto &Each : Handles)
    co_await std::move(Each);
}

/// Work from outside goes through the common queue; every worker takes from it.
void fromOutside(rt::ThreadPool &Pool, Tally &Seen) {
  std::vector<rt::JoinHandle<void>> Handles;
  for (int I = 0; I != 64; ++I)
    Handles.push_back(Pool.spawn(piece(Seen)));
  rt::sync_wait(join(std::move(Handles)));
}

Task<> parent(rt::ThreadPool &Pool, Tally &Seen) {
  std::vector<rt::JoinHandle<void>> Handles;
  for (int I = 0; I != 64; ++I)
    Handles.push_back(Pool.spawn(piece(Seen)));
  co_await join(std::move(Handles));
}

/// Work that a worker makes goes to its own queue. The others steal it.
void fromInside(rt::ThreadPool &Pool, Tally &Seen) {
  std::vector<rt::JoinHandle<void>> Handles;
  Handles.push_back(Pool.spawn(parent(Pool, Seen)));
  rt::sync_wait(join(std::move(Handles)));
}

/// Has more than one thread part in it? On a busy machine not at once.
bool isShared(rt::ThreadPool &Pool, void (*Work)(rt::ThreadPool &, Tally &)) {
  Tally Seen;
  for (int Round = 0; Round != 100 && Seen.threads() < 2; ++Round)
    Work(Pool, Seen);
  return Seen.threads() > 1;
}

Task<> waits() { co_await rt::sleep_for(20ms); }

Task<> hundredWait() {
  rt::TaskScope Scope;
  for (int I = 0; I != 100; ++I)
    Scope.spawn(waits());
  co_await Scope.join();
}

/// Concurrent, not parallel: one thread waits for a hundred things at a time.
Clock::duration concurrentWaits() {
  const auto Start = Clock::now();
  rt::EventLoop Loop;
  Loop.run(hundredWait());
  return Clock::now() - Start;
}

Task<> computes() {
  co_await rt::yield_now();
  compute(5ms);
}

Task<> tenCompute() {
  rt::TaskScope Scope;
  for (int I = 0; I != 10; ++I)
    Scope.spawn(computes());
  co_await Scope.join();
}

/// To compute is not to wait: `co_await` makes none of it faster.
Clock::duration concurrentComputations() {
  const auto Start = Clock::now();
  rt::EventLoop Loop;
  Loop.run(tenCompute());
  return Clock::now() - Start;
}

Task<> ticks(Clock::duration &Latest, const bool &Done) {
  while (!Done) {
    const auto Due = Clock::now() + 1ms;
    co_await rt::sleep_until(Due);
    Latest = std::max(Latest, Clock::now() - Due);
  }
}

Task<> besideComputations(Clock::duration &Latest) {
  bool Done = false;
  rt::TaskScope Scope;
  Scope.spawn(ticks(Latest, Done));
  co_await rt::sleep_for(2ms);
  co_await tenCompute();
  Done = true;
  co_await Scope.join();
}

/// And it makes others late: a timer of the same loop.
Clock::duration latenessBesideComputations() {
  Clock::duration Latest{};
  rt::EventLoop Loop;
  Loop.run(besideComputations(Latest));
  return Latest;
}

double milliseconds(Clock::duration Time) {
  return std::chrono::duration<double, std::milli>(Time).count();
}

} // namespace

int main() {
  rt::ThreadPool Pool(2);
  std::printf("work from outside was run by more than one worker: %s\n",
              isShared(Pool, fromOutside) ? "yes" : "no");
  std::printf("work made by one worker was run by others, too: %s\n",
              isShared(Pool, fromInside) ? "yes" : "no");
  const auto Waits = concurrentWaits();
  std::printf("one thread, a hundred waits of 20 ms: %.1f ms\n",
              milliseconds(Waits));
  const auto Computations = concurrentComputations();
  std::printf("one thread, ten computations of 5 ms: %.1f ms\n",
              milliseconds(Computations));
  std::printf("a timer beside them was late by: %.1f ms\n",
              milliseconds(latenessBesideComputations()));
  // A hundred waits take no longer than a few; ten computations take ten times
  // as long as one.
  return Waits < 1900ms && Computations >= 50ms ? 0 : 1;
}
