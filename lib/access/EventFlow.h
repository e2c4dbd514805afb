//===-- EventFlow.h - The event that control may have passed ----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_EVENTFLOW_H
#define COROLINT_ACCESS_EVENTFLOW_H

#include "clang/Analysis/CFG.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>
#include <vector>

namespace corolint {

/// Computes which event, such as a suspension point, control may have passed at
/// the start of each block of a graph. The graph and the predicate must outlive
/// it. Not thread-safe.
class EventFlow {
public:
  using Predicate = llvm::function_ref<bool(const clang::Stmt &)>;

  /// Whether control goes from events in a `try` block into its handlers. The
  /// graph has no such edges.
  enum class Handlers { Ignored, Followed };

  EventFlow(const clang::CFG &Graph, Predicate IsEvent, Handlers Throws);

  /// Calls \p Visit with each reachable expression and the event that control
  /// may have passed before it, or null.
  void
  visit(llvm::function_ref<void(const clang::Stmt &S, const clang::Stmt *Event)>
            Visit) const;

private:
  const clang::Stmt *after(const clang::Stmt &S,
                           const clang::Stmt *State) const {
    return !State && IsEvent(S) ? &S : State;
  }

  void enterHandlers();
  std::optional<const clang::Stmt *> stateIn(const clang::Stmt &Block) const;
  void spread(const clang::CFGBlock &From);

  const clang::CFG &Graph;
  Predicate IsEvent;
  std::vector<const clang::Stmt *> Before; ///< By block.
  llvm::BitVector Reached;
};

} // namespace corolint

#endif // COROLINT_ACCESS_EVENTFLOW_H
