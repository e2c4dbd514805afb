//===-- ContractObserver.h - The contracts behind `Observer` ----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The contracts' implementations of the functions of `Observer`, grouped by the
// file that defines them.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RUNTIME_CONTRACTOBSERVER_H
#define COROLINT_RUNTIME_CONTRACTOBSERVER_H

#include "corolint/rt/Context.h"
#include "corolint/rt/Contracts.h"
#include <source_location>
#include <vector>

namespace corolint::rt::detail {

/// Installs the contracts as the core's observer. Any thread; harmless if
/// repeated.
void installContracts() noexcept;

// Regions.cpp.
RegionsAside *awaitInRegion(bool Ready, const char *Keyword,
                            const std::source_location &Site,
                            const OpenRegions *Outer);
void reopenRegions(RegionsAside &Aside) noexcept;
void endTurn() noexcept;
void handDown(ThreadContext &Below) noexcept;

// CallContracts.cpp.
void checkYieldingCall(const char *Function, const std::source_location &Call);
void checkSyncWait(const char *Function, const std::source_location &Call);
/// Sets the place of \p V to its context, and adds a note \p What at the call
/// itself.
void place(Violation &V, const std::source_location &Call, const char *What);
void forgetReportedPlaces() noexcept;

// Quiescence.cpp.
bool isExplained(const std::vector<const Waiter *> &All) noexcept;
void reportStuck(const std::vector<const Waiter *> &All);

// TaskBorrows.cpp.
void taskMade(const void *Frame, const void *Made);
void taskDestroyed(const void *Frame) noexcept;

// GuardReleases.cpp.
void guardMade(const void *Guard, const std::source_location *Begin);
void guardForgotten(const void *Guard) noexcept;
void guardEnds(const void *Guard);
/// \p Caller is an address in the function that constructed the task.
void taskOwned(const void *Owner, const void *Frame, OwnerChange How,
               const void *Caller);
void taskGone(const void *Frame) noexcept;

// Lock and unlock the state that another thread may be changing during a fork.
void lockBorrowsForFork(bool Lock) noexcept;
void lockGuardsForFork(bool Lock) noexcept;
void lockHandlerForFork(bool Lock) noexcept;
void lockLineTablesForFork(bool Lock) noexcept;
void lockPlacesForFork(bool Lock) noexcept;
void lockRegionsForFork(bool Lock) noexcept;
void lockWaitGraphForFork(bool Lock) noexcept;

} // namespace corolint::rt::detail

#endif // COROLINT_RUNTIME_CONTRACTOBSERVER_H
