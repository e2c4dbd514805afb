//===-- LibraryDraft.h - Drafts a model from headers ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_LIBRARYDRAFT_H
#define COROLINT_TOOLS_LIBRARYDRAFT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace corolint {

/// Drafts a model file from the headers below \p Directory: functions whose
/// inline bodies wait, callables that functions call or keep, and guards. Each
/// entry has a comment with its place. \p Flags are the compiler's. Headers
/// that do not compile are named on standard error; the parts that Clang
/// understood are used. Fails if the directory does not exist or contains no
/// header.
llvm::Expected<std::string> draftModel(llvm::StringRef Directory,
                                       llvm::ArrayRef<std::string> Flags);

} // namespace corolint

#endif // COROLINT_TOOLS_LIBRARYDRAFT_H
