//===-- SharedHistory.cpp - Reads and writes of shared state --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ContractObserver.h"
#include "corolint/rt/Context.h"
#include "corolint/rt/Contracts.h"
#include "corolint/rt/Shared.h"
#include <algorithm>
#include <mutex>
#include <optional>

using namespace corolint::rt;
using namespace corolint::rt::detail;

/// The running code belongs to no chain: a callback, or a plain thread.
static constexpr std::uint32_t NoTask = 0;
static constexpr std::uint32_t UnknownTask = ~std::uint32_t(0);

/// The number of the running chain of awaits, or one of the values above.
static std::uint32_t runningTask() noexcept {
  const ThreadContext &Here = ThisThread;
  if (!Here.Task)
    return NoTask;
  const bool MayBeGone =
      Here.TaskSince != ModeChanges.load(std::memory_order_relaxed);
  return Here.TaskUnknown || MayBeGone ? UnknownTask : Here.Task->id();
}

/// Drops the reads of \p Task. If the running task is unknown, drops all reads,
/// since it may be any task.
void SharedHistory::forget(std::uint32_t Task) noexcept {
  std::erase_if(Reads, [Task](const Read &R) {
    return Task == UnknownTask || R.Task == Task;
  });
}

void SharedHistory::beginVersion(const std::source_location &Site) noexcept {
  ++Version;
  Written = Site;
}

void SharedHistory::noteRead(const std::source_location &Site) {
  const std::uint32_t Task = runningTask();
  const std::lock_guard Guard(Lock);
  forget(Task);
  if (Task == NoTask || Task == UnknownTask)
    return;
  if (Reads.size() == MaxReads)
    Reads.erase(Reads.begin());
  Reads.push_back({Task, Version, Site});
}

void SharedHistory::noteExchange(const std::source_location &Site) {
  const std::lock_guard Guard(Lock);
  forget(runningTask());
  beginVersion(Site);
}

void SharedHistory::noteWrite(const std::source_location &Site) {
  const std::uint32_t Task = runningTask();
  std::optional<Read> Stale;
  std::source_location Other;
  {
    const std::lock_guard Guard(Lock);
    const auto Last = std::ranges::find_if(Reads, [&](const Read &R) {
      return R.Task == Task && R.Version != Version;
    });
    if (Task != UnknownTask && Last != Reads.end()) {
      Stale = *Last;
      Other = Written;
    }
    forget(Task);
    // Mode Throw prevents the write.
    if (!Stale || Contracts::mode() != ContractMode::Throw)
      beginVersion(Site);
  }
  if (!Stale)
    return;
  Violation V;
  V.Kind = ViolationKind::StaleState;
  V.Check = "coro-stale-state";
  place(V, Site, "it is written here");
  V.Message = "shared state is written, which others changed since it was read";
  V.Suspended = true;
  V.Notes.push_back({SourceSite(Stale->Site), "the task read it here"});
  V.Notes.push_back({SourceSite(Other), "it was changed here meanwhile"});
  Contracts::violate(std::move(V));
}
