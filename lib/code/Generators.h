//===-- Generators.h - Callers of synchronous generators --------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CODE_GENERATORS_H
#define COROLINT_CODE_GENERATORS_H

#include "code/Facts.h"

namespace corolint {

/// The synchronous generator whose body the call at \p S runs: `begin()` of a
/// range-for, `next()`, or another method that may change the generator. The
/// call that creates the generator must be visible: it initialises a variable
/// of the function, or it is the range itself. Null if \p S does not iterate
/// one.
const clang::FunctionDecl *iteratedGenerator(const Site &S, Facts &Unit);

} // namespace corolint

#endif // COROLINT_CODE_GENERATORS_H
