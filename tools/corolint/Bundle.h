//===-- Bundle.h - Other programs inside this one ---------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The portable build contains clang-tidy and clangd: `corolint tidy` and
// `corolint clangd` run them. Other builds use installed ones, and link
// NoBundle.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_COROLINT_BUNDLE_H
#define COROLINT_TOOLS_COROLINT_BUNDLE_H

#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace corolint {

/// Whether this program contains clang-tidy and clangd.
bool isBundle();

/// Runs the program inside this one that \p Arguments[1] names ("tidy",
/// "clangd", "hook"), with the arguments after it, and returns its exit status.
/// Returns nothing if \p Arguments[1] names none. A build without that program
/// prints where to find it and returns Exit::Failed. Call it once, before other
/// threads start.
std::optional<int> runBundled(int ArgCount, char **Arguments);

/// The directory of Clang's own headers, or empty if there is none.
std::string resourceDirectory();

} // namespace corolint

#endif // COROLINT_TOOLS_COROLINT_BUNDLE_H
