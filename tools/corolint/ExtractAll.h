//===-- ExtractAll.h - Extracts units in child processes --------*- C++ -*-===//
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

/// Options of the extraction.
struct ExtractOptions {
  std::string Cache;       ///< Directory; empty: none.
  uint64_t CacheBytes = 0; ///< Limit of the cache's size; 0: none.
  unsigned Jobs = 1;       ///< Processes at once.
  bool Quiet = false;      ///< No progress.
  /// Units share the parse of common headers, and instantiate only the
  /// templates that the analysis looks into. Findings do not change.
  bool Shortcuts = true;
  bool Profile = false; ///< Results include the cost of each step.
};

/// The outcome for one unit.
struct Extracted {
  std::unique_ptr<llvm::MemoryBuffer> Shard; ///< Null if it failed.
  std::string Error;                         ///< The reason, if it failed.
  bool FromCache = false;
  unsigned Milliseconds = 0; ///< Of the extraction.
  UnitCosts Costs;           ///< The same in detail.
  StepTimes Common;          ///< What was done for this and other units.
  bool Repeated = false;     ///< The shared extraction failed.
};

/// Extracts \p Jobs, each in a process of its own. Results are in the same
/// order.
std::vector<Extracted> extractAll(llvm::ArrayRef<ExtractionJob> Jobs,
                                  const ExtractOptions &Options);

/// The key of a unit in `pastCosts`.
std::string costKey(const ExtractionJob &Job);

/// The milliseconds that each unit took in the last run.
llvm::StringMap<unsigned> pastCosts(llvm::StringRef Cache);

/// Unpacks \p Shards in parallel and adds them to \p Into.
llvm::Error addShards(llvm::ArrayRef<llvm::MemoryBufferRef> Shards,
                      Program &Into);

/// Adds shards, and those in indexes, to \p Into. \p Keep owns the memory.
llvm::Error loadInputs(llvm::ArrayRef<std::string> Paths, Program &Into,
                       std::vector<std::unique_ptr<llvm::MemoryBuffer>> &Keep);

/// Prints problems of the units to \p Out: errors of the compiler, dropped
/// flags. Returns whether some unit was not analysed completely.
bool reportTroubles(const Program &Linked, llvm::raw_ostream &Out);

} // namespace corolint

#endif // COROLINT_TOOLS_EXTRACTALL_H
