//===-- FileEdit.h - Edits that only move code ---------------- -*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Most edits of a header concern few of the units that include it: a comment
// grew, or a declaration was added that other units do not name. This part
// recognises such edits. Wherever it is unsure, the edit counts as any other.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_FILEEDIT_H
#define COROLINT_TOOLS_FILEEDIT_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace corolint {

/// The difference between two versions of a file, if all code of the earlier
/// one is still there, in the same order, and nothing but declarations was
/// added.
struct FileEdit {
  /// For each line of the earlier version, its number in the later one. The
  /// first element is line 1. 0: a line without code.
  std::vector<uint32_t> LineOf;
  /// The names that the added declarations declare. A unit is affected only if
  /// it mentions one of these.
  std::vector<std::string> Declared;
  /// Every identifier in them. A unit in which one is a macro is affected.
  std::vector<std::string> Words;
};

/// Compares two versions of a C++ file, both as `withoutComments` gives them.
/// Accepted additions, at namespace scope, are declarations of functions,
/// variables (`extern`), classes and enumerations without a body, and aliases,
/// whose other names occur earlier in the file. If \p IsHeader is false, what
/// may be the definition of a variable is refused. Nothing if the difference is
/// any other, or what followed NOLINTNEXTLINE does so no more. Thread-safe.
std::optional<FileEdit> compareVersions(llvm::StringRef Before,
                                        llvm::StringRef After, bool IsHeader);

} // namespace corolint

#endif // COROLINT_TOOLS_FILEEDIT_H
