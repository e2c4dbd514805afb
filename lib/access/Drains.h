//===-- Drains.h - Work that was waited for ---------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A gate counts the work that has entered it. A coroutine that awaits its
// closing does not overlap with that work afterwards: the work is done, and no
// more can enter.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_DRAINS_H
#define COROLINT_ACCESS_DRAINS_H

#include "access/Interference.h"

namespace corolint {

/// The gates of one AST, and the work that enters them. Not thread-safe.
class Drains {
public:
  Drains(Facts &Unit, Interference &Others) : Unit(Unit), Others(Others) {}

  /// Whether \p Closer, at \p Where, has waited for the work of which \p Worker
  /// is a part.
  bool waitedFor(const clang::FunctionDecl &Closer, clang::SourceLocation Where,
                 const clang::FunctionDecl &Worker);

private:
  using Gates = llvm::SmallVector<const clang::ValueDecl *, 1>;
  Gates closedBefore(const clang::FunctionDecl &Function,
                     clang::SourceLocation Where);
  bool entersOneOf(const Gates &Closed, const clang::FunctionDecl &Worker);

  Facts &Unit;
  Interference &Others;
};

} // namespace corolint

#endif // COROLINT_ACCESS_DRAINS_H
