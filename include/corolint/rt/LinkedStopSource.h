//===-- LinkedStopSource.h - A stop source linked to tokens -----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_LINKEDSTOPSOURCE_H
#define COROLINT_RT_LINKEDSTOPSOURCE_H

#include "corolint/annotations.h"
#include "corolint/rt/StopRelay.h"
#include <initializer_list>
#include <list>
#include <stop_token>

namespace corolint::rt {

/// A stop source that is also stopped when one of several other tokens is.
/// Typical tokens are those of a client that disconnected and of a server that
/// shuts down.
///
///   LinkedStopSource Either({Server.get_token(), Client.get_token()});
///   co_await with_stop_token(serve(), Either.get_token());
///
/// Thread-safe like `std::stop_source`; neither copyable nor movable.
class LinkedStopSource {
public:
  /// Throws `std::bad_alloc`.
  explicit LinkedStopSource(std::initializer_list<std::stop_token> Others) {
    for (const std::stop_token &Other : Others)
      Links.emplace_back(Other, detail::StopRelay{&Own});
  }
  LinkedStopSource(const LinkedStopSource &) = delete;
  LinkedStopSource &operator=(const LinkedStopSource &) = delete;

  /// A token that is stopped as soon as this source or one of the others is.
  std::stop_token get_token() const noexcept { return Own.get_token(); }
  /// Stops this source only. Returns whether that was the first request.
  bool request_stop() noexcept { return Own.request_stop(); }
  /// Was a stop requested? A negative answer may be out of date.
  bool stop_requested() const noexcept { return Own.stop_requested(); }

private:
  std::stop_source Own;
  std::list<std::stop_callback<detail::StopRelay>> Links;
};

} // namespace corolint::rt

#endif // COROLINT_RT_LINKEDSTOPSOURCE_H
