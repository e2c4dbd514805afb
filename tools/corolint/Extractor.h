//===-- Extractor.h - Extracts a summary from a source file -----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Parses one translation unit and runs the checks over it exactly as clang-tidy
// does, so that NOLINT, header filters and options have the same meaning.
// Findings of the checks are certain. Sites that depend on other units become
// pending sites.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_EXTRACTOR_H
#define COROLINT_TOOLS_EXTRACTOR_H

#include "Profile.h"
#include "clang-tidy/ClangTidyOptions.h"
#include "program/Summary.h"
#include "program/UnitPaths.h"
#include "llvm/Support/Error.h"
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace corolint {

struct ModuleGraph;

/// One unit to extract, with its options.
struct ExtractionJob {
  std::string File;      ///< Absolute.
  std::string Directory; ///< Where the command runs.
  /// Paths below the root are stored relative to it, so that its location does
  /// not matter. `Root` is spelt as in commands, `RealRoot` has no symbolic
  /// links.
  std::string Root, RealRoot;
  /// Adapted for Clang (see Command.h).
  std::vector<std::string> Command;
  std::vector<std::string> Dropped; ///< Flags that Clang lacks.
  std::string Variant;
  clang::tidy::ClangTidyOptions Options; ///< For the file.

  // Of C++20 modules (see Modules.h).
  bool IsModuleUser = false;                  ///< Declares or imports a module.
  std::vector<unsigned> Imports;              ///< Units of `Modules`.
  std::shared_ptr<const ModuleGraph> Modules; ///< Null without imports.
  std::string OwnModules; ///< The directory of BMIs that the driver built.

  UnitPaths paths() const { return {Directory, Root, RealRoot}; }

  /// The argument that names the file, or nothing if none does.
  std::optional<llvm::StringRef> fileArgument() const;
};

/// The options that apply to \p File: those of the nearest .clang-tidy, then
/// \p Checks (from the command line). The coro checks are on unless one of
/// these disables them.
llvm::Expected<clang::tidy::ClangTidyOptions>
optionsFor(llvm::StringRef File, llvm::StringRef Checks);

/// Receives the summary of a unit. It may end the process instead of returning,
/// so that Clang's state need not be destroyed.
using SummaryReceiver =
    std::function<void(llvm::Expected<std::unique_ptr<Summary>>)>;

/// Extracts the summary for \p Receive. The process changes its directory to
/// the job's. Errors in the source are listed in the summary. If \p Plain,
/// every template is instantiated that a compiler would instantiate. If \p
/// Costs is not null, it receives the time of each step.
void extract(const ExtractionJob &Job, bool Plain, UnitCosts *Costs,
             const SummaryReceiver &Receive);

/// Units that are parsed after one preamble.
struct SharedParse {
  /// C++ jobs in one directory, with commands that differ only in
  /// `fileArgument`.
  std::vector<const ExtractionJob *> Jobs;
  std::string Preamble; ///< One `#include` per line.
  /// Called when the preamble has been parsed. Returns once for each unit, each
  /// time in a process of its own, with the index of its job.
  std::function<size_t()> Branch;
  /// Called in such a process with the result for its unit.
  SummaryReceiver Receive;
  /// Called in such a process if the unit must be extracted alone, and in the
  /// first process if the preamble cannot be parsed. Does not return.
  std::function<void()> GiveUp;
  /// As for `extract`. `Branch` may change it.
  UnitCosts *Costs = nullptr;
};

/// Extracts the units of \p Shared, each in the process in which `Branch`
/// returns.
void extractShared(const SharedParse &Shared);

/// For example "corolint 0.2.0 (LLVM 22.1)".
std::string versionText();

} // namespace corolint

#endif // COROLINT_TOOLS_EXTRACTOR_H
