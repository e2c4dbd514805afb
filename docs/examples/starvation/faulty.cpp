// A pool whose workers wait for one another: the weight of a tree, where each
// node waits for its children, which the pool weighs, too.
//
// Argument: for how many milliseconds a pool takes no work before it starves,
// and a growing one starts another thread (200).

#include "corolint/rt.h"
#include "starvation/Tree.h"
#include "support/Reports.h"
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <future>
#include <memory>
#include <system_error>

using namespace starvation;
using namespace std::chrono_literals;
namespace rt = corolint::rt;
using rt::Task;
using Clock = std::chrono::steady_clock;

namespace {

//===----------------------------------------------------------------------===//
// Waiting for a future: the pool cannot know
//===----------------------------------------------------------------------===//

Task<int> weighByFuture(rt::ThreadPool &Pool, int Depth);

Task<> keep(std::promise<int> Promise, rt::ThreadPool &Pool, int Depth) {
  Promise.set_value(co_await weighByFuture(Pool, Depth));
}
std::future<int> start(rt::ThreadPool &Pool, int Depth) {
  std::promise<int> Promise;
  std::future<int> Weight = Promise.get_future();
  (void)Pool.spawn(keep(std::move(Promise), Pool, Depth));
  return Weight;
}

/// Not inlined, so that the stack of a worker that waits shows who called.
__attribute__((noinline)) int result(std::future<int> &Weight) {
  return Weight.get();
}

Task<int> weighByFuture(rt::ThreadPool &Pool, int Depth) {
  if (Depth == 0)
    co_return weighLeaf();
  std::future<int> Left = start(Pool, Depth - 1);
  std::future<int> Right = start(Pool, Depth - 1);
  co_return 1 + result(Left) + result(Right);
}

//===----------------------------------------------------------------------===//
// Waiting by `sync_wait`: the pool knows
//===----------------------------------------------------------------------===//

Task<int> weighBySyncWait(rt::ThreadPool &Pool, int Depth);

Task<int> sum(rt::JoinHandle<int> Left, rt::JoinHandle<int> Right) {
  const int First = co_await std::move(Left);
  co_return First + co_await std::move(Right);
}

Task<int> weighBySyncWait(rt::ThreadPool &Pool, int Depth) {
  if (Depth == 0)
    co_return weighLeaf();
  auto Left = Pool.spawn(weighBySyncWait(Pool, Depth - 1));
  auto Right = Pool.spawn(weighBySyncWait(Pool, Depth - 1));
  co_return 1 + rt::sync_wait(sum(std::move(Left), std::move(Right)));
}

//===----------------------------------------------------------------------===//
// The pools
//===----------------------------------------------------------------------===//

Task<int> join(rt::JoinHandle<int> Whole) {
  co_return co_await std::move(Whole);
}

double since(Clock::time_point Begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - Begin)
      .count();
}

/// The contracts are on, and a pool that takes no work for this long starves.
class Watched {
public:
  explicit Watched(std::chrono::milliseconds Starvation) {
    rt::WatchOptions Watch;
    Watch.Stall = 0ms;
    Watch.Starvation = Starvation;
    rt::Contracts::watch(Watch);
  }

private:
  examples::Reports Shown;
};

/// Weighs the tree on a pool of this kind, and says how that went.
template <class F>
bool weigh(const char *What, rt::PoolGrowth Growth,
           std::chrono::milliseconds Starvation, F Weigh, bool ShouldWork) {
  std::printf("-- %s\n", What);
  const Watched Here(Starvation);
  rt::ThreadPool Pool({.Threads = 2, .Growth = Growth, .MaxThreads = 64});
  const auto Begin = Clock::now();
  try {
    const int Weight = rt::sync_wait(join(Pool.spawn(Weigh(Pool, Depth))));
    std::printf("weight %d after %.1f ms, threads: %zu\n", Weight, since(Begin),
                Pool.threads());
    return ShouldWork && Weight == WeightOfTree;
  } catch (const std::system_error &Error) {
    std::printf("%s, after %.1f ms, threads: %zu\n",
                Error.code().message().c_str(), since(Begin), Pool.threads());
    return !ShouldWork && Pool.threads() == 2 &&
           Error.code() == std::errc::resource_deadlock_would_occur;
  }
}

/// The same on a fixed pool with futures, which never ends. Gives up.
bool starve(std::chrono::milliseconds Starvation) {
  std::puts("-- fixed pool, future.get()");
  const Watched Here(Starvation);
  auto *Pool = new rt::ThreadPool(2); // could not be destroyed
  const auto Begin = Clock::now();
  std::future<int> Weight = start(*Pool, Depth);
  const bool Hangs =
      Weight.wait_for(5 * Starvation) == std::future_status::timeout;
  std::printf("%s after %.1f ms, threads: %zu\n", Hangs ? "nothing" : "done",
              since(Begin), Pool->threads());
  return Hangs && rt::Contracts::count(rt::ViolationKind::Starvation) != 0;
}

} // namespace

int main(int Count, char **Arguments) {
  const std::chrono::milliseconds Starvation(Count > 1 ? std::atoi(Arguments[1])
                                                       : 200);
  bool Right = weigh("fixed pool, sync_wait()", rt::PoolGrowth::Bounded,
                     Starvation, weighBySyncWait, false);
  Right &= weigh("growing pool, sync_wait()", rt::PoolGrowth::Growing,
                 Starvation, weighBySyncWait, true);
  Right &= weigh("growing pool, future.get()", rt::PoolGrowth::Growing,
                 Starvation, weighByFuture, true);
  Right &= starve(Starvation);
  std::fflush(stdout);
  std::_Exit(Right ? 0 : 1); // two threads wait for ever
}
