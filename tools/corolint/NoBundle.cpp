//===-- NoBundle.cpp - A build without clang-tidy inside ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bundle.h"
#include "ExtractAll.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace corolint {

bool isBundle() { return false; }

std::optional<int> runBundled(int ArgCount, char **Arguments) {
  StringRef Name = ArgCount > 1 ? Arguments[1] : "";
  StringRef Instead = Name == "tidy"     ? "clang-tidy-" LLVM_MAJOR_TEXT
                                           " --load=corolint.so"
                      : Name == "clangd" ? "corolint-clangd"
                      : Name == "hook"   ? "corolint-changed"
                                         : "";
  if (Instead.empty())
    return std::nullopt;
  errs() << "corolint: error: '" << Name
         << "' is part of the portable build only; run '" << Instead << "'\n";
  return Exit::Failed;
}

std::string resourceDirectory() {
  return sys::fs::is_directory(COROLINT_RESOURCE_DIR) ? COROLINT_RESOURCE_DIR
                                                      : "";
}

} // namespace corolint
