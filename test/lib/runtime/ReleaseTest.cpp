//===-- ReleaseTest.cpp - Tests of guards that end too early --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The functions are not inlined, because the contract compares stack frames.
//
//===----------------------------------------------------------------------===//

#include "Reports.h"
#include "corolint/rt.h"
#include <array>
#include <gtest/gtest.h>
#include <optional>
#include <thread>
#include <vector>

using namespace corolint::rt;
using test::lineOf;
using test::Reports;

#define OWN_FRAME [[gnu::noinline]]

namespace {

AsyncMutex Mutex;
AsyncSharedMutex Shared;

OWN_FRAME Task<int> work() {
  co_await yield_now();
  co_return 1;
}

int run(Task<int> Work) {
  EventLoop Loop;
  return Loop.run(std::move(Work));
}

unsigned LineOfScope, LineOfWork;

OWN_FRAME Task<int> direct() {
  LineOfScope = lineOf() + 1;
  NoYieldScope Alone;
  LineOfWork = lineOf() + 1;
  return work();
}

OWN_FRAME Task<int> underMutex() {
  const auto Held = Mutex.try_lock();
  return work();
}

OWN_FRAME Task<int> variable() {
  const auto Held = Shared.try_lock();
  auto Work = work();
  EXPECT_TRUE(Work);
  return Work;
}

OWN_FRAME Task<int> moved() {
  const auto Held = Shared.try_lock_shared();
  std::array<Task<int>, 2> Two{work(), work()};
  return std::move(Two[1]);
}

OWN_FRAME Task<int> inner() { return work(); }
OWN_FRAME Task<int> middle() {
  NoYieldScope Alone;
  return inner();
}
OWN_FRAME Task<int> outer() { return middle(); }

OWN_FRAME AsyncMutex::Guard locked() {
  auto Held = Mutex.try_lock();
  return Held;
}
OWN_FRAME Task<int> lockedByHelper() {
  const auto Held = locked();
  return work();
}

OWN_FRAME Task<int> twoGuards() {
  NoYieldScope Alone;
  const auto Held = Mutex.try_lock();
  return work();
}

OWN_FRAME Task<int> atCall() {
  return no_yield([] { return work(); });
}

TEST(Release, IsReportedAtTheGuard) {
  Reports R;
  EXPECT_EQ(run(direct()), 1);
  const auto Found = R.take();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Kind, ViolationKind::EarlyRelease);
  EXPECT_STREQ(Found[0].Check, "coro-early-release");
  EXPECT_EQ(Found[0].Where.Line, LineOfScope);
  ASSERT_EQ(Found[0].Notes.size(), 2u);
  EXPECT_EQ(Found[0].Notes[0].Text, "the task was created here");
  EXPECT_EQ(Found[0].Notes[0].Where.Line, LineOfWork);
  EXPECT_EQ(Found[0].Notes[1].Text, "the guard is released here");
  EXPECT_EQ(Contracts::count(ViolationKind::EarlyRelease), 1u);
}

TEST(Release, OfEachGuard) {
  for (Task<int> (*Start)() :
       {underMutex, variable, moved, outer, lockedByHelper, atCall}) {
    Reports R;
    EXPECT_EQ(run(Start()), 1);
    EXPECT_EQ(R.take().size(), 1u);
  }
  Reports R;
  EXPECT_EQ(run(twoGuards()), 1);
  EXPECT_EQ(R.take().size(), 2u);
}

TEST(Release, IsNotRefused) {
  {
    Reports R(ContractMode::Throw); // A destructor must not throw.
    EXPECT_EQ(run(direct()), 1);
    EXPECT_EQ(R.take().size(), 1u);
  }
  Reports R(ContractMode::Count);
  EXPECT_EQ(run(direct()), 1);
  EXPECT_EQ(R.take().size(), 0u);
  EXPECT_EQ(Contracts::count(), 1u);
}

TEST(Release, OnlyWhileTheContractsAreOn) {
  Contracts::reset_counts();
  EXPECT_EQ(run(direct()), 1);
  std::optional<Reports> R(std::in_place);
  {
    NoYieldScope EndsLater;
    R.reset();
    EXPECT_EQ(run(direct()), 1);
  }
  EXPECT_EQ(Contracts::count(), 0u);
  EXPECT_EQ(detail::RecordedGuards.load(), 0u);
}

//===----------------------------------------------------------------------===//
// Tasks that are not returned
//===----------------------------------------------------------------------===//

OWN_FRAME void assign(Task<int> &Result) {
  NoYieldScope Alone;
  Result = work();
}
OWN_FRAME void emplace(std::optional<Task<int>> &Result) {
  NoYieldScope Alone;
  Result.emplace(work());
}
OWN_FRAME void append(std::vector<Task<int>> &Results) {
  const auto Held = Mutex.try_lock();
  for (int I = 0; I != 5; ++I)
    Results.push_back(work());
}
OWN_FRAME void swaps(Task<int> &Result) {
  const auto Held = Mutex.try_lock();
  auto Work = work();
  Result.swap(Work);
}

