//===-- UnitPaths.h - How summaries name files ------------------*- C++ -*-===//
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
  /// \p Directory is where the unit's command runs. Files below \p Root are
  /// named relative to it; \p RealRoot is the same without symbolic links.
  UnitPaths(llvm::StringRef Directory, llvm::StringRef Root,
            llvm::StringRef RealRoot)
      : Directory(Directory), Root(Root), RealRoot(RealRoot) {}

  /// \p Path as an absolute path without dots.
  const std::string &absolute(llvm::StringRef Path);

  /// How summaries name the file at \p Path, absolute or not.
  std::string nameOf(llvm::StringRef Path);

private:
  std::string Directory, Root, RealRoot;
  llvm::StringMap<std::string> Absolute;
};

} // namespace corolint

#endif // COROLINT_PROGRAM_UNITPATHS_H
