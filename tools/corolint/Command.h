//===-- Command.h - Compile commands, adapted for Clang ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_COMMAND_H
#define COROLINT_TOOLS_COMMAND_H

#include "Extractor.h"
#include "clang/Tooling/CompilationDatabase.h"

namespace corolint {

/// \p Path as an absolute path without dots. A relative path starts in
/// \p Directory, or in the working directory if that is empty.
std::string absolutePath(llvm::StringRef Path, llvm::StringRef Directory = {});

/// Whether \p C compiles assembly, which is not analysed.
bool isAssembly(const clang::tooling::CompileCommand &C);

/// The root of the project whose database is in \p Directory: CMake's source
/// directory, else the nearest enclosing directory under version control, else
/// the common parent of all files of \p Database, which may be null.
std::string rootOf(llvm::StringRef Directory,
                   const clang::tooling::CompilationDatabase *Database);

/// The job of one command, which may be written for any compiler and is adapted
/// for Clang. Flags that Clang lacks are dropped. \p Checks comes from the
/// command line.
llvm::Expected<ExtractionJob> makeJob(const clang::tooling::CompileCommand &C,
                                      llvm::StringRef Root,
                                      llvm::StringRef Checks);

/// All jobs of the database whose file is one of \p Paths or below one of them
/// (all jobs if \p Paths is empty), sorted by file. A path without a job is an
/// error.
llvm::Expected<std::vector<ExtractionJob>>
makeJobs(const clang::tooling::CompilationDatabase &Database,
         llvm::ArrayRef<std::string> Paths, llvm::StringRef Root,
         llvm::StringRef Checks);

} // namespace corolint

#endif // COROLINT_TOOLS_COMMAND_H
