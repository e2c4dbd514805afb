//===-- ContractObserver.cpp - The contracts behind `Observer` ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ContractObserver.h"
#include "Fork.h"
#include "StallWatcher.h"
#include "WaitGraph.h"
#include "corolint/rt/Observer.h"

using namespace corolint::rt;
using namespace corolint::rt::detail;

namespace {
class ContractObserver final : public Observer {
  RegionsAside *awaitInRegion(bool Ready, const char *Keyword,
                              const std::source_location &Site,
                              const OpenRegions *Outer) override {
    return detail::awaitInRegion(Ready, Keyword, Site, Outer);
  }
  void reopenRegions(RegionsAside &Regions) noexcept override {
    detail::reopenRegions(Regions);
  }
  void endTurn() noexcept override { detail::endTurn(); }
  void handDown(ThreadContext &Below) noexcept override {
    detail::handDown(Below);
  }

  void checkYieldingCall(const char *Function,
                         const std::source_location &Call) override {
    detail::checkYieldingCall(Function, Call);
  }
  void checkSyncWait(const char *Function,
                     const std::source_location &Call) override {
    detail::checkSyncWait(Function, Call);
  }

  void mutexWaitBegins(Waiter &W) override { enterGraph(W); }
  void mutexWaitEnds(const Waiter &W) noexcept override { leaveGraph(W); }

  void taskMade(const void *Frame, const void *Made) noexcept override {
    detail::taskMade(Frame, Made);
  }
  void taskDestroyed(const void *Frame) noexcept override {
    detail::taskDestroyed(Frame);
  }

  void guardMade(const void *Guard,
                 const std::source_location *Begin) noexcept override {
    detail::guardMade(Guard, Begin);
  }
  void guardForgotten(const void *Guard) noexcept override {
    detail::guardForgotten(Guard);
  }
  void guardEnds(const void *Guard) noexcept override {
    detail::guardEnds(Guard);
  }
  void taskOwned(const void *Owner, const void *Frame,
                 OwnerChange How) noexcept override {
    detail::taskOwned(Owner, Frame, How, __builtin_return_address(0));
  }
  void taskGone(const void *Frame) noexcept override {
    detail::taskGone(Frame);
  }

  std::chrono::milliseconds patience() override {
    return StallWatcher::get().options().Quiescence;
  }
  bool isExplained(const std::vector<const Waiter *> &All) noexcept override {
    return detail::isExplained(All);
  }
  void reportStuck(const std::vector<const Waiter *> &All) override {
    detail::reportStuck(All);
  }

  void lockForFork(bool Lock) noexcept override {
    StallWatcher::get(); // Complete before the fork.
    lockHandlerForFork(Lock);
    lockBorrowsForFork(Lock);
    lockGuardsForFork(Lock);
    lockLineTablesForFork(Lock);
    lockRegionsForFork(Lock);
    lockPlacesForFork(Lock);
    lockWaitGraphForFork(Lock);
  }
  void startOverInChild() noexcept override {
    StallWatcher::get().startOverInChild();
  }
};
} // namespace

static constinit ContractObserver Instance;

void corolint::rt::detail::installContracts() noexcept {
  watchForks();
  if (!InstalledObserver.load(std::memory_order_relaxed))
    InstalledObserver.store(&Instance, std::memory_order_release);
}
