//===-- UnitPaths.cpp - File names in summaries ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/UnitPaths.h"
#include "Compat.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {

static std::string makeAbsolute(StringRef Path, StringRef Directory) {
  SmallString<256> Result(Path);
  compat::makeAbsolute(Directory, Result);
  // Only the file system can resolve the parent of a symbolic link.
  if (SmallString<256> Real;
      Result.str().contains("..") && !sys::fs::real_path(Result, Real))
    return std::string(Real);
  sys::path::remove_dots(Result, /*remove_dot_dot=*/true);
  return std::string(Result);
}

const std::string &UnitPaths::absolute(StringRef Path) {
  auto [It, Inserted] = Absolute.try_emplace(Path);
  if (Inserted)
    It->second = makeAbsolute(Path, Directory);
  return It->second;
}

std::string UnitPaths::nameOf(StringRef Path) {
  const StringRef Whole = absolute(Path);
  for (StringRef Above : {StringRef(Root), StringRef(RealRoot)})
    if (StringRef Rest = Whole;
        !Above.empty() && Rest.consume_front(Above) && Rest.consume_front("/"))
      return Rest.str();
  return Whole.str();
}

} // namespace corolint
