//===-- Fork.h - Handling of fork() -----------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// After fork() the child has one thread and a copy of all memory, while kernel
// objects, above all an epoll instance, are shared with the parent. Objects
// that belong to one process record the generation in which they were made.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RUNTIME_FORK_H
#define COROLINT_RUNTIME_FORK_H

#include <atomic>
#include <cstdint>

namespace corolint::rt::detail {

/// The number of forks between the first process and this one.
inline constinit std::atomic<std::uint32_t> ForkGeneration{0};

/// Registers the fork handlers. Call it before the first use of any state that
/// a child must not inherit unchanged. Any thread; harmless if repeated. If
/// registration fails for lack of memory, a child gets no support.
void watchForks() noexcept;

/// Was \p Generation recorded by another process?
inline bool isOfParent(std::uint32_t Generation) noexcept {
  return Generation != ForkGeneration.load(std::memory_order_relaxed);
}

} // namespace corolint::rt::detail

#endif // COROLINT_RUNTIME_FORK_H
