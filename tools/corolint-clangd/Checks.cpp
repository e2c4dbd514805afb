//===-- Checks.cpp - Turns the checks on by default -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ClangdApi.h"

using namespace clang;

// Defined by clangd.
clangd::TidyProvider
realDefaultChecks() asm("__real__ZN5clang6clangd20provideDefaultChecksEv");
std::optional<bool> realIsFast(llvm::StringRef) asm(
    "__real__ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE");

// Replaces the function above.
clangd::TidyProvider
defaultChecks() asm("__wrap__ZN5clang6clangd20provideDefaultChecksEv");
std::optional<bool> isFast(llvm::StringRef) asm(
    "__wrap__ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE");

/// The checks come before the settings of .clang-tidy and .clangd, so that a
/// later `-*` or `-coro-*` disables them like any other.
clangd::TidyProvider defaultChecks() {
  static const auto OursFirst = [](tidy::ClangTidyOptions &Options,
                                   llvm::StringRef Filename) {
    realDefaultChecks()(Options, Filename);
    Options.Checks = "coro-*," + Options.Checks.value_or("");
  };
  return OursFirst;
}

/// clangd shows a check only if it is known to be fast (FastCheckFilter:
/// Strict). Ours are: see docs/bench/clangd.md.
std::optional<bool> isFast(llvm::StringRef Check) {
  if (Check.starts_with("coro-"))
    return true;
  return realIsFast(Check);
}
