//===-- LibraryProbe.h - Detects a missing C++ library ----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Clang includes its own headers, but the C++ library must come from the
// system. Without it, every unit fails at its first include, with an error that
// does not name the cause.
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

/// A sentence that names the missing package, and one with the remedy.
extern const char *const NoLibrary;
extern const char *const NoLibraryRemedy;

/// Whether units of \p Linked, which was made from \p Jobs, have errors that a
/// missing C++ library explains. Cheap if they have no errors.
bool lacksLibrary(llvm::ArrayRef<ExtractionJob> Jobs, const Program &Linked);

} // namespace corolint

#endif // COROLINT_TOOLS_LIBRARYPROBE_H
