//===-- VirtualTimeTest.cpp - Loops with virtual time ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt.h"
#include <gtest/gtest.h>
#include <string>
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {

/// The loop time that passes while \p Body runs, which must take far less real
/// time.
template <class F> EventLoop::Clock::duration virtually(F Body) {
  EventLoop Loop(LoopTime::Virtual);
  const auto Began = EventLoop::Clock::now();
  const auto First = Loop.now();
  Loop.run(Body());
  EXPECT_LT(EventLoop::Clock::now() - Began, 20s);
  return Loop.now() - First;
}

TEST(VirtualTime, JumpsToTheNextTimer) {
  EXPECT_EQ(virtually([]() -> Task<void> { co_await sleep_for(48h); }), 48h);
}

TEST(VirtualTime, StandsStillWhileAnythingRuns) {
  EXPECT_EQ(virtually([]() -> Task<void> {
              for (int I = 0; I != 1000; ++I)
                co_await yield_now();
              std::this_thread::sleep_for(2ms); // NOLINT(coro-*): that is it.
            }),
            0s);
}

TEST(VirtualTime, KeepsTheOrderOfDeadlines) {
  std::string Order;
  const auto Notes = [&](char C, std::chrono::hours When) -> Task<void> {
    co_await sleep_for(When);
    Order += C;
    co_await sleep_for(10h);
    Order += C;
  };
  EXPECT_EQ(virtually([&]() -> Task<void> {
              co_await when_all(Notes('b', 2h), Notes('a', 1h),
                                Notes('c', 12h));
            }),
            22h);
  EXPECT_EQ(Order, "abacbc") << "of two timers that are due at once, the one "
                                "that was set first fires first";
}

TEST(VirtualTime, EndsTimeoutsAndDeadlines) {
  EXPECT_EQ(virtually([]() -> Task<void> {
              constexpr auto Sleeps = [](std::chrono::hours Time) -> Task<int> {
                co_await sleep_for(Time);
                co_return 1;
              };
              EXPECT_EQ(co_await with_timeout(Sleeps(1h), 2h), 1);
              bool Late = false;
              try {
                co_await with_deadline(Sleeps(9h),
                                       EventLoop::current()->now() + 3h);
              } catch (const TimedOut &) {
                Late = true;
              }
              EXPECT_TRUE(Late);
            }),
            4h);
}

/// Virtual time does not overtake work elsewhere for the loop.
TEST(VirtualTime, WaitsForOtherThreads) {
  EXPECT_EQ(virtually([]() -> Task<void> {
              auto Slow = [] {
                std::this_thread::sleep_for(5ms);
                return 1;
              };
              auto Work = [](auto Function) -> Task<int> {
                co_return co_await run_blocking(std::move(Function));
              };
              EXPECT_EQ(co_await with_timeout(Work(Slow), 1ms), 1);
            }),
            0s);
  ThreadPool Pool(1);
  EXPECT_EQ(virtually([&]() -> Task<void> {
              const auto There = [&]() -> Task<int> {
                co_await Pool.schedule();
                std::this_thread::sleep_for(5ms); // NOLINT(coro-*)
                co_return 1;
              };
              EXPECT_EQ(co_await with_timeout(There(), 1ms), 1);
            }),
            0s);
}

TEST(VirtualTime, ServesDescriptorsFirst) {
  EXPECT_EQ(virtually([]() -> Task<void> {
              Listener From(Endpoint::loopback(0));
              const auto Serve = [&]() -> Task<void> {
                Socket Peer = co_await From.accept();
                char Byte = 0;
                co_await Peer.read(std::span<char>(&Byte, 1));
                co_await Peer.write(std::span<const char>(&Byte, 1));
              };
              const auto Ask = [&]() -> Task<void> {
                Socket Sock = co_await Socket::connect(From.local());
                char Byte = 'x';
                co_await Sock.write(std::span<const char>(&Byte, 1));
                EXPECT_EQ(co_await Sock.read(std::span<char>(&Byte, 1)), 1u);
              };
              const auto Both = [&]() -> Task<void> {
                co_await when_all(Serve(), Ask());
              };
              co_await with_timeout(Both(), 1h);
            }),
            0s);
}

/// An infinite sleep ends with the loop.
TEST(VirtualTime, NeverReachesItsEnd) {
  EventLoop Loop(LoopTime::Virtual);
  bool Ended = false;
  const auto ForEver = [&]() -> Task<void> {
    try {
      co_await sleep_until(EventLoop::Clock::time_point::max());
    } catch (const Cancelled &) {
      Ended = true;
    }
  };
  Loop.spawn(ForEver());
  Loop.run([]() -> Task<void> { co_await sleep_for(1h); }());
  EXPECT_TRUE(Ended);
}

TEST(RealTime, IsTheClocks) {
  EventLoop Loop;
  const auto Before = EventLoop::Clock::now();
  const auto Between = Loop.now();
  const auto After = EventLoop::Clock::now();
  EXPECT_LE(Before, Between);
  EXPECT_LE(Between, After);
}

} // namespace
