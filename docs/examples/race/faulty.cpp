// A race without concurrency: one runner blocks the others.

#include "support/Reports.h"
#include <chrono>
#include <cstdio>

using namespace examples;
using namespace std::chrono_literals;
namespace rt = corolint::rt;
using rt::Task;

namespace {

Task<int> download() {
  co_await rt::sleep_for(1ms);
  co_return 1;
}

/// Waits with the thread in hand: nobody could run meanwhile, the clock of its
/// own download included.
Task<int> nearMirror() {
  co_await rt::yield_now();
  co_return rt::sync_wait(download());
}

Task<int> farMirror() {
  co_await rt::sleep_for(5ms);
  co_return 2;
}

Task<bool> program() {
  auto Result = co_await rt::race(nearMirror(), farMirror());
  std::printf("mirror %zu won\n", Result.Winner);
  co_return Result.Winner == 1;
}

} // namespace

int main() {
  const Reports Watched;
  rt::EventLoop Loop;
  return Loop.run(program()) ? 0 : 1;
}
