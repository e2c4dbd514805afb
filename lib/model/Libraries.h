//===-- Libraries.h - The code of described libraries -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LIBRARIES_H
#define COROLINT_MODEL_LIBRARIES_H

#include "clang/AST/Decl.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace corolint {

/// Knows the declarations that only models describe. The names must outlive it.
/// Not thread-safe.
class Libraries {
public:
  /// Adds namespaces that a model describes whole: its key `opaque`.
  void add(llvm::ArrayRef<llvm::StringRef> Namespaces) {
    Opaque.append(Namespaces.begin(), Namespaces.end());
  }

  /// Whether only models describe \p D: it is declared in a namespace that was
  /// added, or is C code in a system header. The kind of include path (`-I`,
  /// `-isystem`) makes no difference.
  bool contains(const clang::Decl &D);

private:
  bool judge(const clang::Decl &D);

  llvm::SmallVector<llvm::StringRef, 4> Opaque;
  llvm::DenseMap<const clang::NamespaceDecl *, bool> OpaqueNamespaces;
  llvm::DenseMap<const clang::Decl *, bool> Known;
};

} // namespace corolint

#endif // COROLINT_MODEL_LIBRARIES_H
