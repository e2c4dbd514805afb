//===-- NoYieldScope.h - A region that must not yield -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_NOYIELDSCOPE_H
#define COROLINT_RT_NOYIELDSCOPE_H

#include "corolint/rt/Context.h"
#include "corolint/rt/Contracts.h"
#include "corolint/rt/Releases.h"
#include <functional>
#include <utility>

namespace corolint::rt {

/// While an object lives, the code around it must not yield: no other coroutine
/// may run on this thread. Suspending is then a violation
/// (coro-no-yield-region), and so is pumping an event loop. Costs one load when
/// contracts are off. Belongs to one thread and one coroutine.
///
/// The scope isolates only from coroutines of the same thread: use it on a
/// loop, or on a pool with one worker. Other workers of a pool keep running, so
/// there the contracts report the region (rt-no-isolation), once per place: use
/// an `AsyncMutex`.
class [[nodiscard]] COROLINT_NO_YIELD_SCOPE NoYieldScope {
public:
  /// Inlined, so that `addressHere()` is in the function that opens the region.
  [[gnu::always_inline]] explicit NoYieldScope(
      const std::source_location &Begin = std::source_location::current())
      : Open(Contracts::active()) {
    if (!Open) [[likely]]
      return;
    detail::checkIsolation(Begin);
    detail::noteGuard(this, &Begin);
    detail::OpenRegions &Regions = detail::ThisThread.Regions;
    OuterBegin = Regions.NoYieldBegin;
    OuterFunction = Regions.NoYieldFunction;
    Regions.NoYieldBegin = Begin;
    Regions.NoYieldFunction = detail::addressHere();
    ++Regions.NoYield;
  }
  ~NoYieldScope() {
    if (Open) [[unlikely]]
      detail::endGuard(this);
    end();
  }
  NoYieldScope(const NoYieldScope &) = delete;
  NoYieldScope &operator=(const NoYieldScope &) = delete;

  /// Ends the region early. Harmless if repeated.
  COROLINT_NO_YIELD_END void end() noexcept {
    if (!std::exchange(Open, false)) [[likely]]
      return;
    detail::forgetGuard(this);
    detail::OpenRegions &Regions = detail::ThisThread.Regions;
    if (Regions.NoYield != 0)
      --Regions.NoYield;
    Regions.NoYieldBegin = OuterBegin;
    Regions.NoYieldFunction = OuterFunction;
  }

private:
  bool Open;
  std::source_location OuterBegin;
  void *OuterFunction = nullptr;
};

namespace detail {
template <class F>
decltype(auto) invokeInScope(F &&Function, const std::source_location &Begin) {
  NoYieldScope Scope(Begin);
  return std::invoke(std::forward<F>(Function));
}
} // namespace detail

/// Calls \p Function, which must not yield, and returns what it returns.
template <class F>
decltype(auto)
no_yield(F &&Function COROLINT_NO_YIELD,
         const std::source_location &Begin = std::source_location::current()) {
  return detail::invokeInScope(std::forward<F>(Function), Begin);
}

} // namespace corolint::rt

#endif // COROLINT_RT_NOYIELDSCOPE_H
