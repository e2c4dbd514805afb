//===-- Contracts.cpp - Detection of broken contracts ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/Contracts.h"
#include "ContractObserver.h"
#include "StallWatcher.h"
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>

using namespace corolint::rt;

namespace {
struct HandlerSlot {
  std::mutex Lock;
  std::shared_ptr<Contracts::Handler> Current;
};
} // namespace

static HandlerSlot &handlerSlot() {
  static auto *Slot = new HandlerSlot; // Outlives reports at exit.
  return *Slot;
}

void corolint::rt::detail::lockHandlerForFork(bool Lock) noexcept {
  Lock ? handlerSlot().Lock.lock() : handlerSlot().Lock.unlock();
}

static std::string where(const SourceSite &Site) {
  if (Site.Line == 0)
    return "<unknown>: ";
  std::string Text = Site.File + ":" + std::to_string(Site.Line) + ":";
  if (Site.Column != 0)
    Text += std::to_string(Site.Column) + ":";
  return Text + " ";
}

std::string Violation::format() const {
  std::string Text = where(Where) + "warning: " + Message + " [" + Check + "]";
  for (const Note &N : Notes) {
    Text += '\n';
    Text += where(N.Where) + "note: " + N.Text;
  }
  if (Suppressed != 0) {
    Text += "\nnote: ";
    Text += std::to_string(Suppressed) + " more of the kind were not shown";
  }
  return Text;
}

void Contracts::set_handler(Handler NewHandler) {
  auto Shared = NewHandler ? std::make_shared<Handler>(std::move(NewHandler))
                           : std::shared_ptr<Handler>();
  detail::installContracts();
  const std::lock_guard Guard(handlerSlot().Lock);
  handlerSlot().Current.swap(Shared);
}

void Contracts::set_mode(ContractMode NewMode) noexcept {
  detail::installContracts();
  detail::ModeChanges.fetch_add(1, std::memory_order_relaxed);
  detail::CurrentMode.store(NewMode, std::memory_order_relaxed);
}

std::uint64_t Contracts::count() noexcept {
  std::uint64_t Sum = 0;
  for (const auto &Count : Counts)
    Sum += Count.load(std::memory_order_relaxed);
  return Sum;
}

void Contracts::reset_counts() noexcept {
  for (auto &Count : Counts)
    Count.store(0, std::memory_order_relaxed);
  detail::forgetReportedPlaces();
}

void Contracts::watch(const WatchOptions &Options) {
  detail::installContracts();
  detail::StallWatcher::get().start(Options);
}

void Contracts::stop_watching() { detail::StallWatcher::get().stop(); }

WatchOptions Contracts::watch_options() {
  return detail::StallWatcher::get().options();
}

void Contracts::violate(Violation V, bool MayThrow) {
  const ContractMode Now = mode();
  if (Now == ContractMode::Off)
    return;
  Counts[std::size_t(V.Kind)].fetch_add(1, std::memory_order_relaxed);
  if (Now == ContractMode::Count)
    return;
  if (Now == ContractMode::Throw && MayThrow)
    throw ContractViolation(std::move(V));

  std::shared_ptr<Handler> Current;
  {
    const std::lock_guard Guard(handlerSlot().Lock);
    Current = handlerSlot().Current;
  }
  if (Current)
    (*Current)(V);
  else
    std::fputs((V.format() + "\n").c_str(), stderr);
  if (Now == ContractMode::Abort)
    std::abort();
}
