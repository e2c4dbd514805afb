//===-- Extractor.h - From a source file to its summary ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Parses one translation unit and runs the checks over it just as clang-tidy
// does, so that NOLINT, header filters and options mean the same; what the
// checks find is certain, what they leave open becomes a pending site.
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

/// What there is to extract, and how.
struct ExtractionJob {
  std::string File;      ///< Absolute.
  std::string Directory; ///< Where the command runs.
  /// Files below it are named relative to it, wherever it lies; as commands
  /// spell it, and without symbolic links.
  std::string Root, RealRoot;
  /// Ready for Clang (see Command.h).
  std::vector<std::string> Command;
  std::vector<std::string> Dropped; ///< Flags that Clang lacks.
  std::string Variant;
  clang::tidy::ClangTidyOptions Options; ///< Of the file.

  // Of C++20 modules (see Modules.h).
  bool IsModuleUser = false;                  ///< Declares or imports a module.
  std::vector<unsigned> Imports;              ///< Units of `Modules`.
  std::shared_ptr<const ModuleGraph> Modules; ///< Null without imports.
  std::string OwnModules; ///< The directory of BMIs that the driver built.

  UnitPaths paths() const { return {Directory, Root, RealRoot}; }

  /// How the command names the file; nothing if it does not.
  std::optional<llvm::StringRef> fileArgument() const;
};

/// The options that hold for \p File: the nearest .clang-tidy, then \p Checks
/// (the command line's). The coro checks are on unless one of these says no.
llvm::Expected<clang::tidy::ClangTidyOptions>
optionsFor(llvm::StringRef File, llvm::StringRef Checks);

/// Takes the summary of a unit. It need not return: a process that has all it
/// wants may end there, and Clang's state is not taken apart.
using SummaryReceiver =
    std::function<void(llvm::Expected<std::unique_ptr<Summary>>)>;

/// Extracts the summary for \p Receive. The process changes its directory to
/// the job's. Errors in the source are listed in the summary. If \p Plain,
/// every template is instantiated that a compiler would instantiate. The steps
/// are timed in \p Costs unless it is null.
void extract(const ExtractionJob &Job, bool Plain, UnitCosts *Costs,
             const SummaryReceiver &Receive);

/// Units that are parsed after one preamble.
struct SharedParse {
  /// C++, in one directory, with commands that differ by `fileArgument` alone.
  std::vector<const ExtractionJob *> Jobs;
  std::string Preamble; ///< One `#include` a line.
  /// Called when the preamble has been parsed. Returns once for each unit, each
  /// time in a process of its own, with the index of its job.
  std::function<size_t()> Branch;
  /// Called in such a process with what it made of its unit.
  SummaryReceiver Receive;
  /// Called in such a process when the unit must be extracted alone, and in the
  /// first one when the preamble cannot be parsed. Does not return.
  std::function<void()> GiveUp;
  /// As of `extract`; `Branch` may change it.
  UnitCosts *Costs = nullptr;
};

/// Extracts the units of \p Shared, each in the process that `Branch` returns
/// in.
void extractShared(const SharedParse &Shared);

/// "corolint 0.2.0 (LLVM 22.1)".
std::string versionText();

} // namespace corolint

#endif // COROLINT_TOOLS_EXTRACTOR_H
