//===-- FrameAllocator.h - Recycles coroutine frames ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Most coroutine frames are short-lived and of a few sizes. Each thread keeps a
// list of free blocks for each size class, so that starting a task costs a few
// instructions instead of a heap allocation. A block may be freed on another
// thread than the one that allocated it; that thread then reuses it.
//
// Under a sanitizer the lists are disabled: a recycled block would hide a use
// after free.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_FRAMEALLOCATOR_H
#define COROLINT_RT_FRAMEALLOCATOR_H

#include "corolint/annotations.h"
#include <cstddef>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define COROLINT_RT_RECYCLE_FRAMES 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||     \
    __has_feature(memory_sanitizer)
#define COROLINT_RT_RECYCLE_FRAMES 0
#endif
#endif
#ifndef COROLINT_RT_RECYCLE_FRAMES
#define COROLINT_RT_RECYCLE_FRAMES 1
#endif

namespace corolint::rt {

/// Allocates coroutine frames. Thread-safe: each thread has its own lists.
class FrameAllocator {
public:
  /// Throws `std::bad_alloc`.
  static void *allocate(std::size_t Size) {
#if COROLINT_RT_RECYCLE_FRAMES
    const std::size_t Class = (Size + Granularity - 1) / Granularity;
    if (Class < NumClasses) [[likely]] {
      if (Block *B = Lists.Free[Class]) [[likely]] {
        Lists.Free[Class] = B->Next;
        Lists.Room += Class * Granularity;
        return B;
      }
      return allocateSlow(Class * Granularity);
    }
#endif
    return allocateSlow(Size);
  }

  /// \p Size is the size that was passed to `allocate`.
  static void deallocate(void *Memory, std::size_t Size) noexcept {
#if COROLINT_RT_RECYCLE_FRAMES
    const std::size_t Class = (Size + Granularity - 1) / Granularity;
    if (Class < NumClasses) [[likely]] {
      if (Lists.Room >= Class * Granularity) [[likely]] {
        Block *B = static_cast<Block *>(Memory);
        B->Next = Lists.Free[Class];
        Lists.Free[Class] = B;
        Lists.Room -= Class * Granularity;
        return;
      }
    }
#endif
    deallocateSlow(Memory, Size);
  }

  /// Returns this thread's free blocks to the heap.
  COROLINT_NONBLOCKING static void trim() noexcept;

private:
  static constexpr std::size_t Granularity = 32;
  static constexpr std::size_t NumClasses = 65; ///< Frames up to 2 KiB.
  /// The number of bytes that a thread keeps: the frames of 10,000 tasks, each
  /// of which waits (docs/runtime.md lists their size). Another burst of that
  /// many tasks then starts without the heap, which would otherwise release the
  /// pages and fetch them again.
  static constexpr std::size_t MaxFreeBytes = std::size_t(8) << 20;

  struct Block {
    Block *Next;
  };
  struct ThreadLists {
    Block *Free[NumClasses];
    /// The number of bytes that the lists may still take. It is 0 until the
    /// thread's clean-up is registered and after it has run: freed blocks then
    /// go straight to the heap.
    std::size_t Room;
  };
  struct Reaper;

  static void *allocateSlow(std::size_t Size);
  static void deallocateSlow(void *Memory, std::size_t Size) noexcept;

  static constinit thread_local ThreadLists Lists;
};

} // namespace corolint::rt

#endif // COROLINT_RT_FRAMEALLOCATOR_H
