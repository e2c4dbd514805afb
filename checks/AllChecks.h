//===-- AllChecks.h - Creates checks by name --------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_ALLCHECKS_H
#define COROLINT_CHECKS_ALLCHECKS_H

#include "CoroCheck.h"

namespace corolint {

/// Creates the check called \p Name, which must be one of Checks.def.
std::unique_ptr<CoroCheck> createCheck(llvm::StringRef Name,
                                       clang::tidy::ClangTidyContext *Context,
                                       std::shared_ptr<Session> Shared);

} // namespace corolint

#endif // COROLINT_CHECKS_ALLCHECKS_H
