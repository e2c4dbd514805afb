//===-- ResourceDirectory.cpp - clang's headers, wherever we are ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "clang/Basic/Version.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <dlfcn.h>
#include <string>

using namespace llvm;

// The name in LLVM 19, where it is a static member, and in 22: one of the two is
// called.
std::string ofMember(const char *, void *) asm(
    "__wrap__ZN5clang18CompilerInvocation16GetResourcesPathB5cxx11EPKcPv");
std::string ofFunction(const char *, void *) asm(
    "__wrap__ZN5clang16GetResourcesPathB5cxx11EPKcPv");

/// clangd looks for <stddef.h> and the like beside itself. They stand beside the
/// library that parses, libclang-cpp: where it was loaded from, or, as Debian
/// has that place link to the real one, in the sibling directory of LLVM.
/// An explicit `--resource-dir` never gets here.
static std::string resourceDirectory() {
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

std::string ofMember(const char *, void *) { return resourceDirectory(); }
std::string ofFunction(const char *, void *) { return resourceDirectory(); }
