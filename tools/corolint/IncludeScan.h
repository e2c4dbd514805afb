//===-- IncludeScan.h - Finds the includes of a unit ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Preprocesses only the directives of units, as clang-scan-deps does, which
// costs a few per cent of a parse. The directives of a header are read once for
// all units.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_INCLUDESCAN_H
#define COROLINT_TOOLS_INCLUDESCAN_H

#include "Extractor.h"
#include "clang/Basic/FileManager.h"
#include "clang/Lex/DependencyDirectivesScanner.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace corolint {

/// A header that some scanned unit includes.
struct ScannedHeader {
  uint64_t Bytes = 0;
  /// An include guard or `#pragma once` makes every inclusion after the first
  /// empty, in all units scanned so far.
  bool Guarded = true;
  bool System = false; ///< Found as a system header in some unit.
  bool InUnit = false; ///< Some unit's own file includes it.
  /// The headers that include it.
  llvm::SmallDenseSet<unsigned, 4> Includers;
};

/// The first inclusion of a header in a unit.
struct Inclusion {
  /// Value of `Includer`: the unit's own file.
  static constexpr unsigned UnitFile = ~0u;

  unsigned Header = 0;          ///< Index of the scanner's headers.
  unsigned Includer = UnitFile; ///< Index of the scanner's headers.
  /// The spelling that finds the header from anywhere: `<a/b.h>`, or an
  /// absolute path in quotes. Empty if the result depends on the including
  /// file.
  std::string Spelling;
};

/// The headers of one unit, in the order of their first inclusion.
using UnitIncludes = std::vector<Inclusion>;

/// Caches the directives of files. Not thread-safe.
class DirectiveCache;

/// Scans units that are compiled in one directory. Not thread-safe.
class IncludeScanner {
public:
  IncludeScanner();
  ~IncludeScanner();

  /// The inclusions of the unit of \p Job, or nothing if it cannot be
  /// preprocessed or imports modules. The working directory must be the job's.
  std::optional<UnitIncludes> scan(const ExtractionJob &Job);

  llvm::ArrayRef<ScannedHeader> headers() const { return Headers; }

  /// The index of \p File among `headers`.
  unsigned indexOf(clang::FileEntryRef File);

private:
  llvm::IntrusiveRefCntPtr<clang::FileManager> Files;
  std::unique_ptr<DirectiveCache> Directives;
  std::vector<ScannedHeader> Headers;
  llvm::DenseMap<const clang::FileEntry *, unsigned> Indexes;

  friend class ScanAction;
};

} // namespace corolint

#endif // COROLINT_TOOLS_INCLUDESCAN_H
