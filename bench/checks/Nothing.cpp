//===-- Nothing.cpp - A check that does nothing -----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Measures clang-tidy without any check: the baseline of the benchmark.
//
//===----------------------------------------------------------------------===//

#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"

namespace {

class NothingCheck : public clang::tidy::ClangTidyCheck {
  using ClangTidyCheck::ClangTidyCheck;
};

class NothingModule : public clang::tidy::ClangTidyModule {
  void
  addCheckFactories(clang::tidy::ClangTidyCheckFactories &Factories) override {
    Factories.registerCheck<NothingCheck>("bench-nothing");
  }
};

clang::tidy::ClangTidyModuleRegistry::Add<NothingModule>
    Registration("bench-nothing-module", "Does nothing.");

} // namespace
