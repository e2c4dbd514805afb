//===-- NeededBodies.h - Which templates a unit must instantiate *- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Half of the time that Clang spends on a unit goes to the bodies of library
// templates that it instantiates at the end of the unit, and a part of the rest
// to the bodies of other library functions. The analysis enters the body of a
// described library only where that can call code of the user, so only those
// bodies are needed.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_NEEDEDBODIES_H
#define COROLINT_TOOLS_NEEDEDBODIES_H

#include "model/Libraries.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Type.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace corolint {

/// Decides for the implicit instantiations of one AST. Not thread-safe.
class NeededBodies {
public:
  /// Takes the libraries that the built-in models describe.
  NeededBodies();

  /// Whether the analysis may look into the body of \p Instance, an implicit
  /// instantiation of a function template or of a member of a class template.
  /// When in doubt, it may.
  bool contains(const clang::FunctionDecl &Instance);

  /// Whether the analysis may look into the body of \p Function, which is about
  /// to be parsed. Only bodies in system headers that are no templates' are not
  /// needed.
  bool containsWritten(const clang::FunctionDecl &Function);

private:
  bool mayMatter(const clang::FunctionDecl &Function);
  class TypeWalk;

  Libraries Described;
  /// Types that lead to libraries and built-in types alone.
  llvm::DenseSet<const clang::Type *> Harmless;
};

} // namespace corolint

#endif // COROLINT_TOOLS_NEEDEDBODIES_H
