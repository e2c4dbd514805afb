//===-- TimerThread.h - Timers of tasks on a pool ---------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An event loop fires the timers of its own tasks. A pool has no thread that
// waits for the time; the process has one for all pools, made on first use. It
// only hands what is due to its executor.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RUNTIME_TIMERTHREAD_H
#define COROLINT_RUNTIME_TIMERTHREAD_H

#include "corolint/rt/Sleep.h"

namespace corolint::rt::detail {

/// Thread-safe.
class TimerThread {
public:
  /// Throws `std::bad_alloc` the first time.
  static TimerThread &get();

  /// Has \p Timer fire at its deadline. Returns false if it was cancelled
  /// before. Throws `std::system_error` if the thread cannot be started.
  bool add(SleepAwaiter &Timer);
  /// Fires \p Timer now, as cancelled, unless it has fired.
  void cancel(SleepAwaiter &Timer) noexcept;
  /// Forgets \p Timer. Harmless if it has fired.
  void remove(SleepAwaiter &Timer) noexcept;
  /// Will it wake any task?
  bool busy() noexcept;
  /// After a fork: the parent's thread and its timers stay there.
  void startOverInChild();

private:
  struct State;
  TimerThread();
  State *Shared; ///< Never freed: the thread may run until after `main`.
};

} // namespace corolint::rt::detail

#endif // COROLINT_RUNTIME_TIMERTHREAD_H
