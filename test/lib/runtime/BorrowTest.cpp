//===-- BorrowTest.cpp - Tests of what tasks refer to ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// AddressSanitizer ends each program here that uses an object after its end.
//
//===----------------------------------------------------------------------===//

#include "corolint/rt.h"
#include <gtest/gtest.h>
#include <memory>
#include <string>

using namespace corolint::rt;

namespace {

Task<int> length(const std::string &Text) {
  co_await yield_now();
  co_return int(Text.size());
}

Task<int> owned(std::string Text) {
  co_await yield_now();
  co_return int(Text.size());
}

Task<int> pointedTo(const int *Number) {
  co_await yield_now();
  co_return *Number;
}

Task<int> plain() {
  co_await yield_now();
  auto Own = std::make_unique<int>(1);
  const int *Left = Own.get();
  Own.reset();
  co_await yield_now();
  co_return *Left;
}

int run(Task<int> Work) {
  EventLoop Loop;
  return Loop.run(std::move(Work));
}

Task<int> afterEnd() {
  auto Owner = std::make_unique<std::string>("text");
  return length(*Owner);
}

Task<int> afterEndOfClosure() {
  auto Body = [Number = 1]() -> Task<int> {
    co_await yield_now();
    co_return Number;
  };
  auto Owner = std::make_unique<decltype(Body)>(Body);
  return (*Owner)();
}

Task<int> afterDeletion() {
  auto Owner = std::make_unique<int>(1);
  return pointedTo(Owner.get());
}

#define REFERS "an object, to which a task refers, is used after its end"

class BorrowTest : public testing::Test {
protected:
  BorrowTest() {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    Contracts::set_mode(ContractMode::Report);
  }
  ~BorrowTest() override { Contracts::set_mode(ContractMode::Off); }
};

TEST_F(BorrowTest, Argument) { EXPECT_DEATH(run(afterEnd()), REFERS); }

TEST_F(BorrowTest, Closure) { EXPECT_DEATH(run(afterEndOfClosure()), REFERS); }

TEST_F(BorrowTest, Pointer) { EXPECT_DEATH(run(afterDeletion()), REFERS); }

TEST_F(BorrowTest, NoteNamesTheCreator) {
  EXPECT_DEATH(run(afterEnd()), "BorrowTest.cpp:[0-9]+:[0-9:]* note: the task "
                                "was created here");
}

/// The sanitizer's report alone, which ends the program.
int runAndExit(Task<int> Work) {
  Contracts::set_handler([](const Violation &) { std::_Exit(0); });
  return run(std::move(Work));
}

TEST_F(BorrowTest, NotForItsOwnObjects) {
  EXPECT_EXIT(runAndExit(afterEnd()), testing::ExitedWithCode(0), "");
  EXPECT_DEATH(runAndExit(plain()), "heap-use-after-free");
}

TEST_F(BorrowTest, NotWhenOff) {
  Contracts::set_mode(ContractMode::Off);
  EXPECT_DEATH(runAndExit(afterEnd()), "heap-use-after-free");
}

TEST_F(BorrowTest, ByValueIsFine) { EXPECT_EQ(run(owned("text")), 4); }

} // namespace
