// A pool is for work that needs a processor. This work needs none, and takes
// two.

#include "support/Reports.h"
#include <chrono>
#include <cstdio>
#include <utility>
#include <vector>

using namespace examples;
using namespace std::chrono_literals;
namespace rt = corolint::rt;
using rt::Task;

namespace {

Task<> answer() { co_await rt::sleep_for(50ms); }

Task<> waits() {
  co_await rt::yield_now();
  rt::sync_wait(answer());
}

Task<> join(std::vector<rt::JoinHandle<void>> Handles) {
  for (auto &Each : Handles)
    co_await std::move(Each);
}

} // namespace

int main() {
  const Reports Watched;
  rt::ThreadPool Pool(2);
  std::vector<rt::JoinHandle<void>> Handles;
  for (int I = 0; I != 4; ++I)
    Handles.push_back(Pool.spawn(waits()));
  const auto Start = std::chrono::steady_clock::now();
  rt::sync_wait(join(std::move(Handles)));
  const auto Time = std::chrono::steady_clock::now() - Start;
  std::printf("four waits of 50 ms on two workers: %.0f ms\n",
              std::chrono::duration<double, std::milli>(Time).count());
  return 0;
}
