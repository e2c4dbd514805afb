//===-- Heap.cpp - The heap of a process that parses ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Heap.h"
#include "llvm/Support/MathExtras.h"
#include <cstdint>
#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace corolint {

#if defined(__GLIBC__) && defined(MADV_HUGEPAGE)

void useHugePages() {
  // Enough for most units. Untouched pages cost nothing.
  constexpr int Reserve = 256 << 20;
  constexpr uintptr_t HugePage = 2 << 20; // The smallest on x86-64 and AArch64.
  const auto Begin = reinterpret_cast<uintptr_t>(sbrk(0));
  // Large blocks, too, must come from the heap and stay there.
  constexpr int MostFromHeap = 32 << 20; // glibc's maximum.
  mallopt(M_MMAP_THRESHOLD, MostFromHeap);
  mallopt(M_TRIM_THRESHOLD, 2 * Reserve);
  mallopt(M_TOP_PAD, Reserve);
  // The block is larger than the free top of the heap, so the heap grows now.
  // Volatile, because the compiler would remove an unused pair of calls.
  void *volatile Block = std::malloc(MostFromHeap / 8);
  std::free(Block);
  mallopt(M_TOP_PAD, HugePage);
  const auto End = reinterpret_cast<uintptr_t>(sbrk(0));
  const uintptr_t First = llvm::alignTo(Begin, HugePage);
  if (First < End)
    madvise(reinterpret_cast<void *>(First), End - First, MADV_HUGEPAGE);
}

#else

void useHugePages() {}

#endif

} // namespace corolint
