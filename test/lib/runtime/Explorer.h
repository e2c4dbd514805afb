//===-- Explorer.h - Explores all orders of a few steps ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A small model checker for the runtime. A scenario runs repeatedly on one
// thread. Each time it asks for a choice, the explorer gives an answer that it
// has not given before after the same answers. So all orders are tried that the
// runtime's own yield points allow.
//
//   explore([](Explorer &E) {
//     SteppedExecutor Pool;
//     ...
//     while (Pool.hasWork())
//       if (E.choose(2)) Pool.step(); else Loop.poll();
//   });
//
// Concurrent execution between two yield points, on two threads, is left to the
// stress tests under ThreadSanitizer.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TEST_LIB_RUNTIME_EXPLORER_H
#define COROLINT_TEST_LIB_RUNTIME_EXPLORER_H

#include "corolint/rt.h"
#include <deque>
#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace corolint::rt::test {

/// Makes the choices of one scenario, different ones in each run.
class Explorer {
public:
  /// A number below \p Count; over all runs, each of them.
  unsigned choose(unsigned Count) {
    if (Next == Path.size())
      Path.push_back({0, Count});
    EXPECT_EQ(Path[Next].Count, Count) << "the scenario is not deterministic";
    return Path[Next++].Taken;
  }
  /// The choices so far, for messages.
  std::string path() const {
    std::string Text;
    for (std::size_t I = 0; I != Next; ++I)
      Text += char('0' + Path[I].Taken);
    return Text;
  }
  /// Continues with the next run. Returns false after the last.
  bool advance() {
    Path.resize(Next);
    Next = 0;
    while (!Path.empty() && ++Path.back().Taken == Path.back().Count)
      Path.pop_back();
    return !Path.empty();
  }

private:
  struct Choice {
    unsigned Taken;
    unsigned Count;
  };
  std::vector<Choice> Path;
  std::size_t Next = 0;
};

/// Runs \p Scenario with every combination of choices. Returns the number of
/// runs.
template <class F> unsigned explore(F Scenario) {
  static constexpr unsigned MostRuns = 200'000;
  Explorer E;
  unsigned Runs = 0;
  do {
    ++Runs;
    Scenario(E);
    if (::testing::Test::HasFailure()) {
      ADD_FAILURE() << "after the choices " << E.path();
      return Runs;
    }
  } while (E.advance() && Runs != MostRuns);
  EXPECT_LT(Runs, MostRuns);
  return Runs;
}

/// Simulates a thread pool: each call of `step` runs one piece of work on the
/// calling thread.
class SteppedExecutor final : public Executor {
public:
  ~SteppedExecutor() { EXPECT_EQ(Held, 0) << "a task still depends on it"; }

  void enqueue(Resumable &Work) noexcept override {
    Work.Where.store(Resumable::Place::Queued, std::memory_order_relaxed);
    Queue.push_back(&Work);
  }
  void adopt(detail::ChainTask Root) noexcept override {
    detail::ChainPromise &Chain = *Root.release();
    Chain.Owner = this;
    Chain.Own.settle(this, this);
    Chain.Own.Stop = Stopping.get_token();
    ++Live;
    enqueue(Chain);
  }

  bool hasWork() const { return !Queue.empty(); }
  /// May more work arrive, from here or elsewhere?
  bool isNeeded() const { return hasWork() || Live != 0 || Held != 0; }
  void request_stop() { Stopping.request_stop(); }
  /// Runs the oldest piece of work.
  void step() {
    detail::ContextScope Scope(this, nullptr, BlockingPolicy::Forbidden,
                               nullptr);
    Resumable &Work = *Queue.front();
    Queue.pop_front();
    Work.Where.store(Resumable::Place::Nowhere, std::memory_order_relaxed);
    if (Work.IsFunction)
      Work.Run(Work, Resumable::Action::Run);
    else
      Work.Handle.resume();
    detail::resumeNext();
  }

private:
  std::coroutine_handle<>
  chainEnded(detail::ChainPromise &Chain) noexcept override {
    const auto Kept = std::move(Chain.Own.Held);
    Chain.destroy();
    --Live;
    return std::noop_coroutine();
  }
  void hold() noexcept override { ++Held; }
  void letGo() noexcept override { --Held; }

  std::deque<Resumable *> Queue;
  std::stop_source Stopping;
  std::size_t Live = 0;
  int Held = 0;
};

/// While a loop runs, executes the steps of an executor beside it, and one
/// other action, in every order: at each turn of the loop it chooses the next
/// step.
class Interleaver {
public:
  /// \p Action may be empty.
  Interleaver(Explorer &E, SteppedExecutor &Beside,
              std::function<void()> Action = {})
      : E(E), Beside(Beside), Action(std::move(Action)) {}

  /// This must outlive \p Loop, whose destructor may need the executor.
  void runOn(EventLoop &Loop) {
    Loop.post([this, &Loop] { turn(Loop); });
  }

private:
  /// The maximum number of delayed steps, to keep the number of orders finite.
  static constexpr unsigned MostDelays = 4;
  /// The maximum number of turns that tasks take until one of them needs the
  /// executor.
  static constexpr unsigned MostIdleTurns = 8;

  void turn(EventLoop &Loop) {
    // The choices: a step, the action, or another turn first.
    const unsigned ToDo = (Beside.hasWork() ? 1 : 0) + (Action ? 1 : 0);
    if (ToDo != 0) {
      const unsigned Count = ToDo + (Delays != MostDelays ? 1 : 0);
      unsigned Taken = Count > 1 ? E.choose(Count) : 0;
      if (Beside.hasWork() && Taken-- == 0)
        Beside.step();
      else if (Action && Taken-- == 0)
        std::exchange(Action, nullptr)();
      else
        ++Delays;
    }
    // Once there is nothing left to do, the loop must end by itself.
    IdleTurns = Beside.isNeeded() || Action ? 0 : IdleTurns + 1;
    if (IdleTurns != MostIdleTurns)
      runOn(Loop);
  }

  Explorer &E;
  SteppedExecutor &Beside;
  std::function<void()> Action;
  unsigned Delays = 0;
  unsigned IdleTurns = 0;
};

/// Counts live objects; part of a coroutine's locals and parameters.
class Counted {
public:
  explicit Counted(int &Living) : Living(&Living) { ++Living; }
  Counted(const Counted &Other) : Living(Other.Living) { ++*Living; }
  Counted &operator=(const Counted &) = delete;
  ~Counted() { --*Living; }

private:
  int *Living;
};

} // namespace corolint::rt::test

#endif // COROLINT_TEST_LIB_RUNTIME_EXPLORER_H
