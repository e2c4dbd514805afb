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

/// Finds destructions of objects that a library function has already moved
/// elsewhere, as a growing vector does: destroying a moved-from element has no
/// effect. Not thread-safe.
class RelocationFinder {
public:
  explicit RelocationFinder(Facts &Unit) : Unit(Unit) {}

  /// Whether site number \p SiteIndex of \p Function, a library function,
  /// affects user classes only by destroying objects of classes that
  /// \p Function has moved before, in source order.
  bool isRelocated(const clang::FunctionDecl &Function, unsigned SiteIndex);

private:
  /// The effects of calling a library function on objects.
  struct Uses {
    llvm::SmallPtrSet<const clang::CXXRecordDecl *, 2> Moved;
    llvm::SmallPtrSet<const clang::CXXRecordDecl *, 2> Destroyed;
    bool Others = false; ///< It calls other functions of the user.
  };
  void addUse(const Site &S, Uses &To,
              llvm::SmallVectorImpl<const clang::FunctionDecl *> &Inside);
  Uses usesOf(const Site &S,
              const llvm::SmallPtrSetImpl<const clang::CXXRecordDecl *> *Stop);

  Facts &Unit;
};

} // namespace corolint

#endif // COROLINT_EFFECT_RELOCATIONS_H
