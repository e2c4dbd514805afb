//===-- Setup.h - corolint init and corolint doctor -------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_SETUP_H
#define COROLINT_TOOLS_SETUP_H

#include "llvm/ADT/StringRef.h"

namespace corolint {

/// Writes configuration for the project in \p Directory; leaves what is there
/// alone unless \p Force. Returns the exit status.
int init(llvm::StringRef Directory, bool Force);

/// Proves that the parts fit together by finding a planted bug. \p Index may be
/// empty. Returns the exit status.
int doctor(llvm::StringRef Index);

} // namespace corolint

#endif // COROLINT_TOOLS_SETUP_H
