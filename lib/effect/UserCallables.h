//===-- UserCallables.h - Callbacks from library functions ------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_USERCALLABLES_H
#define COROLINT_EFFECT_USERCALLABLES_H

#include "code/Facts.h"

namespace corolint {

/// The callables of the user that appear in the signature of \p Function, a
/// library function: in its parameters, template arguments and class.
llvm::SmallVector<const clang::FunctionDecl *, 2>
userCallables(const clang::FunctionDecl &Function, ModelIndex &Models);

/// Whether \p Override, a virtual method, only forwards to an object whose type
/// its class hides from callers, as the classes inside `std::function` do.
/// Which of the many such overrides a call reaches depends on the stored
/// object, so one override allows no conclusion about the others.
bool erasesType(const clang::CXXMethodDecl &Override, Facts &Unit);

} // namespace corolint

#endif // COROLINT_EFFECT_USERCALLABLES_H
