//===-- Corolint.cpp - The benchmarks on corolint::rt ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Peak.h"
#include "corolint/rt.h"
#include <benchmark/benchmark.h>
#include <cstring>

using namespace corolint::rt;
using namespace std::chrono_literals;
using benchmark::State;

namespace {

Task<int> child() { co_return 1; }

/// Runs `Body(State)` on a loop of its own.
template <class F> void onLoop(State &S, F Body) {
  EventLoop Loop;
  Loop.run(Body(S));
}

void awaitChild(State &S) {
  onLoop(S, [](State &S) -> Task<void> {
    long Sum = 0;
    for (auto _ : S)
      Sum += co_await child();
    benchmark::DoNotOptimize(Sum);
  });
}
BENCHMARK(awaitChild);

/// As above, but the compiler cannot place the frame in the caller's.
void awaitStoredChild(State &S) {
  onLoop(S, [](State &S) -> Task<void> {
    long Sum = 0;
    for (auto _ : S) {
      Task<int> Stored = child();
      benchmark::DoNotOptimize(Stored);
      Sum += co_await std::move(Stored);
    }
    benchmark::DoNotOptimize(Sum);
  });
}
BENCHMARK(awaitStoredChild);

void spawnAndJoin(State &S) {
  onLoop(S, [](State &S) -> Task<void> {
    EventLoop &Loop = *EventLoop::current();
    long Sum = 0;
    for (auto _ : S)
      Sum += co_await spawn(Loop, child());
    benchmark::DoNotOptimize(Sum);
  });
}
BENCHMARK(spawnAndJoin);

Task<void> yields(State &S) {
  for (auto _ : S)
    co_await yield_now();
}
void loopYield(State &S) { onLoop(S, yields); }
BENCHMARK(loopYield);

/// One value there and one back.
void channelPingPong(State &S) {
  onLoop(S, [](State &S) -> Task<void> {
    Channel<int> There(1), Back(1);
    const auto Pong = [](Channel<int> &There,
                         Channel<int> &Back) -> Task<void> {
      for (;;) {
        const auto Value = co_await There.receive();
        if (!Value)
          break;
        co_await Back.send(*Value);
      }
    };
    TaskScope Scope;
    Scope.spawn(Pong(There, Back));
    for (auto _ : S) {
      co_await There.send(1);
      benchmark::DoNotOptimize(co_await Back.receive());
    }
    There.close();
    co_await Scope.join();
  });
}
BENCHMARK(channelPingPong);

void mutexFree(State &S) {
  onLoop(S, [](State &S) -> Task<void> {
    AsyncMutex Mutex;
    for (auto _ : S) {
      auto Guard = co_await Mutex.lock();
      benchmark::DoNotOptimize(Guard);
    }
  });
}
BENCHMARK(mutexFree);

/// Eight coroutines that constantly request the lock; one iteration is one
/// turn.
void mutexContended(State &S) {
  onLoop(S, [](State &S) -> Task<void> {
    AsyncMutex Mutex;
    bool End = false;
    const auto Other = [](AsyncMutex &Mutex, bool &End) -> Task<void> {
      while (!End) {
        auto Guard = co_await Mutex.lock();
        co_await yield_now();
      }
    };
    TaskScope Scope;
    for (int I = 0; I != 7; ++I)
      Scope.spawn(Other(Mutex, End));
    for (auto _ : S) {
      auto Guard = co_await Mutex.lock();
      co_await yield_now();
    }
    End = true;
    co_await Scope.join();
    S.SetItemsProcessed(int64_t(S.iterations()) * 8);
  });
}
BENCHMARK(mutexContended);

/// 10,000 coroutines, each waiting for a timer within the next millisecond.
void timers10000(State &S) {
  EventLoop Loop;
  const auto Waits = [](int I) -> Task<void> {
    co_await sleep_for(std::chrono::microseconds(I % 1000));
  };
  for (auto _ : S) {
    for (int I = 0; I != 10'000; ++I)
      Loop.spawn(Waits(I * 7));
    Loop.run();
  }
}
BENCHMARK(timers10000)->Unit(benchmark::kMillisecond);

Task<long> fib(int N) {
  if (N < 2)
    co_return N;
  auto [A, B] = co_await fork_join(fib(N - 1), fib(N - 2));
  co_return A + B;
}
void fib30(State &S) {
  ThreadPool Pool;
  const auto Main = [&]() -> Task<long> {
    co_await Pool.schedule();
    co_return co_await fib(30);
  };
  for (auto _ : S)
    if (sync_wait(Main()) != 832040)
      S.SkipWithError("wrong");
}
BENCHMARK(fib30)->Unit(benchmark::kMillisecond)->UseRealTime();

/// A tree of 111,111 tasks, ten children each, whose leaves are summed.
Task<long> skynet(long From, long Size) {
  if (Size == 1)
    co_return From;
  std::array<Task<long>, 10> Children;
  for (long I = 0; I != 10; ++I)
    Children[I] = skynet(From + I * (Size / 10), Size / 10);
  long Sum = 0;
  for (long Part : co_await fork_join(std::move(Children)))
    Sum += Part;
  co_return Sum;
}
void skynet100000(State &S) {
  ThreadPool Pool;
  const auto Main = [&]() -> Task<long> {
    co_await Pool.schedule();
    co_return co_await skynet(0, 100'000);
  };
  for (auto _ : S)
    if (sync_wait(Main()) != 4999950000)
      S.SkipWithError("wrong");
}
BENCHMARK(skynet100000)->Unit(benchmark::kMillisecond)->UseRealTime();

/// 64 bytes there and back over one loopback connection, both ends here.
void echo(State &S) {
  onLoop(S, [](State &S) -> Task<void> {
    Listener From(Endpoint::loopback(0));
    const auto Serve = [](Listener &From) -> Task<void> {
      Socket Peer = co_await From.accept();
      char Buffer[64];
      for (;;) {
        const std::size_t Size = co_await Peer.read(std::span<char>(Buffer));
        if (Size == 0)
          break;
        co_await Peer.write(std::span<const char>(Buffer, Size));
      }
    };
    TaskScope Scope;
    Scope.spawn(Serve(From));
    {
      Socket Sock = co_await Socket::connect(From.local());
      char Buffer[64] = {};
      for (auto _ : S) {
        co_await Sock.write(std::span<const char>(Buffer));
        std::size_t Got = 0;
        while (Got != sizeof(Buffer)) {
          const std::size_t Size = co_await Sock.read(std::span<char>(Buffer));
          Got += Size;
        }
      }
    }
    co_await Scope.join();
  });
}
BENCHMARK(echo)->UseRealTime();

/// The same benchmarks with contracts on, to measure their cost.
template <class F> void withContracts(State &S, F Row) {
  Contracts::set_mode(ContractMode::Count);
  Row(S);
  Contracts::set_mode(ContractMode::Off);
}
void awaitChildContracts(State &S) { withContracts(S, awaitChild); }
BENCHMARK(awaitChildContracts);
void loopYieldContracts(State &S) { withContracts(S, loopYield); }
BENCHMARK(loopYieldContracts);
void channelPingPongContracts(State &S) { withContracts(S, channelPingPong); }
BENCHMARK(channelPingPongContracts);

void noYieldScope(State &S) {
  for (auto _ : S) {
    NoYieldScope Scope;
    benchmark::DoNotOptimize(Scope);
  }
}
BENCHMARK(noYieldScope);
void noYieldScopeContracts(State &S) { withContracts(S, noYieldScope); }
BENCHMARK(noYieldScopeContracts);

/// Measures the cost of watching for a watched loop.
void loopYieldWatched(State &S) {
  Contracts::watch();
  withContracts(S, loopYield);
  Contracts::stop_watching();
}
BENCHMARK(loopYieldWatched);

/// The time from when a stall exceeds the limit (20 ms) until it is reported.
void stallDetection(State &S) {
  using Clock = std::chrono::steady_clock;
  std::atomic<Clock::rep> Reported{0};
  Contracts::set_handler([&](const Violation &) {
    Reported = Clock::now().time_since_epoch().count();
  });
  Contracts::set_mode(ContractMode::Report);
  WatchOptions Options;
  Options.Stall = 20ms;
  Options.ReportsPerSecond = 1000;
  Contracts::watch(Options);
  EventLoop Loop;
  const auto Stalls = [&]() -> Task<void> {
    co_await yield_now();
    Reported = 0;
    const auto Start = Clock::now();
    while (Reported == 0 && Clock::now() - Start < 1s)
      ;
    const Clock::duration At{Reported.load()};
    S.SetIterationTime(
        std::chrono::duration<double>(At - Start.time_since_epoch() - 20ms)
            .count());
  };
  for (auto _ : S)
    Loop.run(Stalls());
  Contracts::stop_watching();
  Contracts::set_mode(ContractMode::Off);
  Contracts::set_handler(nullptr);
}
BENCHMARK(stallDetection)
    ->UseManualTime()
    ->Iterations(20)
    ->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
