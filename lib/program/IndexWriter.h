//===-- IndexWriter.h - Writes a linked program as an index -----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_INDEXWRITER_H
#define COROLINT_PROGRAM_INDEXWRITER_H

#include "program/Index.h"
#include "program/Program.h"

namespace corolint {

/// The bytes of the index of \p Linked. The same units give the same bytes.
FilePieces writeIndex(const Program &Linked);

} // namespace corolint

#endif // COROLINT_PROGRAM_INDEXWRITER_H
