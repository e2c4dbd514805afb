//===-- FunctionKeys.h - Names functions across units -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_FUNCTIONKEYS_H
#define COROLINT_PROGRAM_FUNCTIONKEYS_H

#include "program/Summary.h"
#include "clang/AST/Decl.h"

namespace corolint {

/// Whether no other translation unit can name \p Function: it has internal
/// linkage, is a lambda or a member of a local class, or belongs to a library.
bool isLocalToUnit(const clang::FunctionDecl &Function);

/// The key of \p Function, or zero if it is local to its unit.
FunctionKey keyOf(const clang::FunctionDecl &Function);

} // namespace corolint

#endif // COROLINT_PROGRAM_FUNCTIONKEYS_H
