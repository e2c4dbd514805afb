//===-- UnitWords.h - The identifiers of a unit --------------- -*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_UNITWORDS_H
#define COROLINT_TOOLS_UNITWORDS_H

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <string>

namespace clang {
class Preprocessor;
} // namespace clang

namespace corolint {

/// The identifiers that the preprocessor met in one unit, headers included, and
/// those that it formed itself. Each is kept as a hash of 22 bits: about one of
/// a hundred other words is taken for one of 40,000 identifiers. Thread-safe
/// once read.
class UnitWords {
public:
  /// Those of \p PP, as bytes. Empty if not all are known, because some come
  /// from a serialised AST.
  static std::string write(clang::Preprocessor &PP);

  /// Reads what `write` returned. Of damaged or missing bytes, everything is
  /// contained.
  explicit UnitWords(llvm::StringRef Bytes);

  /// Whether \p Word may be among the identifiers.
  bool mayContain(llvm::StringRef Word) const;

  /// Whether \p Word may have been a macro somewhere in the unit.
  bool mayBeMacro(llvm::StringRef Word) const;

private:
  llvm::DenseSet<uint32_t> All, Macros;
  bool IsKnown = false;
};

} // namespace corolint

#endif // COROLINT_TOOLS_UNITWORDS_H
