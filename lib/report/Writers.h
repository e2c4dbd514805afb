//===-- Writers.h - The writers of single formats ---------------*- C++ -*-===//
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

/// \p Text with invalid UTF-8 replaced, which JSON does not allow.
std::string utf8(llvm::StringRef Text);

void writeSarif(llvm::raw_ostream &Out, llvm::ArrayRef<Finding> Findings,
                const ReportContext &Context);
void writeHtml(llvm::raw_ostream &Out, llvm::ArrayRef<Finding> Findings,
               const ReportContext &Context);

} // namespace corolint

#endif // COROLINT_REPORT_WRITERS_H
