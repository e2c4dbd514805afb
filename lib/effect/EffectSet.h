//===-- EffectSet.h - Sets of effects --------------------------*- C++ -*--===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_EFFECTSET_H
#define COROLINT_EFFECT_EFFECTSET_H

#include "model/Model.h"

namespace corolint {

/// A set of effects: one bit for each kind of blocking, then the bits below.
using EffectSet = uint32_t;

inline constexpr EffectSet bit(BlockKind Kind) {
  return EffectSet(1) << unsigned(Kind);
}

inline constexpr unsigned NumBlockKinds = unsigned(BlockKind::Other) + 1;

/// Blocking that an annotation declares without a kind. It cannot be disabled.
inline constexpr EffectSet DeclaredBlocking = EffectSet(1) << NumBlockKinds;
inline constexpr EffectSet SyncWaits = DeclaredBlocking << 1;
inline constexpr EffectSet Yields = SyncWaits << 1;

inline constexpr unsigned NumEffects = NumBlockKinds + 3;

/// Blocking of any kind.
inline constexpr EffectSet AnyBlocking = (DeclaredBlocking << 1) - 1;

/// Effects on the thread rather than on other coroutines.
inline constexpr EffectSet OnThread = AnyBlocking | SyncWaits;

inline constexpr EffectSet AllEffects = OnThread | Yields;

/// The effects that are wrong in a context.
inline constexpr EffectSet forbiddenIn(ContextKind Context) {
  switch (Context) {
  case ContextKind::NoYield:
    return AllEffects;
  case ContextKind::EventLoop:
    return OnThread;
  case ContextKind::Fiber:
    return AnyBlocking;
  case ContextKind::Pool:
    return SyncWaits;
  case ContextKind::AllowBlocking:
  case ContextKind::Caller:
    return 0;
  }
  return 0;
}

} // namespace corolint

#endif // COROLINT_EFFECT_EFFECTSET_H
