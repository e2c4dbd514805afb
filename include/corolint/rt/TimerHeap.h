//===-- TimerHeap.h - A priority queue of timers ----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_TIMERHEAP_H
#define COROLINT_RT_TIMERHEAP_H

#include <chrono>
#include <cstdint>

namespace corolint::rt::detail {

/// A node of the heap below; part of the waiter.
struct TimerNode {
  std::chrono::steady_clock::time_point Deadline;
  std::uint64_t Order = 0;
  TimerNode *Child = nullptr;
  TimerNode *Sibling = nullptr;
  TimerNode *Previous = nullptr; ///< Left sibling, or the parent of the first.
};

/// An intrusive pairing heap: adding is O(1), removing any timer is O(log n)
/// amortised, and neither allocates. Timers with the same deadline fire in the
/// order they were added. Not thread-safe.
class TimerHeap {
public:
  bool empty() const noexcept { return !Root; }
  TimerNode *first() const noexcept { return Root; }
  std::size_t size() const noexcept { return Count; }
  void add(TimerNode &Timer) noexcept;
  void remove(TimerNode &Timer) noexcept;

private:
  static bool before(const TimerNode &A, const TimerNode &B) noexcept {
    return A.Deadline < B.Deadline ||
           (A.Deadline == B.Deadline && A.Order < B.Order);
  }
  static TimerNode *merge(TimerNode *A, TimerNode *B) noexcept;
  static TimerNode *mergeSiblings(TimerNode *First) noexcept;

  TimerNode *Root = nullptr;
  std::uint64_t NextOrder = 0;
  std::size_t Count = 0;
};

} // namespace corolint::rt::detail

#endif // COROLINT_RT_TIMERHEAP_H
