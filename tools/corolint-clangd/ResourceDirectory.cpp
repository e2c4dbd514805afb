//===-- ResourceDirectory.cpp - Finds Clang's own headers -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compat.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <dlfcn.h>
#include <string>

using namespace llvm;

// Replaces Clang's own function.
std::string resourcesPath(const char *,
                          void *) asm("__wrap_" COROLINT_GET_RESOURCES_PATH);

/// clangd looks for <stddef.h> and similar headers next to its own program.
/// They are next to the library that parses, libclang-cpp: beside the path from
/// which it was loaded, or, since Debian makes that a link, in the sibling
/// directory of LLVM. With an explicit `--resource-dir` this function is not
/// called.
std::string resourcesPath(const char *, void *) {
  const auto *InLibrary = reinterpret_cast<void *>(&clang::getClangFullVersion);
  Dl_info Library;
  if (!dladdr(InLibrary, &Library))
    return {};
  SmallString<256> Real;
  if (sys::fs::real_path(Library.dli_fname, Real))
    Real = Library.dli_fname;
  SmallString<256> Beside(sys::path::parent_path(Library.dli_fname));
  sys::path::append(Beside, "clang", COROLINT_LLVM);
  SmallString<256> Sibling(sys::path::parent_path(Real));
  sys::path::append(Sibling, "..", "llvm-" COROLINT_LLVM, "lib", "clang");
  sys::path::append(Sibling, COROLINT_LLVM);
  sys::path::remove_dots(Sibling, /*remove_dot_dot=*/true);
  for (const SmallString<256> &Candidate : {Beside, Sibling})
    if (sys::fs::exists(Candidate + "/include/stddef.h"))
      return std::string(Candidate);
  return std::string(Sibling);
}
