//===-- ContextFrame.h - Which frame of a stack is to blame -----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The checks report a violation in the coroutine, callback or region that it
// breaks, however many functions further down it happens. So do the contracts,
// by the stack, where the program has line tables.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RUNTIME_CONTEXTFRAME_H
#define COROLINT_RUNTIME_CONTEXTFRAME_H

#include "LineTable.h"
#include <vector>

namespace corolint::rt::detail {

/// Of a stack, innermost first, the frame of the function in which the region
/// that began at \p RegionBegin is open (null: none); else of the coroutine
/// that runs; else of the callback that the executor called. The number of
/// frames if there is none of them.
std::size_t contextFrame(const std::vector<void *> &Stack,
                         const std::vector<SourceFrame> &Frames,
                         void *RegionBegin);

/// The call in the context of the running code that led to \p Call, by the
/// stack of this thread; \p Call itself if the context contains it or nothing
/// better is known.
SourceSite callInContext(const std::source_location &Call, void *RegionBegin);

} // namespace corolint::rt::detail

#endif // COROLINT_RUNTIME_CONTEXTFRAME_H
