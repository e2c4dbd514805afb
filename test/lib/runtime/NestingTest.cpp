//===-- NestingTest.cpp - Nested groups, tokens and scopes ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// No depth of nesting needs stack space: neither to run, nor to be asked to
// stop, nor to be destroyed while the innermost task waits.
//
//===----------------------------------------------------------------------===//

#include "corolint/rt.h"
#include <chrono>
#include <gtest/gtest.h>
#include <string>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define COROLINT_TEST_ASAN
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define COROLINT_TEST_ASAN
#endif

/// Overflows 8 MiB if a level needs 100 bytes. Under AddressSanitizer levels
/// need more, and each exception costs time.
#ifdef COROLINT_TEST_ASAN
constexpr int Depth = 20'000;
#else
constexpr int Depth = 100'000;
#endif

enum class Nest { Token, All, Any, Timeout, Race, CleanUp, Scope, Spawn };
class Nested : public ::testing::TestWithParam<Nest> {};
INSTANTIATE_TEST_SUITE_P(Kinds, Nested,
                         ::testing::Values(Nest::Token, Nest::All, Nest::Any,
                                           Nest::Timeout, Nest::Race,
                                           Nest::CleanUp, Nest::Scope,
                                           Nest::Spawn));

Task<int> nest(Nest Kind, int Levels, AsyncEvent *Wait);

Task<int> nestInScope(int Levels, AsyncEvent *Wait) {
  int Result = 0;
  const auto Child = [](int Levels, AsyncEvent *Wait,
                        int &Result) -> Task<void> {
    Result = co_await nest(Nest::Scope, Levels, Wait);
  };
  TaskScope Scope;
  Scope.spawn(Child(Levels, Wait, Result));
  co_await Scope.join();
  co_return Result;
}

Task<int> nest(Nest Kind, int Levels, AsyncEvent *Wait) {
  if (Levels == 0) {
    if (Wait)
      co_await Wait->wait();
    co_return 0;
  }
  Task<int> Inner;
  if (Kind != Nest::Scope)
    Inner = nest(Kind, Levels - 1, Wait);
  switch (Kind) {
  case Nest::Token:
    co_return co_await uncancellable(std::move(Inner)) + 1;
  case Nest::All: {
    const auto [Result] = co_await when_all(std::move(Inner));
    co_return Result + 1;
  }
  case Nest::Any: {
    const AnyResult<int> Result = co_await when_any(std::move(Inner));
    co_return std::get<0>(Result.Value) + 1;
  }
  case Nest::Timeout:
    co_return co_await with_timeout(std::move(Inner), 1h) + 1;
  case Nest::Race: {
    auto Result = co_await race(std::move(Inner));
    co_return std::get<0>(std::move(Result.All)).value() + 1;
  }
  case Nest::CleanUp: {
    const auto Nothing = []() -> Task<void> { co_return; };
    co_return co_await with_cleanup(std::move(Inner), Nothing) + 1;
  }
  case Nest::Scope:
    co_return co_await nestInScope(Levels - 1, Wait) + 1;
  case Nest::Spawn: {
    JoinHandle<int> Joined = spawn(*EventLoop::current(), std::move(Inner));
    co_return co_await std::move(Joined) + 1;
  }
  }
}

/// Each round of a loop starts some of the queued children.
void pollOften(EventLoop &Loop) {
  for (int I = 0; I != Depth / 8; ++I)
    Loop.poll();
}

TEST_P(Nested, Runs) {
  EventLoop Loop;
  EXPECT_EQ(Loop.run(nest(GetParam(), Depth, nullptr)), Depth);
}

TEST_P(Nested, GoesOnAfterAWait) {
  AsyncEvent Event;
  EventLoop Loop;
  const auto Main = [&]() -> Task<int> {
    JoinHandle<int> Joined = spawn(Loop, nest(GetParam(), Depth, &Event));
    co_await sleep_for(1ms);
    Event.set();
    co_return co_await std::move(Joined);
  };
  EXPECT_EQ(Loop.run(Main()), Depth);
}

TEST_P(Nested, IsStopped) {
  AsyncEvent Event;
  EventLoop Loop;
  (void)spawn(Loop, nest(GetParam(), Depth, &Event));
  const auto Main = []() -> Task<void> { co_await sleep_for(1ms); };
  Loop.run(Main());
  EXPECT_EQ(Loop.tasks(), 0u);
}

TEST_P(Nested, IsDestroyed) {
  AsyncEvent Event;
  EventLoop Loop;
  (void)spawn(Loop, nest(GetParam(), Depth, &Event));
  pollOften(Loop);
}

/// The loop ends while some of the children are queued to start.
TEST_P(Nested, IsDestroyedWhileItStarts) {
  AsyncEvent Event;
  EventLoop Loop;
  (void)spawn(Loop, nest(GetParam(), Depth, &Event));
  Loop.poll();
}

/// The generator outlives the loop, and is then only destroyed.
TEST(Nesting, InAGeneratorThatOutlivesTheLoop) {
  AsyncEvent Event;
  const auto Numbers = [](AsyncEvent &Event) -> AsyncGenerator<int> {
    co_yield co_await nest(Nest::All, Depth, &Event);
  };
  AsyncGenerator<int> Kept = Numbers(Event);
  EventLoop Loop;
  const auto Takes = [&]() -> Task<void> { (void)co_await Kept.next(); };
  Loop.spawn(Takes());
  pollOften(Loop);
}

/// Two groups side by side in each of a few levels: a tree whose inner groups
/// are destroyed first.
Task<void> tree(int Levels, AsyncEvent &Event, std::string &Order) {
  struct Note {
    std::string &Order;
    int Level;
    ~Note() { Order += char('0' + Level); }
  };
  const Note AtEnd{Order, Levels};
  if (Levels == 0)
    co_await Event.wait();
  else
    co_await when_all(tree(Levels - 1, Event, Order),
                      tree(Levels - 1, Event, Order));
}

TEST(Nesting, ATreeIsDestroyedFromItsLeaves) {
  AsyncEvent Event;
  std::string Order;
  {
    EventLoop Loop;
    Loop.spawn(tree(2, Event, Order));
    Loop.poll();
  }
  EXPECT_EQ(Order, "0000112");
}

} // namespace
