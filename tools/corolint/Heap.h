//===-- Heap.h - The heap of a process that parses --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A parse touches some hundred megabytes once, and the system charges for each
// page fault. Huge pages need 512 times fewer.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_HEAP_H
#define COROLINT_TOOLS_HEAP_H

namespace corolint {

/// Asks the system to back the heap of this process by huge pages, if
/// available. Changes nothing else, and fails silently. Call it before other
/// threads run.
void useHugePages();

} // namespace corolint

#endif // COROLINT_TOOLS_HEAP_H
