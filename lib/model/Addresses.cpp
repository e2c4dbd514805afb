//===-- Addresses.cpp - Strings that are network addresses ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/Conditions.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace corolint {

namespace {

bool isIpv4(StringRef Text) {
  llvm::SmallVector<StringRef, 4> Parts;
  Text.split(Parts, '.');
  return Parts.size() == 4 && llvm::all_of(Parts, [](StringRef Part) {
           unsigned Value = 0;
           return Part.size() <= 3 && llvm::all_of(Part, llvm::isDigit) &&
                  !Part.getAsInteger(10, Value) && Value <= 255;
         });
}

bool isIpv6(StringRef Text) {
  const StringRef Digits = Text.split('%').first;
  const StringRef Last = Digits.substr(Digits.rfind(':') + 1);
  const StringRef Groups =
      isIpv4(Last) ? Digits.drop_back(Last.size()) : Digits;
  return Groups.count(':') >= 2 && Groups.count(':') <= 8 &&
         llvm::all_of(Groups,
                      [](char C) { return C == ':' || llvm::isHexDigit(C); });
}

} // namespace

bool isNumericAddress(const Expr *Text) {
  const auto *Literal = dyn_cast_or_null<StringLiteral>(Text);
  if (!Literal || Literal->getCharByteWidth() != 1)
    return false;
  return isIpv4(Literal->getString()) || isIpv6(Literal->getString());
}

const Expr *ConditionEvaluator::textOf(const Expr *E,
                                       const FunctionDecl *Enclosing) {
  for (unsigned Steps = 0; E && Steps < 16; ++Steps) {
    E = E->IgnoreUnlessSpelledInSource()->IgnoreParenCasts();
    if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E)) {
      E = Temporary->getSubExpr();
    } else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E)) {
      E = Bound->getSubExpr();
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
      // `std::string_view("::1")`
      if (Construct->getNumArgs() == 0 ||
          (Construct->getNumArgs() > 1 &&
           !isa<CXXDefaultArgExpr>(Construct->getArg(1))))
        return nullptr;
      E = Construct->getArg(0);
    } else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
               Call && Call->getNumArgs() == 0 &&
               Call->getType()->isPointerType()) {
      // `host.data()`
      E = Call->getImplicitObjectArgument();
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      // A method may have changed an object.
      const Expr *Init =
          Ref->getType()->isRecordType() && !Ref->getType().isConstQualified()
              ? nullptr
              : constantInit(Ref, Enclosing);
      if (!Init)
        return Ref;
      E = Init;
    } else {
      return dyn_cast<StringLiteral>(E);
    }
  }
  return nullptr;
}

} // namespace corolint
