//===-- WaitGraph.cpp - Cycles of waits for async mutexes -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WaitGraph.h"
#include "ContractObserver.h"
#include "corolint/rt/AsyncMutex.h"
#include "corolint/rt/EventLoop.h"
#include <algorithm>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

using namespace corolint::rt;
using namespace corolint::rt::detail;

//===----------------------------------------------------------------------===//
// Coroutines that a waiter holds up
//===----------------------------------------------------------------------===//

/// The coroutine that awaits \p P and cannot continue before it ends, or null.
/// An awaiter that races several coroutines continues without the losers.
static const PromiseBase *heldUpBy(const PromiseBase &P) noexcept {
  const PromiseBase *Awaiting = P.Parent;
  const bool LeavesChain = Awaiting && P.Context != Awaiting->Context;
  return LeavesChain && P.Context && P.Context->Races ? nullptr : Awaiting;
}

static const AsyncMutex *mutexOf(const Waiter &W) noexcept {
  return W.Kind == WaitKind::Mutex ? static_cast<const AsyncMutex *>(W.WaitsFor)
                                   : nullptr;
}

static bool holdsUp(const Waiter &W, const PromiseBase *Holder) noexcept {
  for (const PromiseBase *P = W.Promise; P; P = heldUpBy(*P))
    if (P == Holder)
      return true;
  return false;
}

const Waiter *
corolint::rt::detail::waiterOfHolder(const Waiter &W,
                                     const std::vector<const Waiter *> &All) {
  const AsyncMutex *Mutex = mutexOf(W);
  const PromiseBase *Holder = Mutex ? Mutex->holder() : nullptr;
  if (!Holder)
    return nullptr;
  const auto Found = std::ranges::find_if(
      All, [&](const Waiter *Other) { return holdsUp(*Other, Holder); });
  return Found == All.end() ? nullptr : *Found;
}

//===----------------------------------------------------------------------===//
// The graph
//===----------------------------------------------------------------------===//

namespace {
/// A coroutine that waits for a mutex, or is about to.
struct Node {
  const Waiter *W = nullptr;
  const AsyncMutex *Mutex = nullptr;
  /// The coroutine itself, and those that it holds up.
  std::vector<const PromiseBase *> HeldUp;
  bool Reported = false;

  /// False if it was granted the mutex, or cancelled, but is still listed.
  bool waits() const noexcept {
    return W->Where.load(std::memory_order_relaxed) !=
               Resumable::Place::Queued &&
           Mutex->holder() != W->Promise;
  }
  bool holdsUp(const PromiseBase *P) const noexcept {
    return std::ranges::find(HeldUp, P) != HeldUp.end();
  }
};

struct Graph {
  std::mutex Lock;
  std::unordered_map<const Waiter *, std::unique_ptr<Node>> Nodes;
  std::unordered_multimap<const PromiseBase *, Node *> HolderUp;
};
} // namespace

static Graph &graph() noexcept {
  // Threads may outlive statics. The program ends if there is no memory for it.
  // NOLINTNEXTLINE(bugprone-unhandled-exception-at-new)
  static auto *Instance = new Graph;
  return *Instance;
}

void corolint::rt::detail::lockWaitGraphForFork(bool Lock) noexcept {
  Lock ? graph().Lock.lock() : graph().Lock.unlock();
}

bool corolint::rt::detail::isInReportedCycle(const Waiter &W) noexcept {
  Graph &G = graph();
  G.Lock.lock();
  const auto Found = G.Nodes.find(&W);
  const bool Reported = Found != G.Nodes.end() && Found->second->Reported;
  G.Lock.unlock();
  return Reported;
}

