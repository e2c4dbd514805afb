//===-- TimerHeap.cpp - A priority queue of timers ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/TimerHeap.h"
#include <utility>

using namespace corolint::rt::detail;

/// Neither root may have siblings.
TimerNode *TimerHeap::merge(TimerNode *A, TimerNode *B) noexcept {
  if (!A)
    return B;
  if (!B)
    return A;
  if (before(*B, *A))
    std::swap(A, B);
  B->Previous = A;
  B->Sibling = A->Child;
  if (A->Child)
    A->Child->Previous = B;
  A->Child = B;
  return A;
}

/// Merges pairs from left to right, then the results from right to left.
TimerNode *TimerHeap::mergeSiblings(TimerNode *First) noexcept {
  TimerNode *Pairs = nullptr;
  while (First) {
    TimerNode *A = First;
    TimerNode *B = A->Sibling;
    First = B ? B->Sibling : nullptr;
    A->Sibling = A->Previous = nullptr;
    if (B)
      B->Sibling = B->Previous = nullptr;
    TimerNode *Pair = merge(A, B);
    Pair->Sibling = Pairs;
    Pairs = Pair;
  }
  TimerNode *Merged = nullptr;
  while (Pairs) {
    TimerNode *Pair = std::exchange(Pairs, Pairs->Sibling);
    Pair->Sibling = nullptr;
    Merged = merge(Merged, Pair);
  }
  return Merged;
}

void TimerHeap::add(TimerNode &Timer) noexcept {
  Timer.Order = NextOrder++;
  Timer.Child = Timer.Sibling = Timer.Previous = nullptr;
  Root = merge(Root, &Timer);
  ++Count;
}

void TimerHeap::remove(TimerNode &Timer) noexcept {
  --Count;
  TimerNode *Orphans = mergeSiblings(std::exchange(Timer.Child, nullptr));
  if (&Timer == Root) {
    Root = Orphans;
    return;
  }
  if (Timer.Previous->Child == &Timer)
    Timer.Previous->Child = Timer.Sibling;
  else
    Timer.Previous->Sibling = Timer.Sibling;
  if (Timer.Sibling)
    Timer.Sibling->Previous = Timer.Previous;
  Timer.Sibling = Timer.Previous = nullptr;
  Root = merge(Root, Orphans);
}
