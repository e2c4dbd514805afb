//===-- StateChange.h - Changes as other units see them ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A change of shared state, reduced to what decides whether it makes old
// knowledge wrong. The rule asks the same of a change in the unit at hand and,
// by the number of its class, of one in another unit.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_STATECHANGE_H
#define COROLINT_ACCESS_STATECHANGE_H

#include "access/Access.h"

namespace corolint {

/// What a change does to some state.
struct StateChange {
  AccessKind Kind = AccessKind::Write;
  /// The state itself changes, rather than what it points to or holds.
  bool IsWhole = true;
  /// Write: the assigned pointer leads to an object that is there.
  bool AssignsObject = false;
  /// Write: the assigned value, if it is constant.
  std::optional<int64_t> Constant;

  /// One of `NumClasses` classes. Two changes of a class differ in the
  /// assigned constant at most.
  unsigned classNumber() const;

  /// A change of class \p Number. If it assigns a constant other than 0, then
  /// one that is not \p Avoided.
  static StateChange ofClass(unsigned Number, std::optional<int64_t> Avoided);

  static constexpr unsigned NumClasses = 16;
};

/// What the access \p Made does, which must change its state.
StateChange changeOf(const Access &Made, Facts &Unit);

/// Whether other units have a name for \p State, a member or variable.
bool isNamedElsewhere(const clang::ValueDecl &State);

/// Whether \p Path ends at the state itself, rather than at something that it
/// points to or holds.
bool isWhole(const AccessPath &Path);

/// Whether \p Value is an object that the expression makes, or the address of
/// one that is there.
bool isNewObject(const clang::Expr *Value, Facts &Unit);

} // namespace corolint

#endif // COROLINT_ACCESS_STATECHANGE_H