static Node &add(Graph &G, const Waiter &W) {
  // Deeper chains are truncated: their outermost coroutines are ignored.
  static constexpr std::size_t MaxDepth = 64;
  auto New = std::make_unique<Node>();
  New->W = &W;
  New->Mutex = mutexOf(W);
  for (const PromiseBase *P = W.Promise; P && New->HeldUp.size() != MaxDepth;
       P = heldUpBy(*P)) {
    New->HeldUp.push_back(P);
    G.HolderUp.emplace(P, New.get());
  }
  return *(G.Nodes[&W] = std::move(New));
}

static void remove(Graph &G, const Waiter &W) noexcept {
  const auto Found = G.Nodes.find(&W);
  if (Found == G.Nodes.end())
    return;
  for (const PromiseBase *P : Found->second->HeldUp) {
    const auto [Begin, End] = G.HolderUp.equal_range(P);
    G.HolderUp.erase(std::find_if(Begin, End, [&](const auto &Entry) {
      return Entry.second == Found->second.get();
    }));
  }
  G.Nodes.erase(Found);
}

/// A path from \p Start along holders back to it, or nothing. Depth first.
static std::vector<Node *> cycleThrough(Graph &G, Node &Start) {
  std::vector<Node *> Path{&Start};
  std::vector<std::vector<Node *>> Choices(1);
  std::unordered_set<const Node *> Seen{&Start};
  while (!Path.empty()) {
    const PromiseBase *Holder = Path.back()->Mutex->holder();
    if (Holder && Start.holdsUp(Holder))
      return Path;
    if (Holder && Choices.size() == Path.size()) {
      std::vector<Node *> Next;
      const auto [Begin, End] = G.HolderUp.equal_range(Holder);
      for (auto I = Begin; I != End; ++I)
        if (I->second->waits() && Seen.insert(I->second).second)
          Next.push_back(I->second);
      Choices.push_back(std::move(Next));
    }
    if (Choices.size() > Path.size() && !Choices.back().empty()) {
      Path.push_back(Choices.back().back());
      Choices.back().pop_back();
      continue;
    }
    Choices.resize(Path.size());
    Path.pop_back();
  }
  return {};
}

/// Is \p Cycle still a cycle? Other threads ran during the search. Its last
/// coroutine waits for one that runs here, so examined from the end, each one
/// that is found to wait for the next one continues to wait.
static bool isStill(const std::vector<Node *> &Cycle) noexcept {
  for (std::size_t I = Cycle.size(); I-- != 0;) {
    const Node &Next = *Cycle[I + 1 == Cycle.size() ? 0 : I + 1];
    const PromiseBase *Holder = Cycle[I]->Mutex->holder();
    if (!Holder || !Next.holdsUp(Holder) || (I != 0 && !Cycle[I]->waits()))
      return false;
  }
  return true;
}

void corolint::rt::detail::enterGraph(Waiter &W) {
  if (TaskContext *Context = W.context())
    (void)Context->id(); // Assigned here, on the owner's thread.
  Graph &G = graph();
  std::vector<Violation> Broken;
  G.Lock.lock();
  try {
    Node &Mine = add(G, W);
    if (const std::vector<Node *> Cycle = cycleThrough(G, Mine);
        !Cycle.empty() && isStill(Cycle)) {
      std::vector<const Waiter *> All;
      for (Node *N : Cycle) {
        N->Reported = true;
        All.push_back(N->W);
      }
      if (ThisThread.Loop)
        for (const Waiter *Other : ThisThread.Loop->waiting())
          if (std::ranges::find(All, Other) == All.end())
            All.push_back(Other);
      Broken.push_back(describeDeadlock(All, Cycle.size()));
    }
  } catch (const std::bad_alloc &) { // NOLINT(bugprone-empty-catch)
    // Then the cycle is not detected.
  }
  G.Lock.unlock();
  for (Violation &V : Broken)
    Contracts::violate(std::move(V));
}

void corolint::rt::detail::leaveGraph(const Waiter &W) noexcept {
  Graph &G = graph();
  G.Lock.lock();
  remove(G, W);
  G.Lock.unlock();
}
