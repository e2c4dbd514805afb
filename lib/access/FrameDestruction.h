//===-- FrameDestruction.h - Who destroys a coroutine -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// Whether the destructor of a task destroys a coroutine that is not finished.
/// `if (handle) handle.destroy();` does. These do not, or may not:
///
///     if (handle.done()) handle.destroy(); else detach();
///     if (!handle.promise().try_detach()) handle.destroy();
///
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_FRAMEDESTRUCTION_H
#define COROLINT_ACCESS_FRAMEDESTRUCTION_H

#include "clang/AST/DeclCXX.h"

namespace corolint {

/// Whether \p Destructor destroys a coroutine, finished or not, whenever it
/// holds one. False if that cannot be told. \p Destructor may be a template's
/// pattern; methods of its own object that it calls are read, too.
bool destroysUnfinished(const clang::FunctionDecl &Destructor);

/// Whether \p Destructor mentions the destruction of a coroutine at all.
bool mentionsDestroy(const clang::FunctionDecl &Destructor);

} // namespace corolint

#endif // COROLINT_ACCESS_FRAMEDESTRUCTION_H