TEST(NoRelease, OfStoredTasks) {
  Reports R;
  Task<int> Assigned, Swapped;
  std::optional<Task<int>> Emplaced;
  std::vector<Task<int>> Appended;
  assign(Assigned);
  emplace(Emplaced);
  append(Appended);
  swaps(Swapped);
  EXPECT_EQ(run(std::move(Assigned)) + run(*std::move(Emplaced)) +
                run(std::move(Appended[4])) + run(std::move(Swapped)),
            4);
  EXPECT_EQ(R.take().size(), 0u);
}

OWN_FRAME Task<int> holds(AsyncMutex::Guard Held) {
  EXPECT_TRUE(Held);
  co_return co_await work();
}
OWN_FRAME Task<int> movedIn() {
  auto Held = Mutex.try_lock();
  return holds(std::move(Held));
}
OWN_FRAME Task<int> unlocked() {
  auto Held = Mutex.try_lock();
  auto Work = work();
  Held.unlock();
  return Work;
}
OWN_FRAME Task<int> sharedUnlocked() {
  auto Held = Shared.try_lock_shared();
  auto Work = work();
  Held.unlock();
  return Work;
}
OWN_FRAME Task<int> ended() {
  NoYieldScope Alone;
  auto Work = work();
  Alone.end();
  return Work;
}
OWN_FRAME Task<int> block() {
  Task<int> Work;
  {
    NoYieldScope Alone;
    Work = work();
  }
  return Work;
}
OWN_FRAME Task<int> failed() {
  auto Held = Mutex.try_lock();
  EXPECT_FALSE(Mutex.try_lock());
  Held.unlock();
  auto Again = Mutex.try_lock(), None = Mutex.try_lock();
  Again.unlock();
  return work();
}
OWN_FRAME Task<int> coroutine() {
  auto Held = co_await Mutex.lock();
  co_return co_await work();
}
OWN_FRAME Task<int> madeBefore(Task<int> Work) {
  NoYieldScope Alone;
  return Work;
}

TEST(NoRelease, OfGuardsThatEndInTime) {
  Reports R;
  for (Task<int> (*Start)() :
       {movedIn, unlocked, sharedUnlocked, ended, block, failed, coroutine})
    EXPECT_EQ(run(Start()), 1);
  EXPECT_EQ(run(madeBefore(work())), 1);
  EXPECT_EQ(R.take().size(), 0u);
  EXPECT_EQ(detail::RecordedGuards.load(), 0u);
}

OWN_FRAME Task<int> thrown() {
  NoYieldScope Alone;
  auto Work = work();
  if (Work)
    throw std::runtime_error("");
  return Work;
}
OWN_FRAME Task<int> replaced() {
  NoYieldScope Alone;
  {
    const auto Dropped = work();
  }
  return {};
}
OWN_FRAME int runs() {
  const auto Held = Mutex.try_lock();
  return run(work());
}

TEST(NoRelease, OfTasksThatEnd) {
  Reports R;
  EXPECT_THROW((void)thrown(), std::runtime_error);
  EXPECT_FALSE(replaced());
  EXPECT_EQ(runs(), 1);
  EXPECT_EQ(R.take().size(), 0u);
}

Task<int> makesFor(Task<int> &Result) {
  new (&Result) Task<int>(work());
  co_return 1;
}
OWN_FRAME int runsALoop(Task<int> &Result) {
  const auto Held = Mutex.try_lock();
  return run(makesFor(Result));
}

TEST(NoRelease, OfTasksThatALoopMakesMeanwhile) {
  Reports R;
  Task<int> Made;
  EXPECT_EQ(runsALoop(Made), 1);
  EXPECT_EQ(run(std::move(Made)), 1);
  EXPECT_EQ(R.take().size(), 0u);
}

//===----------------------------------------------------------------------===//
// Several threads
//===----------------------------------------------------------------------===//

OWN_FRAME Task<int> lockOf(AsyncMutex &Own) {
  const auto Held = Own.try_lock();
  return work();
}

TEST(Release, OnSeveralThreads) {
  constexpr int Rounds = 20;
  Reports R;
  std::vector<std::jthread> All;
  for (int I = 0; I != 4; ++I)
    All.emplace_back([] {
      AsyncMutex Own;
      for (int J = 0; J != Rounds; ++J)
        EXPECT_EQ(run(lockOf(Own)), 1);
    });
  All.clear();
  EXPECT_EQ(R.take().size(), std::size_t(4 * Rounds));
}

OWN_FRAME Task<int> unlockedElsewhere() {
  auto Held = Mutex.try_lock();
  auto Work = work();
  std::jthread([&] {
    Task<int> Taken = std::move(Work);
    Held.unlock();
    Work = std::move(Taken);
  }).join();
  return Work;
}

TEST(NoRelease, OfAGuardThatAnotherThreadUnlocks) {
  Reports R;
  EXPECT_EQ(run(unlockedElsewhere()), 1);
  EXPECT_EQ(R.take().size(), 0u);
}

} // namespace
