//===-- Since.h - Findings on changes since a commit ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_SINCE_H
#define COROLINT_TOOLS_SINCE_H

#include "report/Finding.h"
#include "llvm/Support/Error.h"

namespace corolint {

/// Keeps only findings that changes since the git revision \p Ref introduced:
/// those whose place, or a step of whose witness, is on a changed line.
/// Uncommitted changes and new files count as changes.
llvm::Error keepSince(llvm::StringRef Ref, std::vector<Finding> &Findings);

} // namespace corolint

#endif // COROLINT_TOOLS_SINCE_H
