//===-- ExtractAll.h - Units, each in a process of its own -----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_EXTRACTALL_H
#define COROLINT_TOOLS_EXTRACTALL_H

#include "Extractor.h"
#include "program/Program.h"
#include "report/Report.h"
#include <memory>
#include <string>
#include <vector>

namespace corolint {

/// Exit statuses of every command.
enum Exit : int { Clean = 0, Found = 1, Failed = 2 };

/// How units are extracted.
struct ExtractOptions {
  std::string Cache;       ///< Directory; empty: none.
  uint64_t CacheBytes = 0; ///< What the cache may hold; 0: no limit.
  unsigned Jobs = 1;       ///< Processes at once.
  bool Quiet = false;      ///< No progress.
  /// Units parse the headers that they share once, and instantiate only the
  /// templates that the analysis looks into. Findings are the same.
  bool Shortcuts = true;
  bool Profile = false; ///< Results tell what each step cost.
};

/// The outcome for one unit.
struct Extracted {
  std::unique_ptr<llvm::MemoryBuffer> Shard; ///< Null if it failed.
  std::string Error;                         ///< Why, then.
  bool FromCache = false;
  unsigned Milliseconds = 0; ///< Of the extraction.
  UnitCosts Costs;           ///< The same in detail.
  StepTimes Common;          ///< What was done for this and other units.
  bool Repeated = false;     ///< It was extracted with others, but in vain.
};

/// Extracts \p Jobs, each in a process of its own; results in the same order.
std::vector<Extracted> extractAll(llvm::ArrayRef<ExtractionJob> Jobs,
                                  const ExtractOptions &Options);

/// How `pastCosts` knows a unit.
std::string costKey(const ExtractionJob &Job);

/// Milliseconds that each unit took the last time.
llvm::StringMap<unsigned> pastCosts(llvm::StringRef Cache);

/// Unpacks \p Shards, several at once, and adds them to \p Into.
llvm::Error addShards(llvm::ArrayRef<llvm::MemoryBufferRef> Shards,
                      Program &Into);

/// Adds shards, and those in indexes, to \p Into. \p Keep holds the memory.
llvm::Error loadInputs(llvm::ArrayRef<std::string> Paths, Program &Into,
                       std::vector<std::unique_ptr<llvm::MemoryBuffer>> &Keep);

/// Prints what went wrong in the units: errors of the compiler, dropped flags.
/// Returns whether some unit was not analysed as it should be.
bool reportTroubles(const Program &Linked);

} // namespace corolint

#endif // COROLINT_TOOLS_EXTRACTALL_H
