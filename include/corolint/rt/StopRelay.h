//===-- StopRelay.h - Forwarding a request to stop --------------*- C++ -*-===//
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

/// Forwards a request to stop to \p Inner, from within a stop callback.
/// Everything that depends on \p Inner has been notified when the outermost
/// `request_stop()` of this thread returns. The stack space needed is bounded,
/// however deeply groups and scopes are nested.
void relayStop(std::stop_source Inner) noexcept;

/// A stop callback that forwards the request to `*Inner`.
struct StopRelay {
  std::stop_source *Inner;
  void operator()() const noexcept { relayStop(*Inner); }
};

} // namespace corolint::rt::detail

#endif // COROLINT_RT_STOPRELAY_H
