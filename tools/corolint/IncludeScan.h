//===-- IncludeScan.h - What a unit includes --------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Preprocesses units by their directives alone, as clang-scan-deps does: a few
// hundredths of what a parse costs. The directives of a header are read once
// for all units.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_INCLUDESCAN_H
#define COROLINT_TOOLS_INCLUDESCAN_H

#include "Extractor.h"
#include "clang/Basic/FileManager.h"
#include "clang/Lex/DependencyDirectivesScanner.h"
#include "llvm/ADT/DenseMap.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace corolint {

/// A header that some scanned unit includes.
struct ScannedHeader {
  uint64_t Bytes = 0;
  /// An include guard or `#pragma once` makes every inclusion but the first an
  /// empty one, in all units scanned so far.
  bool Guarded = true;
  bool System = false; ///< Found as one of the system's, in some unit.
};

/// The first inclusion of a header in a unit.
struct Inclusion {
  /// For `Includer`: the unit's own file.
  static constexpr unsigned UnitFile = ~0u;

  unsigned Header = 0;          ///< Index of the scanner's headers.
  unsigned Includer = UnitFile; ///< Index of the scanner's headers.
  /// What names the header wherever the directive stands: `<a/b.h>`, or an
  /// absolute path in quotes; empty if only its place finds it.
  std::string Spelling;
};

/// The headers of one unit, in the order of their first inclusion.
using UnitIncludes = std::vector<Inclusion>;

/// The directives of files, each read once. Not thread-safe.
class DirectiveCache;

/// Scans units that run in one directory. Not thread-safe.
class IncludeScanner {
public:
  IncludeScanner();
  ~IncludeScanner();

  /// What the unit of \p Job includes; nothing if it cannot be preprocessed or
  /// imports modules. The working directory must be the job's.
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
