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

namespace corolint::rt::detail {

/// One frame of a stack.
struct SourceFrame {
  SourceSite Site; ///< Line 0 if the file has no line table.
  /// The same, but in the function's own file: code inlined from another file
  /// is mapped to the line before it, which without optimisation is the call.
  SourceSite OwnSite;
  std::string Symbol; ///< Mangled; empty if unknown.
};

/// Finds the call that returns to \p ReturnAddress, from the line table (DWARF
/// 3 to 5, not compressed) and symbols of the program or library that contains
/// it. Thread-safe. Slow for the first address of a file, which must be read.
SourceFrame locate(void *ReturnAddress);

} // namespace corolint::rt::detail

#endif // COROLINT_RUNTIME_LINETABLE_H
