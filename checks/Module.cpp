//===-- Module.cpp - Registers the checks ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AllChecks.h"
#include "Compat.h"
#include "report/Checks.h"
#include "clang/Basic/Version.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>
#include COROLINT_TIDY_REGISTRY

using namespace clang;

namespace corolint {

namespace {

/// The version of the clang-tidy that loaded the plugin: "22.1".
std::string hostVersion() {
  const std::string Version = getClangFullVersion();
  StringRef Full = StringRef(Version).split("version ").second;
  auto [Major, Rest] = Full.split('.');
  return (Major + "." + Rest.take_while(llvm::isDigit)).str();
}

/// A plugin may load into a clang-tidy for which it was not built, and find
/// nothing. That must not look like a clean result.
void refuseOtherHosts() {
  const std::string Host = hostVersion();
  if (Host == compat::BuiltFor)
    return;
  llvm::errs() << "corolint: error: this plugin was built for clang-tidy "
               << compat::BuiltFor << " but was loaded into clang-tidy " << Host
               << "; run clang-tidy-" << compat::BuiltForMajor
               << " (package clang-tidy-" << compat::BuiltForMajor
               << "), or install the corolint package built for LLVM "
               << StringRef(Host).split('.').first << "\n";
  std::exit(2);
}

class CorolintModule : public tidy::ClangTidyModule {
public:
  void addCheckFactories(tidy::ClangTidyCheckFactories &Factories) override {
    refuseOtherHosts();
    auto Pool = std::make_shared<SessionPool>();
    for (const CheckInfo &Check : allChecks())
      Factories.registerCheckFactory(
          Check.Name, [Pool](StringRef Name, tidy::ClangTidyContext *Context) {
            return createCheck(Name, Context, Pool->of(Context));
          });
  }
};

} // namespace

static tidy::ClangTidyModuleRegistry::Add<CorolintModule>
    Registration("corolint-module", "Adds the checks for coroutines.");

} // namespace corolint
