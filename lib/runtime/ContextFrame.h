//===-- ContextFrame.h - The stack frame to report --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The checks report a violation in the coroutine, callback or region that it
// breaks, however many calls further down it happens. The contracts find the
// same place from the stack, if the program has line tables.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RUNTIME_CONTEXTFRAME_H
#define COROLINT_RUNTIME_CONTEXTFRAME_H

#include "LineTable.h"
#include <vector>

namespace corolint::rt::detail {

/// The index in \p Stack, innermost first, of the function that opened the
/// region that began at \p RegionBegin (null: none); else of the running
/// coroutine; else of the callback that the executor called. The number of
/// frames if none of them is found.
std::size_t contextFrame(const std::vector<void *> &Stack,
                         const std::vector<SourceFrame> &Frames,
                         void *RegionBegin);

/// Whether \p Frame is a function of this runtime or of the standard library.
bool isLibrary(const SourceFrame &Frame);

/// Whether \p Frame is the body of a coroutine.
bool isCoroutineBody(const SourceFrame &Frame);

/// The call in the running context that led to \p Call, according to this
/// thread's stack. \p Call itself if the context contains it or if the stack
/// does not help.
SourceSite callInContext(const std::source_location &Call, void *RegionBegin);

} // namespace corolint::rt::detail

#endif // COROLINT_RUNTIME_CONTEXTFRAME_H
