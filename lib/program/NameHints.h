//===-- NameHints.h - Guesses effects from names ----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Guesses what a function waits for, for a person to confirm. No verdict
// depends on it.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_NAMEHINTS_H
#define COROLINT_PROGRAM_NAMEHINTS_H

#include "model/Model.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace corolint {

/// The kind of blocking that a word of the last component of \p Qualified
/// suggests (`wait_all`, `ReadFrame`). None if no word does, or if the function
/// only starts or queries something (`async_read`, `isOpen`).
std::optional<BlockKind> hintOf(llvm::StringRef Qualified);

} // namespace corolint

#endif // COROLINT_PROGRAM_NAMEHINTS_H
