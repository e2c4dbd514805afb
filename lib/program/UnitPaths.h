//===-- UnitPaths.h - File names in summaries -------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_UNITPATHS_H
#define COROLINT_PROGRAM_UNITPATHS_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace corolint {

/// The paths of one unit. Not thread-safe.
class UnitPaths {
public:
  /// \p Directory is the working directory of the unit's command. Files below
  /// \p Root are named relative to it; \p RealRoot is the same directory with
  /// symbolic links resolved.
  UnitPaths(llvm::StringRef Directory, llvm::StringRef Root,
            llvm::StringRef RealRoot)
      : Directory(Directory), Root(Root), RealRoot(RealRoot) {}

  /// \p Path as an absolute path without dots.
  const std::string &absolute(llvm::StringRef Path);

  /// The name in summaries of the file at \p Path, which may be relative.
  std::string nameOf(llvm::StringRef Path);

private:
  std::string Directory, Root, RealRoot;
  llvm::StringMap<std::string> Absolute;
};

} // namespace corolint

#endif // COROLINT_PROGRAM_UNITPATHS_H
