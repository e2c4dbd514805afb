//===-- Database.h - Finding compile commands -------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Loads the compile commands of a project from files that its build leaves
// behind:
//
//   compile_commands.json   CMake, Meson, Bear, Bazel's extractors
//   .cmake/api/v1/reply     CMake's file API, if a client requested a codemodel
//   compile_flags.txt       the same flags for each source below it
//
// The first of these that exists is used. It is looked up in the directory that
// the user names, or else in the nearest directory upwards from the working
// directory and in the build directories beside it.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_COROLINT_DATABASE_H
#define COROLINT_TOOLS_COROLINT_DATABASE_H

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <optional>
#include <string>

namespace corolint {

/// The absolute path of the directory that has the database: that of \p Named,
/// which may also name the file itself, or, if it is empty, the result of a
/// search. Errors list the searched places and ways to create a database.
llvm::Expected<std::string> findDatabase(llvm::StringRef Named);

/// The compilation database in JSON that `loadDatabase` would read in
/// \p Directory, or nothing if it would read another kind.
std::optional<std::string> jsonDatabaseIn(llvm::StringRef Directory);

/// Loads the database that `findDatabase` finds for \p Directory, and sets
/// \p Directory to its location.
llvm::Expected<std::unique_ptr<clang::tooling::CompilationDatabase>>
loadDatabase(std::string &Directory);

} // namespace corolint

#endif // COROLINT_TOOLS_COROLINT_DATABASE_H
