//===-- Since.h - What changed since a commit -------------------*- C++ -*-===//
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

/// Keeps the findings that the changes since the git revision \p Ref introduce:
/// those with the place itself, or a step of the witness, on a changed line.
/// Uncommitted changes and new files count as changes.
llvm::Error keepSince(llvm::StringRef Ref, std::vector<Finding> &Findings);

} // namespace corolint

#endif // COROLINT_TOOLS_SINCE_H
