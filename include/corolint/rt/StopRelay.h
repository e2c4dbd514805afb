//===-- StopRelay.h - Passing a request to stop on --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_STOPRELAY_H
#define COROLINT_RT_STOPRELAY_H

#include <stop_token>

namespace corolint::rt::detail {

/// Passes a request to stop on to \p Inner, from within a stop callback. All
/// that depends on \p Inner has been told when the outermost `request_stop()`
/// of this thread returns. Groups and scopes that are nested without limit
/// need no more stack than a few do.
void relayStop(std::stop_source Inner) noexcept;

/// A stop callback that passes the request on to `*Inner`.
struct StopRelay {
  std::stop_source *Inner;
  void operator()() const noexcept { relayStop(*Inner); }
};

} // namespace corolint::rt::detail

#endif // COROLINT_RT_STOPRELAY_H
