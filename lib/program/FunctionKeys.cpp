//===-- FunctionKeys.cpp - Names functions across units -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/FunctionKeys.h"
#include "code/Facts.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Index/USRGeneration.h"

using namespace clang;

namespace corolint {

bool isLocalToUnit(const FunctionDecl &Function) {
  if (!Function.isExternallyVisible() || Function.getParentFunctionOrMethod())
    return true;
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  if (Method && Method->getParent()->isLambda())
    return true;
  return isInSystemHeader(Function);
}

FunctionKey keyOf(const FunctionDecl &Function) {
  llvm::SmallString<128> Usr;
  if (isLocalToUnit(Function) || index::generateUSRForDecl(&Function, Usr))
    return {};
  return FunctionKey::of(Usr);
}

} // namespace corolint
