//===-- Database.h - Where compile commands come from -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The compile commands of a project, from what its build leaves behind:
//
//   compile_commands.json   CMake, Meson, Bear, Bazel's extractors
//   .cmake/api/v1/reply     CMake's file API, if a client asked for a codemodel
//   compile_flags.txt       the same flags for each source below it
//
// The first of these that exists is read, in the directory that the user names,
// or in the nearest one above the working directory and in the build
// directories beside it.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_COROLINT_DATABASE_H
#define COROLINT_TOOLS_COROLINT_DATABASE_H

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <string>

namespace corolint {

/// Loads the database in \p Directory, which may also name a file of one. If it
/// is empty, searches for one and sets \p Directory to the place. Errors name
/// the places that were searched and ways to make a database.
llvm::Expected<std::unique_ptr<clang::tooling::CompilationDatabase>>
loadDatabase(std::string &Directory);

} // namespace corolint

#endif // COROLINT_TOOLS_COROLINT_DATABASE_H
