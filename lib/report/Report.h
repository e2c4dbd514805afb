//===-- Report.h - Writes reports and baselines -----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_REPORT_REPORT_H
#define COROLINT_REPORT_REPORT_H

#include "report/Finding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <memory>
#include <optional>

namespace corolint {

enum class Format { Text, Json, Sarif, Github, Html };

/// The format spelled \p Name: text, json, sarif, github or html.
std::optional<Format> formatByName(llvm::StringRef Name);

/// The properties of a report besides its findings.
struct ReportContext {
  std::string Version; ///< "0.2.0".
  std::string Root;    ///< Paths below it may be shown as relative.
  bool Color = false;  ///< Colours in text reports.
};

/// Writes \p Findings to \p Out.
void writeReport(llvm::raw_ostream &Out, Format As,
                 llvm::ArrayRef<Finding> Findings,
                 const ReportContext &Context);

/// Source files, read on demand.
class SourceLines {
public:
  /// Line number \p Line (from 1) without its end, or nothing if there is none.
  std::optional<llvm::StringRef> line(llvm::StringRef File, unsigned Line);

private:
  struct Text {
    std::unique_ptr<llvm::MemoryBuffer> Buffer;
    std::vector<llvm::StringRef> Lines;
  };
  llvm::StringMap<Text> Files;
};

/// Whether NOLINT on \p Line, or NOLINTNEXTLINE on the line \p Before it,
/// suppresses \p Check.
bool isSuppressed(llvm::StringRef Line, llvm::StringRef Before,
                  llvm::StringRef Check);

/// Among findings that no unit could decide, removes those that NOLINT,
/// NOLINTNEXTLINE or NOLINTBEGIN suppresses.
void dropSuppressed(std::vector<Finding> &Findings);

//===----------------------------------------------------------------------===//
// Baseline
//===----------------------------------------------------------------------===//

/// Returns a baseline that accepts \p Findings.
std::string writeBaseline(llvm::ArrayRef<Finding> Findings);

/// Removes the findings that the baseline \p File accepts. Errors name file and
/// line.
llvm::Error applyBaseline(llvm::MemoryBufferRef File,
                          std::vector<Finding> &Findings);

} // namespace corolint

#endif // COROLINT_REPORT_REPORT_H
