//===-- LibraryProbe.h - Is there a C++ library? ----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Clang brings its own headers, and the system the C++ library. Without one,
// every unit fails at its first include, which does not name the cause.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_LIBRARYPROBE_H
#define COROLINT_TOOLS_LIBRARYPROBE_H

#include "Extractor.h"
#include "program/Program.h"

namespace corolint {

/// Whether a C++ file can include a header of the library with the command of
/// \p Like. Parses one file, in a process of its own.
bool findsLibrary(const ExtractionJob &Like);

/// A sentence about what is missing, and what to install.
extern const char *const NoLibrary;
extern const char *const NoLibraryRemedy;

/// Whether units of \p Linked, which was made from \p Jobs, have errors that a
/// missing C++ library explains. Cheap if they have none.
bool lacksLibrary(llvm::ArrayRef<ExtractionJob> Jobs, const Program &Linked);

} // namespace corolint

#endif // COROLINT_TOOLS_LIBRARYPROBE_H
