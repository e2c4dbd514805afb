//===-- CallContracts.cpp - Calls that a region or executor forbids -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ContextFrame.h"
#include "ContractObserver.h"
#include "corolint/rt/Context.h"
#include "corolint/rt/Contracts.h"
#include "corolint/rt/ThreadPool.h"
#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

using namespace corolint::rt;
using namespace corolint::rt::detail;

void corolint::rt::detail::place(Violation &V, const std::source_location &Call,
                                 const char *What) {
  V.Where = Call;
  if (Contracts::mode() == ContractMode::Count ||
      !Contracts::watch_options().CaptureStack)
    return;
  const SourceSite Direct = V.Where;
  V.Where = callInContext(Call, ThisThread.Regions.openedAt());
  if (V.Where.Line != Direct.Line || V.Where.File != Direct.File)
    V.Notes.push_back({Direct, What});
}

/// The places that were already reported. There are few.
static constinit SmallLock PlacesLock;
static std::vector<std::source_location> &places() {
  static auto *Reported = new std::vector<std::source_location>;
  return *Reported;
}

static bool isFirstAt(const std::source_location &Begin) {
  PlacesLock.lock();
  const bool First = std::none_of(
      places().begin(), places().end(), [&](const std::source_location &P) {
        return P.line() == Begin.line() && P.column() == Begin.column() &&
               std::strcmp(P.file_name(), Begin.file_name()) == 0;
      });
  if (First)
    places().push_back(Begin);
  PlacesLock.unlock();
  return First;
}

void corolint::rt::detail::lockPlacesForFork(bool Lock) noexcept {
  Lock ? PlacesLock.lock() : PlacesLock.unlock();
}

void corolint::rt::detail::forgetReportedPlaces() noexcept {
  PlacesLock.lock();
  places().clear();
  PlacesLock.unlock();
}

[[gnu::noinline]] void *corolint::rt::detail::addressHere() noexcept {
  return __builtin_return_address(0);
}

void corolint::rt::detail::checkIsolation(const std::source_location &Begin) {
  const ThreadPool *Pool = ThreadPool::current();
  if (!Pool || Pool->threads() < 2 || !isFirstAt(Begin))
    return;
  Violation V;
  V.Kind = ViolationKind::NoIsolation;
  V.Check = "rt-no-isolation";
  V.Where = Begin;
  V.Message = "a no-yield region isolates nothing on a thread pool: coroutines "
              "run on its " +
              std::to_string(Pool->threads()) + " workers in parallel";
  Contracts::violate(std::move(V));
}

void corolint::rt::detail::checkYieldingCall(const char *Function,
                                             const std::source_location &Call) {
  if (ThisThread.Regions.NoYield == 0) [[likely]]
    return;
  Violation V;
  V.Kind = ViolationKind::Yield;
  V.Check = "coro-no-yield-region";
  place(V, Call, "this call yields");
  V.Message =
      std::string("call to '") + Function + "' yields inside a no-yield region";
  V.Suspended = true;
  V.Notes.push_back({SourceSite(ThisThread.Regions.NoYieldBegin),
                     "the no-yield region begins here"});
  Contracts::violate(std::move(V));
}

void corolint::rt::detail::checkSyncWait(const char *Function,
                                         const std::source_location &Call) {
  if (!Contracts::active() || ThisThread.Blocking == BlockingPolicy::Allowed)
    return;
  const bool OnExecutor =
      ThisThread.Exec && ThisThread.Blocking == BlockingPolicy::Forbidden;
  const bool InRegion = ThisThread.Regions.NoYield != 0;
  if (!OnExecutor && !InRegion)
    return;
  Violation V;
  V.Kind = ViolationKind::SyncWait;
  V.Check = "coro-sync-over-async";
  place(V, Call, "this call waits");
  V.Message = std::string("call to '") + Function +
              "' waits synchronously for asynchronous work ";
  V.Message += InRegion                     ? "in a no-yield region"
               : ThisThread.Exec->as_loop() ? "on the thread of an event loop"
                                            : "on a worker of a thread pool";
  if (InRegion)
    V.Notes.push_back({SourceSite(ThisThread.Regions.NoYieldBegin),
                       "the no-yield region begins here"});
  else if (ThisThread.LastAwait.line() != 0)
    V.Notes.push_back({SourceSite(ThisThread.LastAwait),
                       "the coroutine was last resumed from here"});
  Contracts::violate(std::move(V));
}
