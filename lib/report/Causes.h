//===-- Causes.h - Groups findings by root cause ----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_REPORT_CAUSES_H
#define COROLINT_REPORT_CAUSES_H

#include "report/Report.h"

namespace corolint {

/// The findings that have one root cause.
struct RootCause {
  std::string Title;            ///< "'sleep' blocks (sleep) [posix]".
  std::string Remedy;           ///< How to fix all of them; or empty.
  std::vector<size_t> Findings; ///< Their numbers, in order.
};

/// The root causes of \p Findings, sorted by the number of findings, largest
/// first. With \p ByPlace, calls of one library function from two places are
/// two causes.
std::vector<RootCause> rootCauses(llvm::ArrayRef<Finding> Findings,
                                  bool ByPlace = false);

/// The functions from the one with the finding down to the root cause.
std::vector<std::string> chainOf(const Finding &F);

/// Writes the findings as text, grouped by root cause: for each cause its
/// remedy, the witness of its first finding, and one line for each other
/// finding.
void writeByCause(llvm::raw_ostream &Out, llvm::ArrayRef<Finding> Findings,
                  const ReportContext &Context);

/// If many findings lead to one place, writes a summary of these places to
/// \p Out: one annotation there fixes them all.
void writeCommonCauses(llvm::raw_ostream &Out, llvm::ArrayRef<Finding> Findings,
                       const ReportContext &Context);

} // namespace corolint

#endif // COROLINT_REPORT_CAUSES_H
