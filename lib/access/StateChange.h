//===-- StateChange.h - Changes, independent of the unit --------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A change of shared state, reduced to the properties that decide whether it
// makes old knowledge wrong. The rule treats changes in this unit and, by their
// class numbers, changes in other units alike.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_STATECHANGE_H
#define COROLINT_ACCESS_STATECHANGE_H

#include "access/Access.h"

namespace corolint {

/// What a change does to some state.
struct StateChange {
  AccessKind Kind = AccessKind::Write;
  /// The state itself changes, not an object that it refers to or contains.
  bool IsWhole = true;
  /// Write: the assigned pointer leads to an existing object.
  bool AssignsObject = false;
  /// Write: the assigned value, if it is constant.
  std::optional<int64_t> Constant;

  /// One of `NumClasses` classes. Two changes of a class differ at most in the
  /// assigned constant.
  unsigned classNumber() const;

  /// A change of class \p Number. If it assigns a constant other than 0, then a
  /// constant other than \p Avoided.
  static StateChange ofClass(unsigned Number, std::optional<int64_t> Avoided);

  static constexpr unsigned NumClasses = 16;

  /// Whether it may remove an element that a condition found.
  bool spoilsPresence() const;
};

/// The change made by the access \p Made, which must be one.
StateChange changeOf(const Access &Made, Facts &Unit);

/// Whether other units can name \p State, a member or variable.
bool isNamedElsewhere(const clang::ValueDecl &State);

/// Whether \p Path ends at the state itself, not at an object that it refers to
/// or contains.
bool isWhole(const AccessPath &Path);

/// Whether \p Value is an object that the expression creates, or the address of
/// an existing one.
bool isNewObject(const clang::Expr *Value, Facts &Unit);

} // namespace corolint

#endif // COROLINT_ACCESS_STATECHANGE_H
