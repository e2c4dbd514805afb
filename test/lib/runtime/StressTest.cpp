//===-- StressTest.cpp - Large numbers of everything ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The sizes are small enough for each commit. COROLINT_STRESS=full sets them to
// the runtime's design limits: 1,000,000 tasks through the pool, 10,000 timers,
// 1,000 connections.
//
//===----------------------------------------------------------------------===//

#include "corolint/rt.h"
#include <cstdlib>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {

int scaled(int Small, int Full) {
  const char *Mode = std::getenv("COROLINT_STRESS");
  return Mode && std::string_view(Mode) == "full" ? Full : Small;
}

TEST(Stress, TasksThroughThePool) {
  const int Count = scaled(50'000, 1'000'000);
  ThreadPool Pool(4);
  std::atomic<int> Done{0};
  const auto Body = [&](int I) -> Task<void> {
    if (I % 3 == 0)
      co_await yield_now();
    if (I % 7 == 0)
      co_await Pool.schedule();
    ++Done;
  };
  const auto Main = [&]() -> Task<void> {
    co_await Pool.schedule();
    TaskScope Scope;
    for (int I = 0; I != Count; ++I)
      Scope.spawn_on(Pool, Body(I));
    co_await Scope.join();
  };
  sync_wait(Main());
  EXPECT_EQ(Done, Count);
}

TEST(Stress, SpawnedFromManyThreads) {
  const int Count = scaled(3'000, 50'000);
  ThreadPool Pool(3);
  EventLoop Loop;
  EventLoop::WorkGuard Guard(Loop);
  std::atomic<int> Done{0};
  const auto Body = [&]() -> Task<void> {
    co_await Pool.schedule();
    co_await resume_on(Loop);
    if (++Done == 3 * Count)
      Loop.stop();
  };
  std::vector<std::thread> Threads;
  for (int I = 0; I != 3; ++I)
    Threads.emplace_back([&] {
      for (int J = 0; J != Count; ++J)
        Loop.spawn(Body());
    });
  Loop.run();
  for (std::thread &T : Threads)
    T.join();
  EXPECT_EQ(Done, 3 * Count);
}

TEST(Stress, Timers) {
  const int Count = scaled(2'000, 10'000);
  EventLoop Loop;
  int Fired = 0, Stopped = 0;
  std::mt19937 Random(1);
  const auto Body = [&](int Microseconds) -> Task<void> {
    try {
      co_await sleep_for(std::chrono::microseconds(Microseconds));
      ++Fired;
    } catch (const Cancelled &) {
      ++Stopped;
    }
  };
  const auto Main = [&]() -> Task<void> {
    TaskScope Short, Long;
    for (int I = 0; I != Count; ++I) {
      Short.spawn(Body(int(Random() % 50'000)));
      Long.spawn(Body(1'000'000'000));
    }
    co_await Short.join();
    Long.request_stop();
    co_await Long.join();
  };
  Loop.run(Main());
  EXPECT_EQ(Fired, Count);
  EXPECT_EQ(Stopped, Count);
}

enum class Peer { Echoes, Stalls, Resets, Garbage, Leaves };

/// A peer that is silent for this long counts as stalled. Far more than a busy
/// machine needs to answer, since an honest peer must never count as stalled.
std::chrono::seconds patience() { return std::chrono::seconds(scaled(2, 10)); }

Task<void> serveOne(Socket Client, int &Ended) {
  char Buffer[64];
  const auto Talk = [&]() -> Task<void> {
    for (;;) {
      const std::size_t Size = co_await Client.read(std::span<char>(Buffer));
      if (Size == 0)
        co_return;
      if (std::string_view(Buffer, Size).find('\0') != std::string_view::npos)
        throw std::runtime_error("garbage");
      co_await Client.write_all(std::span<const char>(Buffer, Size));
    }
  };
  try {
    co_await with_timeout(Talk(), patience());
  } catch (const std::exception &) {
    // A peer that stalls, resets or sends garbage loses its connection.
  }
  ++Ended;
}

Task<void> talk(Endpoint To, Peer Kind, int &Answered) {
  Socket Sock = co_await Socket::connect(To);
  char Buffer[64];
  const std::string Hello = "hello";
  switch (Kind) {
  case Peer::Echoes:
    for (int I = 0; I != 5; ++I) {
      co_await Sock.write_all(Hello);
      std::size_t Got = 0;
      while (Got < Hello.size()) {
        const std::size_t Size = co_await Sock.read(std::span<char>(Buffer));
        if (Size == 0)
          co_return;
        Got += Size;
      }
    }
    ++Answered;
    co_return;
  case Peer::Stalls:
    try {
      while (co_await Sock.read(std::span<char>(Buffer)) != 0)
        ;
    } catch (const std::system_error &) {
    }
    co_return;
  case Peer::Resets:
    co_await Sock.write_all(Hello);
    Sock.reset();
    co_return;
  case Peer::Garbage: {
    const std::string Zeros(1000, '\0');
    try {
      co_await Sock.write_all(Zeros);
      while (co_await Sock.read(std::span<char>(Buffer)) != 0)
        ;
    } catch (const std::system_error &) {
    }
    co_return;
  }
  case Peer::Leaves:
    co_return;
  }
}

TEST(Stress, ConnectionsWithBadPeers) {
  const int Count = scaled(100, 1'000);
  Listener From(Endpoint::loopback(0));
  int Ended = 0, Answered = 0;
  const auto Server = [&]() -> Task<void> {
    TaskScope Scope;
    for (int I = 0; I != Count; ++I)
      Scope.spawn(serveOne(co_await From.accept(), Ended));
    co_await Scope.join();
  };
  const auto Clients = [&]() -> Task<void> {
    TaskScope Scope;
    for (int I = 0; I != Count; ++I)
      Scope.spawn(talk(From.local(), Peer(I % 5), Answered));
    co_await Scope.join();
  };
  const auto Main = [&]() -> Task<void> {
    co_await when_all(Server(), Clients());
  };
  EventLoop Loop;
  Loop.run(Main());
  EXPECT_EQ(Ended, Count);
  EXPECT_EQ(Answered, Count / 5);
}

TEST(Stress, StopsRaceWithWakes) {
  // A stop from another thread races with an operation that completes.
  const int Count = scaled(300, 10'000);
  ThreadPool Pool(2);
  for (int I = 0; I != Count; ++I) {
    AsyncMutex Mutex;
    AsyncEvent Event;
    Channel<int> Chan(1);
    std::stop_source Source;
    const auto Waits = [&]() -> Task<void> {
      co_await Pool.schedule();
      auto Guard = co_await Mutex.lock();
      co_await Event.wait();
      co_await Chan.receive();
    };
    const auto Wakes = [&]() -> Task<void> {
      co_await Pool.schedule();
      Event.set();
      (void)Chan.try_send(1);
    };
    const auto Stops = [&]() -> Task<void> {
      co_await Pool.schedule();
      Source.request_stop();
    };
    const auto Guarded = [&]() -> Task<void> {
      try {
        co_await with_stop_token(Waits(), Source.get_token());
      } catch (const Cancelled &) {
      }
    };
    const auto Main = [&]() -> Task<void> {
      co_await when_all(Guarded(), Guarded(), Wakes(), Stops());
    };
    sync_wait(Main());
    EXPECT_FALSE(Mutex.is_locked());
  }
}

TEST(Stress, ChannelsBetweenThreads) {
  const int Count = scaled(2'000, 100'000);
  ThreadPool Pool(3);
  Channel<int> Chan(8);
  std::atomic<long> Sum{0};
  const auto Sends = [&](int From) -> Task<void> {
    co_await Pool.schedule();
    for (int I = 0; I != Count; ++I)
      co_await Chan.send(From + I);
  };
  const auto Receives = [&]() -> Task<void> {
    co_await Pool.schedule();
    while (auto Value = co_await Chan.receive())
      Sum += *Value;
  };
  const auto AllSends = [&]() -> Task<void> {
    co_await when_all(Sends(0), Sends(Count), Sends(2 * Count));
    Chan.close();
  };
  const auto Main = [&]() -> Task<void> {
    co_await when_all(AllSends(), Receives(), Receives());
  };
  sync_wait(Main());
  const long Total = 3L * Count;
  EXPECT_EQ(Sum, Total * (Total - 1) / 2);
}

Task<long> fib(int N) {
  if (N < 2)
    co_return N;
  auto [A, B] = co_await fork_join(fib(N - 1), fib(N - 2));
  co_return A + B;
}

TEST(Stress, ForkJoin) {
  const int N = scaled(18, 27);
  ThreadPool Pool(4);
  const auto Main = [&]() -> Task<long> {
    co_await Pool.schedule();
    co_return co_await fib(N);
  };
  EXPECT_EQ(sync_wait(Main()), N == 18 ? 2584 : 196418);
}

TEST(Stress, ForkJoinOfMany) {
  const int Rounds = scaled(100, 5'000);
  ThreadPool Pool(4);
  const auto Leaf = [](long I) -> Task<long> {
    if (I % 7 == 0)
      co_await yield_now();
    co_return I;
  };
  const auto Main = [&]() -> Task<long> {
    co_await Pool.schedule();
    std::vector<Task<long>> Leaves;
    for (long I = 0; I != 100; ++I)
      Leaves.push_back(Leaf(I));
    long Sum = 0;
    for (long Part : co_await fork_join(std::move(Leaves)))
      Sum += Part;
    co_return Sum;
  };
  for (int I = 0; I != Rounds; ++I)
    ASSERT_EQ(sync_wait(Main()), 4950);
}

TEST(Stress, LoopsComeAndGo) {
  // The last push of a thread races with the end of the loop to which it
  // pushes.
  const int Count = scaled(500, 20'000);
  ThreadPool Pool(2);
  for (int I = 0; I != Count; ++I) {
    const auto Body = [&]() -> Task<void> { co_await Pool.schedule(); };
    const auto Main = [&]() -> Task<void> {
      co_await when_all(Body(), Body());
    };
    sync_wait(Main());
  }
}

} // namespace
