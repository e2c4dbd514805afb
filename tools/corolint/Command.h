//===-- Command.h - Compile commands, made fit for Clang --------*- C++ -*-===//
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

/// \p Path from the root of the file system, without dots. A relative one
/// starts in \p Directory, or in the working directory if that is empty.
std::string absolutePath(llvm::StringRef Path, llvm::StringRef Directory = {});

/// Whether this is no matter of ours.
bool isAssembly(const clang::tooling::CompileCommand &C);

/// The root of the project whose database is in \p Directory: CMake's source
/// directory, else the nearest directory above that version control knows, else
/// what is above all files of \p Database, which may be null.
std::string rootOf(llvm::StringRef Directory,
                   const clang::tooling::CompilationDatabase *Database);

/// The job of one command: written for any compiler, adapted for Clang.
/// Flags that Clang lacks are dropped. \p Checks is the command line's.
llvm::Expected<ExtractionJob> makeJob(const clang::tooling::CompileCommand &C,
                                      llvm::StringRef Root,
                                      llvm::StringRef Checks);

/// All jobs of the database whose file is one of \p Paths or below one of them
/// (all, if there are none), sorted by file. A path without any is an error.
llvm::Expected<std::vector<ExtractionJob>>
makeJobs(const clang::tooling::CompilationDatabase &Database,
         llvm::ArrayRef<std::string> Paths, llvm::StringRef Root,
         llvm::StringRef Checks);

} // namespace corolint

#endif // COROLINT_TOOLS_COMMAND_H
