//===-- TimerThread.h - Timers of tasks on a pool ---------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An event loop fires the timers of its own tasks. A pool has no thread that
// waits for time to pass, so the process has one timer thread for all pools,
// created on first use. It only passes due timers to their executors.
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

  /// Schedules \p Timer for its deadline. Returns false if it was already
  /// cancelled. Throws `std::system_error` if the thread cannot be started.
  bool add(SleepAwaiter &Timer);
  /// Fires \p Timer now, as cancelled, unless it has fired.
  void cancel(SleepAwaiter &Timer) noexcept;
  /// Removes \p Timer. Harmless if it has fired.
  void remove(SleepAwaiter &Timer) noexcept;
  /// Are there timers that will wake a task?
  bool busy() noexcept;
  /// Resets the state after a fork: the thread and its timers stay in the
  /// parent.
  void startOverInChild();

private:
  struct State;
  TimerThread();
  State *Shared; ///< Never freed: the thread may run until after `main`.
};

} // namespace corolint::rt::detail

#endif // COROLINT_RUNTIME_TIMERTHREAD_H
