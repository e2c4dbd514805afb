//===-- Relocations.h - Elements that a library moves -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_RELOCATIONS_H
#define COROLINT_EFFECT_RELOCATIONS_H

#include "code/Facts.h"

namespace corolint {

/// Finds where a library function destroys what it has moved elsewhere, as a
/// vector does that grows: the moved-from elements have nothing to do when
/// it is destroyed. Not thread-safe.
class RelocationFinder {
public:
  explicit RelocationFinder(Facts &Unit) : Unit(Unit) {}

  /// Whether all that site number \p SiteIndex of \p Function, a library
  /// function, does with the user's classes is to destroy objects of classes
  /// whose objects \p Function has moved before, in the order of the source.
  bool isRelocated(const clang::FunctionDecl &Function, unsigned SiteIndex);

private:
  /// What calling a library function does with objects.
  struct Uses {
    llvm::SmallPtrSet<const clang::CXXRecordDecl *, 2> Moved;
    llvm::SmallPtrSet<const clang::CXXRecordDecl *, 2> Destroyed;
    bool Others = false; ///< It calls something else of the user.
  };
  void addUse(const Site &S, Uses &To,
              llvm::SmallVectorImpl<const clang::FunctionDecl *> &Inside);
  Uses usesOf(const Site &S,
              const llvm::SmallPtrSetImpl<const clang::CXXRecordDecl *> *Stop);

  Facts &Unit;
};

} // namespace corolint

#endif // COROLINT_EFFECT_RELOCATIONS_H
