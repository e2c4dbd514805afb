//===-- FairnessTest.cpp - Every coroutine gets a turn --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever one coroutine does, the other coroutines of its executor, its timers
// and its descriptors get their turn: even if its awaits are always ready,
// always fail, or always come from timers or other threads.
//
//===----------------------------------------------------------------------===//

#include "corolint/rt.h"
#include <fcntl.h>
#include <functional>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {

//===----------------------------------------------------------------------===//
// Ready awaits let others run
//===----------------------------------------------------------------------===//

enum class Ready { Mutex, Shared, Semaphore, Event, Channel, Join, Group };
class Budget : public ::testing::TestWithParam<Ready> {};
INSTANTIATE_TEST_SUITE_P(Awaits, Budget,
                         ::testing::Values(Ready::Mutex, Ready::Shared,
                                           Ready::Semaphore, Ready::Event,
                                           Ready::Channel, Ready::Join,
                                           Ready::Group));

Task<void> nothing() { co_return; }

Task<void> awaitsReady(Ready What, const bool &End) {
  AsyncMutex Mutex;
  AsyncSharedMutex Shared;
  AsyncSemaphore Semaphore(1);
  AsyncEvent Event(/*InitiallySet=*/true);
  Channel<int> Chan(1);
  TaskScope Scope;
  for (long I = 0; !End; ++I) {
    if (I == 100'000'000) {
      ADD_FAILURE() << "nobody else ran";
      break;
    }
    switch (What) {
    case Ready::Mutex: {
      auto Guard = co_await Mutex.lock();
      break;
    }
    case Ready::Shared: {
      auto Guard = co_await Shared.lock_shared();
      break;
    }
    case Ready::Semaphore:
      co_await Semaphore.acquire();
      Semaphore.release();
      break;
    case Ready::Event:
      co_await Event.wait();
      break;
    case Ready::Channel:
      co_await Chan.send(1);
      co_await Chan.receive();
      break;
    case Ready::Join:
      co_await Scope.join();
      break;
    case Ready::Group:
      co_await when_all(nothing(), nothing());
      break;
    }
  }
}

TEST_P(Budget, LetsTimersFire) {
  bool End = false;
  EventLoop Loop;
  const auto Main = [&]() -> Task<void> {
    Loop.spawn(awaitsReady(GetParam(), End));
    co_await sleep_for(2ms);
    End = true;
  };
  Loop.run(Main());
}

TEST(BudgetOfASocket, LetsTimersFire) {
  int Ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, Ends), 0);
  EventLoop Loop;
  bool End = false;
  const auto Talks = [&]() -> Task<void> {
    Socket Here(Ends[0]), There(Ends[1]);
    char Byte[1] = {};
    for (long I = 0; !End; ++I) {
      if (I == 10'000'000) {
        ADD_FAILURE() << "nobody else ran";
        break;
      }
      co_await Here.write(std::span<const char>(Byte));
      EXPECT_EQ(co_await There.read(std::span<char>(Byte)), 1u);
    }
  };
  const auto Main = [&]() -> Task<void> {
    TaskScope Scope;
    Scope.spawn(Talks());
    co_await sleep_for(2ms);
    End = true;
    co_await Scope.join();
  };
  Loop.run(Main());
}

TEST_P(Budget, LetsOthersOfAPoolRun) {
  ThreadPool Pool(1);
  bool End = false;
  const auto Ends = [&]() -> Task<void> {
    End = true;
    co_return;
  };
  auto Busy = Pool.spawn(awaitsReady(GetParam(), End));
  auto Other = Pool.spawn(Ends());
  const auto Main = [&]() -> Task<void> {
    co_await std::move(Busy);
    co_await std::move(Other);
  };
  sync_wait(Main());
}

//===----------------------------------------------------------------------===//
// So do awaits that cannot wait
//===----------------------------------------------------------------------===//

/// Runs \p Once repeatedly, beside a task that waits for a timer.
void doesAllTheTime(std::function<Task<void>()> Once) {
  bool End = false;
  EventLoop Loop;
  const auto Repeats = [&]() -> Task<void> {
    for (long I = 0; !End; ++I) {
      if (I == 10'000'000) {
        ADD_FAILURE() << "nobody else ran";
        break;
      }
      co_await Once();
    }
  };
  const auto Main = [&]() -> Task<void> {
    Loop.spawn(Repeats());
    co_await sleep_for(2ms);
    End = true;
  };
  Loop.run(Main());
}

TEST(Failing, LetsOthersRun) {
  doesAllTheTime([]() -> Task<void> {
    try {
      co_await readable(-1);
      ADD_FAILURE() << "waited for a bad descriptor";
    } catch (const std::system_error &E) {
      EXPECT_EQ(E.code(), std::errc::bad_file_descriptor);
    }
  });
  doesAllTheTime([]() -> Task<void> {
    try {
      auto Made =
          co_await Socket::connect(SocketAddress::unix_path("/nowhere/at/all"));
      ADD_FAILURE() << "connected to nobody";
    } catch (const std::system_error &E) {
      EXPECT_EQ(E.code(), std::errc::no_such_file_or_directory);
    }
  });
}

TEST(File, LetsOthersRun) {
  const int File = ::open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  ASSERT_GE(File, 0);
  doesAllTheTime([&]() -> Task<void> { co_await readable(File); });
  ::close(File);
}

/// A task that swallows the request to stop must not harm others.
TEST(SwallowedStop, LetsOthersRun) {
  bool End = false;
  EventLoop Loop;
  const auto Swallows = [&]() -> Task<void> {
    while (!End) {
      try {
        co_await sleep_for(1h);
      } catch (const Cancelled &) {
      }
    }
  };
  const auto Sleeps = []() -> Task<void> { co_await sleep_for(2ms); };
  const auto CleansUp = [&]() -> Task<void> {
    co_await uncancellable(Sleeps());
    End = true;
  };
  const auto Main = [&]() -> Task<void> {
    Loop.spawn(Swallows());
    Loop.spawn(CleansUp());
    co_await yield_now();
  };
  Loop.run(Main());
  EXPECT_TRUE(End);
}

//===----------------------------------------------------------------------===//
// So do the loop's own sources
//===----------------------------------------------------------------------===//

TEST(Timers, DoNotHoldUpDescriptors) {
  int Ends[2];
  ASSERT_EQ(::pipe2(Ends, O_NONBLOCK | O_CLOEXEC), 0);
  EventLoop Loop;
  bool End = false;
  const auto Sleeps = [&]() -> Task<void> {
    for (long I = 0; !End; ++I) {
      if (I == 1'000'000) {
        ADD_FAILURE() << "nobody else ran";
        break;
      }
      co_await sleep_for(0ns);
    }
  };
  const auto Main = [&]() -> Task<void> {
    Loop.spawn(Sleeps());
    co_await yield_now();
    EXPECT_EQ(::write(Ends[1], "x", 1), 1);
    co_await readable(Ends[0]);
    End = true;
  };
  Loop.run(Main());
  ::close(Ends[0]);
  ::close(Ends[1]);
}

TEST(OtherThreads, DoNotHoldUpTimers) {
  EventLoop Loop;
  std::atomic<bool> End{false};
  std::atomic<int> Queued{0};
  std::thread Posts([&] {
    // Keeps some work available at each moment, but not so much that a round is
    // long.
    while (!End)
      if (Queued < 32) {
        ++Queued;
        Loop.post([&] { --Queued; });
      }
  });
  const auto Main = [&]() -> Task<void> {
    co_await sleep_for(2ms);
    End = true;
  };
  Loop.run(Main());
  Posts.join();
}

} // namespace
