//===-- WorkDeque.h - A worker's own queue ----------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_WORKDEQUE_H
#define COROLINT_RT_WORKDEQUE_H

#include "corolint/rt/Resumable.h"
#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace corolint::rt::detail {

/// The work-stealing deque of Chase and Lev (SPAA 2005), with the memory orders
/// of Lê et al. (PPoPP 2013), but with sequentially consistent operations in
/// place of fences, which ThreadSanitizer does not support. The owner pushes
/// and pops at the bottom; thieves take from the top.
class WorkDeque {
public:
  /// Throws `std::bad_alloc`.
  WorkDeque() : Current(new Ring(InitialCapacity)) {
    Rings.emplace_back(Current.load(std::memory_order_relaxed));
  }
  WorkDeque(const WorkDeque &) = delete;
  WorkDeque &operator=(const WorkDeque &) = delete;

  /// Owner only. Returns false if the deque must grow and cannot.
  bool push(Resumable &Work) noexcept {
    const std::int64_t B = Bottom.load(std::memory_order_relaxed);
    const std::int64_t T = Top.load(std::memory_order_acquire);
    Ring *R = Current.load(std::memory_order_relaxed);
    if (B - T >= R->Capacity) [[unlikely]] {
      R = grow(*R, T, B);
      if (!R)
        return false;
    }
    R->at(B).store(&Work, std::memory_order_relaxed);
    Bottom.store(B + 1, std::memory_order_release);
    return true;
  }

  /// Owner only: pops the entry pushed last, or returns null.
  Resumable *pop() noexcept {
    const std::int64_t B = Bottom.load(std::memory_order_relaxed) - 1;
    // Top only grows: if it is beyond B now, the deque is empty.
    if (Top.load(std::memory_order_relaxed) > B)
      return nullptr;
    Ring *R = Current.load(std::memory_order_relaxed);
    Bottom.store(B, std::memory_order_seq_cst);
    std::int64_t T = Top.load(std::memory_order_seq_cst);
    if (T > B) {
      Bottom.store(B + 1, std::memory_order_relaxed);
      return nullptr;
    }
    Resumable *Work = R->at(B).load(std::memory_order_relaxed);
    if (T == B) {
      // The last entry: a thief may try to take it, too.
      if (!Top.compare_exchange_strong(T, T + 1, std::memory_order_seq_cst,
                                       std::memory_order_relaxed))
        Work = nullptr;
      Bottom.store(B + 1, std::memory_order_relaxed);
    }
    return Work;
  }

  /// Owner only: removes \p Work if it is at the bottom.
  bool popIf(Resumable &Work) noexcept {
    const std::int64_t B = Bottom.load(std::memory_order_relaxed) - 1;
    Ring *R = Current.load(std::memory_order_relaxed);
    if (B < 0 || R->at(B).load(std::memory_order_relaxed) != &Work)
      return false;
    return pop() == &Work;
  }

  /// Any thread: takes the oldest entry, or returns null. May fail because
  /// other threads were faster.
  Resumable *steal() noexcept {
    std::int64_t T = Top.load(std::memory_order_seq_cst);
    const std::int64_t B = Bottom.load(std::memory_order_seq_cst);
    if (T >= B)
      return nullptr;
    Ring *R = Current.load(std::memory_order_acquire);
    Resumable *Work = R->at(T).load(std::memory_order_relaxed);
    if (!Top.compare_exchange_strong(T, T + 1, std::memory_order_seq_cst,
                                     std::memory_order_relaxed))
      return nullptr;
    return Work;
  }

  /// Any thread; the answer may be out of date.
  bool empty() const noexcept {
    return Top.load(std::memory_order_seq_cst) >=
           Bottom.load(std::memory_order_seq_cst);
  }

private:
  static constexpr std::int64_t InitialCapacity = 256; ///< A power of two.

  struct Ring {
    explicit Ring(std::int64_t Capacity)
        : Capacity(Capacity),
          Slots(new std::atomic<Resumable *>[std::size_t(Capacity)]) {}
    std::atomic<Resumable *> &at(std::int64_t Index) noexcept {
      return Slots[std::size_t(Index & (Capacity - 1))];
    }
    const std::int64_t Capacity;
    std::unique_ptr<std::atomic<Resumable *>[]> Slots;
  };

  /// The old ring is kept, because thieves may still read it.
  Ring *grow(Ring &Old, std::int64_t T, std::int64_t B) noexcept;

  alignas(64) std::atomic<std::int64_t> Top{0};
  alignas(64) std::atomic<std::int64_t> Bottom{0};
  std::atomic<Ring *> Current;
  std::vector<std::unique_ptr<Ring>> Rings;
};

} // namespace corolint::rt::detail

#endif // COROLINT_RT_WORKDEQUE_H
