//===-- NameHints.h - What the words of a name suggest ----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A guess at what a function waits for, for people to confirm: no verdict rests
// on it.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_NAMEHINTS_H
#define COROLINT_PROGRAM_NAMEHINTS_H

#include "model/Model.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace corolint {

/// The kind of blocking that the last component of \p Qualified suggests by a
/// word of its own (`wait_all`, `ReadFrame`); none if it suggests nothing, or
/// that the function only starts or asks something (`async_read`, `isOpen`).
std::optional<BlockKind> hintOf(llvm::StringRef Qualified);

} // namespace corolint

#endif // COROLINT_PROGRAM_NAMEHINTS_H
