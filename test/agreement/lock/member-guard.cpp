// RUN: %agreement %s %t
//
// The guard is a member of something else.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

namespace {
struct Transaction {
  explicit Transaction(std::mutex &Mutex) : Guard(Mutex) {}
  std::lock_guard<std::mutex> Guard;
  int Changes = 0;
};
} // namespace

static Task<void> f(std::mutex &Mutex) {
  Transaction T(Mutex);
  ++T.Changes;
  co_await yield_now(); // BOTH: coro-lock-across-await
}

int main() {
  std::mutex Mutex;
  EventLoop Loop;
  Loop.run(f(Mutex));
}
