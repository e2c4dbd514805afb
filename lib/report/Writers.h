//===-- Writers.h - Writers of single report formats ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_REPORT_WRITERS_H
#define COROLINT_REPORT_WRITERS_H

#include "report/Report.h"

namespace corolint {

/// \p File, relative to the report's root if it is below it.
std::string relativeTo(llvm::StringRef File, const ReportContext &Context);

/// Replaces invalid UTF-8, which JSON does not allow, in \p Text.
std::string utf8(llvm::StringRef Text);

void writeSarif(llvm::raw_ostream &Out, llvm::ArrayRef<Finding> Findings,
                const ReportContext &Context);
void writeHtml(llvm::raw_ostream &Out, llvm::ArrayRef<Finding> Findings,
               const ReportContext &Context);

} // namespace corolint

#endif // COROLINT_REPORT_WRITERS_H
