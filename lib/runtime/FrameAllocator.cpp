//===-- FrameAllocator.cpp - Recycles coroutine frames --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/FrameAllocator.h"
#include <new>

using namespace corolint::rt;

constinit thread_local FrameAllocator::ThreadLists FrameAllocator::Lists{};

/// Empties the thread's lists when the thread ends.
struct FrameAllocator::Reaper {
  Reaper() { Lists.Room = MaxFreeBytes; }
  ~Reaper() {
    trim();
    Lists.Room = 0;
  }
};

void *FrameAllocator::allocateSlow(std::size_t Size) {
#if COROLINT_RT_RECYCLE_FRAMES
  static thread_local Reaper AtThreadExit;
  (void)AtThreadExit;
#endif
  return ::operator new(Size);
}

void FrameAllocator::deallocateSlow(void *Memory, std::size_t Size) noexcept {
  (void)Size;
  ::operator delete(Memory);
}

void FrameAllocator::trim() noexcept {
  for (std::size_t Class = 0; Class != NumClasses; ++Class) {
    while (Block *B = Lists.Free[Class]) {
      Lists.Free[Class] = B->Next;
      Lists.Room += Class * Granularity;
      ::operator delete(B);
    }
  }
}
