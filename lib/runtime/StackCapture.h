//===-- StackCapture.h - The stack of another thread ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RUNTIME_STACKCAPTURE_H
#define COROLINT_RUNTIME_STACKCAPTURE_H

#include <cstdint>
#include <source_location>
#include <sys/types.h>
#include <vector>

namespace corolint::rt::detail {

/// The state of a thread as recorded by the signal handler.
struct CapturedThread {
  /// Return addresses, innermost first, down to the place where the executor
  /// resumed the coroutine. Empty if the thread did not answer.
  std::vector<void *> Stack;
  std::source_location LastAwait;
  /// An address in the function that opened the innermost no-yield region, or
  /// null.
  void *RegionBegin = nullptr;
  /// The thread's heartbeat at that moment.
  std::uint64_t Tick = 0;
};

/// Interrupts thread \p Id of this process with \p Signal to record its stack.
/// Waits at most 50 ms for the answer. One caller at a time.
CapturedThread captureThread(pid_t Id, int Signal);

/// Installs the handler. Throws `std::system_error`.
void installStackSignal(int Signal);

} // namespace corolint::rt::detail

#endif // COROLINT_RUNTIME_STACKCAPTURE_H
