//===-- Errors.h - Exceptions that awaits throw -----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_ERRORS_H
#define COROLINT_RT_ERRORS_H

#include <exception>
#include <system_error>

namespace corolint::rt {

/// Thrown by an await whose task was asked to stop. This is not an error, so
/// the class does not derive from `std::exception`: a handler that logs errors
/// and continues would keep its task from ending. A `catch (...)` that does not
/// end the task must rethrow it, too.
class Cancelled {
public:
  const char *what() const noexcept { return "cancelled"; }
};

/// Thrown by `with_timeout` and `with_deadline` when the time is up:
/// `std::errc::timed_out`.
class TimedOut : public std::system_error {
public:
  TimedOut() : std::system_error(std::make_error_code(std::errc::timed_out)) {}
};

/// Thrown on an attempt to send into a closed channel.
class ChannelClosed : public std::exception {
public:
  const char *what() const noexcept override { return "channel closed"; }
};

} // namespace corolint::rt

#endif // COROLINT_RT_ERRORS_H
