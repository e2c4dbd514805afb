//===-- Checks.cpp - Turns the checks on by default -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ClangdApi.h"

using namespace clang;

// clangd's own.
clangd::TidyProvider
realDefaultChecks() asm("__real__ZN5clang6clangd20provideDefaultChecksEv");
std::optional<bool> realIsFast(llvm::StringRef) asm(
    "__real__ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE");

// Called instead.
clangd::TidyProvider
defaultChecks() asm("__wrap__ZN5clang6clangd20provideDefaultChecksEv");
std::optional<bool> isFast(llvm::StringRef) asm(
    "__wrap__ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE");

/// The checks stand before what .clang-tidy and .clangd say, so that a later
/// `-*` or `-coro-*` turns them off as it does any other.
clangd::TidyProvider defaultChecks() {
  static const auto OursFirst = [](tidy::ClangTidyOptions &Options,
                                   llvm::StringRef Filename) {
    realDefaultChecks()(Options, Filename);
    Options.Checks = "coro-*," + Options.Checks.value_or("");
  };
  return OursFirst;
}

/// clangd shows a check only if it knows that it is fast (FastCheckFilter:
/// Strict). Ours are: see docs/bench/clangd.md.
std::optional<bool> isFast(llvm::StringRef Check) {
  if (Check.starts_with("coro-"))
    return true;
  return realIsFast(Check);
}
