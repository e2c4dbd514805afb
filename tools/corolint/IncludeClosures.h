//===-- IncludeClosures.h - What headers include at all depths --*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_INCLUDECLOSURES_H
#define COROLINT_TOOLS_INCLUDECLOSURES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace corolint {

/// For each header, itself and everything that it includes, directly or not.
/// \p Included lists what each one includes itself; cycles are possible. Both
/// identify headers by their index. Thread-safe.
std::vector<llvm::BitVector>
includeClosures(llvm::ArrayRef<llvm::SmallVector<unsigned, 8>> Included);

} // namespace corolint

#endif // COROLINT_TOOLS_INCLUDECLOSURES_H
