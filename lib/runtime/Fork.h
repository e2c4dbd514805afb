//===-- Fork.h - What a child process may go on using -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// After fork() the child has one thread and a copy of everything, while the
// kernel's objects, an epoll instance above all, are shared with the parent.
// What belongs to a process remembers the generation it was made in.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RUNTIME_FORK_H
#define COROLINT_RUNTIME_FORK_H

#include <atomic>
#include <cstdint>

namespace corolint::rt::detail {

/// Counts the forks between the first process and this one.
inline constinit std::atomic<std::uint32_t> ForkGeneration{0};

/// Call it before the first use of anything that a child must not inherit as it
/// is. Any thread; harmless if repeated. Where the handlers cannot be
/// registered (no memory) a child is on its own.
void watchForks() noexcept;

/// Was \p Generation, noted earlier, noted by another process?
inline bool isOfParent(std::uint32_t Generation) noexcept {
  return Generation != ForkGeneration.load(std::memory_order_relaxed);
}

} // namespace corolint::rt::detail

#endif // COROLINT_RUNTIME_FORK_H
