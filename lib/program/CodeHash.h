//===-- CodeHash.h - Whether a file still says the same ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_CODEHASH_H
#define COROLINT_PROGRAM_CODEHASH_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <string>

namespace corolint {

/// \p Code with each comment replaced by spaces of the same length, and without
/// the spaces at the ends of lines and of the file. No line or column of other
/// text changes. Kept are comments that contain `NOLINT`, which suppress
/// findings, those on a preprocessor directive's line, and those after a
/// backslash.
std::string withoutComments(llvm::StringRef Code);

/// Whether \p Name, as in summaries, is that of a C++ file of the project.
bool isCodeOfProject(llvm::StringRef Name);

/// A hash of the content of a file, by which a later run recognises that it is
/// unchanged. \p Name is the file's name in summaries, which is relative if the
/// file belongs to the project. Two contents of a C or C++ file of the project
/// have the same hash if they differ only in comments (`withoutComments`).
/// Thread-safe.
uint64_t hashOfFile(llvm::StringRef Name, llvm::StringRef Content);

} // namespace corolint

#endif // COROLINT_PROGRAM_CODEHASH_H
