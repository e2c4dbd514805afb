// The same tree, and nobody waits on a thread: each node awaits its children.

#include "corolint/rt.h"
#include "starvation/Tree.h"
#include "support/Reports.h"
#include <chrono>
#include <cstdio>
#include <initializer_list>

using namespace starvation;
namespace rt = corolint::rt;
using rt::Task;
using Clock = std::chrono::steady_clock;

namespace {

Task<int> weigh(rt::ThreadPool &Pool, int Depth) {
  if (Depth == 0)
    co_return weighLeaf();
  auto Left = Pool.spawn(weigh(Pool, Depth - 1));
  auto Right = Pool.spawn(weigh(Pool, Depth - 1));
  const int First = co_await std::move(Left);
  co_return 1 + First + co_await std::move(Right);
}

Task<int> join(rt::JoinHandle<int> Whole) {
  co_return co_await std::move(Whole);
}

} // namespace

int main() {
  const examples::Reports Shown;
  rt::Contracts::watch();
  bool Right = true;
  for (const std::size_t Threads : {1, 2}) {
    rt::ThreadPool Pool(Threads);
    const auto Begin = Clock::now();
    const int Weight = rt::sync_wait(join(Pool.spawn(weigh(Pool, Depth))));
    const std::chrono::duration<double, std::milli> Took = Clock::now() - Begin;
    std::printf("-- fixed pool, co_await\n"
                "weight %d after %.1f ms, threads: %zu\n",
                Weight, Took.count(), Pool.threads());
    Right &= Weight == WeightOfTree && Pool.threads() == Threads;
  }
  return Right ? 0 : 1;
}
