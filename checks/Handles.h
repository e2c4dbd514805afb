//===-- Handles.h - Groups findings by stream or file -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A file that is opened, read and closed is one mistake, not three. This class
// groups the findings of one function by the handle that their calls share: a
// stream object, a `FILE *` or a descriptor.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_HANDLES_H
#define COROLINT_CHECKS_HANDLES_H

#include "code/Body.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>

namespace corolint {

/// The handles of one function and their findings. Not thread-safe.
class HandleGroups {
public:
  explicit HandleGroups(clang::ASTContext &Context) : Context(Context) {}

  /// The finding to which the call at \p S belongs, as a later use of its
  /// handle. If there is none, \p New becomes the finding of the handle. Each
  /// no-yield region has its own handles (\p Region; null outside).
  std::optional<size_t> groupOf(const Site &S, const clang::IfStmt *Region,
                                size_t New);

private:
  clang::ASTContext &Context;
  /// By handle: a variable, a member of this object, or the expression that
  /// creates a temporary.
  llvm::DenseMap<std::pair<const void *, const clang::IfStmt *>, size_t> Groups;
};

} // namespace corolint

#endif // COROLINT_CHECKS_HANDLES_H
