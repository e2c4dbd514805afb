// RUN: %agreement %s %t
//
// The guards hold until the tasks are finished, or end before the return.

#include "corolint/rt.h"
#include <cstdio>

using namespace corolint::rt;

static Task<void> transfer() {
  co_await yield_now();
  std::printf("transferred\n");
}

static Task<void> awaits(AsyncMutex &Mutex) {
  auto Held = co_await Mutex.lock();
  co_await transfer();
}

static Task<void> holds(AsyncMutex::Guard) { co_await transfer(); }

static Task<void> movesIn(AsyncMutex &Mutex) {
  auto Held = Mutex.try_lock();
  return holds(std::move(Held));
}

static Task<void> unlocks(AsyncMutex &Mutex) {
  auto Held = Mutex.try_lock();
  auto Work = transfer();
  Held.unlock();
  return Work;
}

static Task<void> ends() {
  NoYieldScope Alone;
  auto Work = transfer();
  Alone.end();
  return Work;
}

static Task<void> inABlock() {
  Task<void> Work;
  {
    NoYieldScope Alone;
    Work = transfer();
  }
  return Work;
}

/// The lock does not protect what is made before it is taken.
static Task<void> passedOn(Task<void> Work, AsyncMutex &Mutex) {
  const auto Held = Mutex.try_lock();
  return Work;
}

/// The work starts on its own, after the guard.
static JoinHandle<void> spawned(EventLoop &Loop) {
  NoYieldScope Alone;
  return Loop.spawn(transfer());
}

static int finished(AsyncMutex &Mutex) {
  const auto Held = Mutex.try_lock();
  EventLoop Loop;
  Loop.run(transfer());
  return 1;
}

int main() {
  EventLoop Loop;
  AsyncMutex Mutex;
  Loop.run(awaits(Mutex));
  Loop.run(movesIn(Mutex));
  Loop.run(unlocks(Mutex));
  Loop.run(ends());
  Loop.run(inABlock());
  Loop.run(passedOn(transfer(), Mutex));
  auto Handle = spawned(Loop);
  finished(Mutex);
  Loop.run();
}
