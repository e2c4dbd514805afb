//===-- LineTable.h - From an address to a source line ----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RUNTIME_LINETABLE_H
#define COROLINT_RUNTIME_LINETABLE_H

#include "corolint/rt/Contracts.h"
#include <vector>

namespace corolint::rt::detail {

/// The source line of the call that returns to \p ReturnAddress, from the line
/// tables (DWARF 3 to 5) of the program or library it lies in. Line 0 if there
/// are none. Thread-safe; slow at first, since it reads the file.
SourceSite locate(void *ReturnAddress);

/// The call in the coroutine that an executor resumed: of all frames of
/// \p Stack (innermost first) the last one before the runtime's own.
SourceSite siteOfCoroutineCall(const std::vector<void *> &Stack);

} // namespace corolint::rt::detail

#endif // COROLINT_RUNTIME_LINETABLE_H
