//===-- Borrows.h - Records what a task refers to ---------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// AddressSanitizer reports that a coroutine uses an object after its end, but
// not which task borrowed the object. With it, each task is recorded when it is
// made, so that the contracts can name the place where it was created.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_BORROWS_H
#define COROLINT_RT_BORROWS_H

#include "corolint/rt/Observer.h"

/// 1: tasks are recorded while the contracts are on. The default is 1 with
/// AddressSanitizer.
#ifndef COROLINT_RT_CHECK_LIFETIMES
#if defined(__SANITIZE_ADDRESS__)
#define COROLINT_RT_CHECK_LIFETIMES 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define COROLINT_RT_CHECK_LIFETIMES 1
#endif
#endif
#endif
#ifndef COROLINT_RT_CHECK_LIFETIMES
#define COROLINT_RT_CHECK_LIFETIMES 0
#endif

namespace corolint::rt::detail {

/// Records the task whose coroutine has the frame \p Frame. \p Made is an
/// address in the function that creates the frame.
inline void noteTask(const void *Frame, const void *Made) noexcept {
  if (isWatched())
    observer().taskMade(Frame, Made);
}

inline void forgetTask(const void *Frame) noexcept {
  if (RecordedTasks.load(std::memory_order_relaxed) != 0)
    observer().taskDestroyed(Frame);
}

} // namespace corolint::rt::detail

#endif // COROLINT_RT_BORROWS_H
