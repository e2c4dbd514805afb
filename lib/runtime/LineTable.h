//===-- LineTable.h - From an address to a source line ----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RUNTIME_LINETABLE_H
#define COROLINT_RUNTIME_LINETABLE_H

#include "corolint/rt/Contracts.h"
#include <cstdint>
#include <string>
#include <vector>

/// On functions that resume coroutines: puts them in a section of their own, so
/// that a stack shows where the runtime ends and a coroutine begins.
#define COROLINT_RT_RESUMES                                                    \
  __attribute__((noinline, section("corolint_resume")))

namespace corolint::rt::detail {

/// One frame of a stack.
struct SourceFrame {
  SourceSite Site;    ///< Line 0 if the file has no line table.
  std::string Symbol; ///< Mangled; empty if unknown.
};

/// Where the call is that returns to \p ReturnAddress, from the line table
/// (DWARF 3 to 5, not compressed) and symbols of the program or library it lies
/// in. Thread-safe. Slow for the first address of a file, since it reads it.
SourceFrame locate(void *ReturnAddress);

/// Of a stack, innermost first, the frame of the coroutine that runs; the
/// number of frames if there is none.
std::size_t coroutineFrame(const std::vector<void *> &Stack,
                           const std::vector<SourceFrame> &Frames);

} // namespace corolint::rt::detail

#endif // COROLINT_RUNTIME_LINETABLE_H
