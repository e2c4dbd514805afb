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
  // Most units fit; pages that are never touched cost nothing.
  constexpr int Reserve = 256 << 20;
  constexpr uintptr_t HugePage = 2
                                 << 20; // The least size on x86-64 and AArch64.
  const auto Begin = reinterpret_cast<uintptr_t>(sbrk(0));
  // Large blocks, too, are to come from the heap and to stay there.
  constexpr int MostFromHeap = 32 << 20; // The greatest that glibc takes.
  mallopt(M_MMAP_THRESHOLD, MostFromHeap);
  mallopt(M_TRIM_THRESHOLD, 2 * Reserve);
  mallopt(M_TOP_PAD, Reserve);
  // Larger than what is left on top of the heap: it grows now.
  // The compiler would leave out a pair of calls whose block nobody looks at.
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
