//===-- FrameDestruction.h - Destruction of coroutine frames ----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Decides whether the destructor of a task destroys an unfinished coroutine.
// `if (handle) handle.destroy();` does. These do not, or may not:
//
//     if (handle.done()) handle.destroy(); else detach();
//     if (!handle.promise().try_detach()) handle.destroy();
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_FRAMEDESTRUCTION_H
#define COROLINT_ACCESS_FRAMEDESTRUCTION_H

#include "clang/AST/DeclCXX.h"

namespace corolint {

/// Whether \p Destructor destroys a coroutine, finished or not, whenever it
/// holds one. False if unknown. \p Destructor may be a template's pattern;
/// methods of its own object that it calls are included.
bool destroysUnfinished(const clang::FunctionDecl &Destructor);

/// Whether \p Destructor contains code that destroys a coroutine.
bool mentionsDestroy(const clang::FunctionDecl &Destructor);

} // namespace corolint

#endif // COROLINT_ACCESS_FRAMEDESTRUCTION_H
