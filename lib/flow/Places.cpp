//===-- Places.cpp - Names for objects ------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "flow/Places.h"
#include "code/Expressions.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace corolint {

namespace {

/// References to references to …: longer chains are not followed.
constexpr unsigned MaxPlaceDepth = 64;

/// The expression to which a pointer or reference variable is permanently
/// bound, if its declaration shows it.
const Expr *binding(const ValueDecl &Value) {
  const auto *Variable = dyn_cast<VarDecl>(&Value);
  if (!Variable || isa<ParmVarDecl>(Variable) || !Variable->hasInit())
    return nullptr;
  QualType Type = Variable->getType();
  if (Type->isReferenceType())
    return Variable->getInit();
  if (!Type->isPointerType())
    return nullptr;
  const Expr *Init = Variable->getInit()->IgnoreParenImpCasts();
  const auto *Address = dyn_cast<UnaryOperator>(Init);
  return Address && Address->getOpcode() == UO_AddrOf ? Init : nullptr;
}

} // namespace

bool bindsTemporary(const Expr &Init) {
  const Expr *E = &Init;
  while (true) {
    if (isa<MaterializeTemporaryExpr>(E))
      return true;
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Paren = dyn_cast<ParenExpr>(E))
      E = Paren->getSubExpr();
    else if (const auto *Cast = dyn_cast<CastExpr>(E))
      E = Cast->getSubExpr();
    else
      return false;
  }
}

PlaceId Places::intern(Place P) {
  auto [It, Inserted] = Ids.try_emplace(P, All.size());
  if (Inserted)
    All.push_back(std::move(P));
  return It->second;
}

PlaceId Places::ofVariable(const ValueDecl &Variable) {
  return intern({Place::Root::Variable, Variable.getCanonicalDecl(), {}});
}

PlaceId Places::ofTemporary(const Expr &Temporary) {
  return intern({Place::Root::Temporary, &Temporary, {}});
}

PlaceId Places::ofThis() { return intern({Place::Root::This, nullptr, {}}); }

PlaceId Places::ofResult() {
  return intern({Place::Root::Temporary, nullptr, {}});
}

PlaceId Places::member(PlaceId Object, const Decl &FieldOrBase) {
  Place P = All[Object];
  P.Path.push_back(FieldOrBase.getCanonicalDecl());
  return intern(std::move(P));
}

std::optional<PlaceId> Places::rebase(const Places &Other, PlaceId Inner,
                                      PlaceId From, PlaceId To) {
  if (!Other.isWithin(Inner, From))
    return std::nullopt;
  Place P = All[To];
  const auto &Path = Other.All[Inner].Path;
  P.Path.append(Path.begin() + Other.All[From].Path.size(), Path.end());
  return intern(std::move(P));
}

bool Places::isWithin(PlaceId Inner, PlaceId Outer) const {
  const Place &I = All[Inner];
  const Place &O = All[Outer];
  return I.Kind == O.Kind && I.Object == O.Object &&
         I.Path.size() >= O.Path.size() &&
         std::equal(O.Path.begin(), O.Path.end(), I.Path.begin());
}

const ValueDecl *Places::rootVariable(PlaceId Id) const {
  const Place &P = All[Id];
  return P.Kind == Place::Root::Variable
             ? static_cast<const ValueDecl *>(P.Object)
             : nullptr;
}

bool Places::isTemporary(PlaceId Id) const {
  return All[Id].Kind == Place::Root::Temporary;
}

bool Places::isGlobal(PlaceId Id) const {
  const auto *Variable = dyn_cast_or_null<VarDecl>(rootVariable(Id));
  return Variable && Variable->hasGlobalStorage();
}

std::string Places::name(PlaceId Id) const {
  const Place &P = All[Id];
  std::string Name;
  switch (P.Kind) {
  case Place::Root::Variable:
    Name = static_cast<const ValueDecl *>(P.Object)->getNameAsString();
    break;
  case Place::Root::This:
    Name = P.Path.empty() ? "*this" : "";
    break;
  case Place::Root::Temporary:
    return {};
  case Place::Root::Shape:
    Name = Lexer::getSourceText(
               CharSourceRange::getTokenRange(P.Written->getSourceRange()),
               Context.getSourceManager(), Context.getLangOpts())
               .str();
    break;
  }
  for (const Decl *Step : P.Path) {
    const auto *Field = dyn_cast<FieldDecl>(Step);
    if (!Field || Field->getName().empty())
      continue;
    if (!Name.empty())
      Name += '.';
    Name += Field->getName();
  }
  return Name;
}

std::optional<PlaceId> Places::of(const Expr *E) { return of(E, 0); }

std::optional<PlaceId> Places::ofVariableUse(const ValueDecl &Variable,
                                             unsigned Depth) {
  if (auto It = Aliases.find(Variable.getCanonicalDecl()); It != Aliases.end())
    return It->second;
  if (const auto *Binding = dyn_cast<BindingDecl>(&Variable)) {
    if (!Binding->getHoldingVar() && Binding->getBinding())
      return of(Binding->getBinding(), Depth + 1);
    return ofVariable(Variable);
  }
  if (const Expr *Bound = binding(Variable)) {
    // A reference bound to a temporary is the temporary's only name.
    if (!bindsTemporary(*Bound))
      if (std::optional<PlaceId> Place = of(Bound, Depth + 1))
        return Place;
  }
  return ofVariable(Variable);
}

std::optional<PlaceId> Places::of(const Expr *E, unsigned Depth) {
  if (Depth > MaxPlaceDepth)
    return std::nullopt;
  while (E) {
    if (auto It = Aliases.find(E); It != Aliases.end())
      return It->second;
    if (isa<CXXBindTemporaryExpr>(E))
      return ofTemporary(*E);
    if (const Expr *Inner = innerOf(*E)) {
      E = Inner;
      continue;
    }
    if (const auto *Unary = dyn_cast<UnaryOperator>(E);
        Unary &&
        (Unary->getOpcode() == UO_Deref || Unary->getOpcode() == UO_AddrOf)) {
      E = Unary->getSubExpr();
      continue;
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return ofVariableUse(*Ref->getDecl(), Depth);
    if (isa<CXXThisExpr>(E))
      return ofThis();
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      const ValueDecl *Decl = Member->getMemberDecl();
      if (!isa<FieldDecl>(Decl))
        return ofVariableUse(*Decl, Depth);
      std::optional<PlaceId> Object = of(Member->getBase(), Depth + 1);
      if (!Object)
        return std::nullopt;
      return member(*Object, *Decl);
    }
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
        Operator && Operator->getNumArgs() == 1 &&
        (Operator->getOperator() == OO_Star ||
         Operator->getOperator() == OO_Arrow)) {
      E = Operator->getArg(0);
      continue;
    }
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E)) {
      // For `optional::value()` and `unique_ptr::get()`, the element has the
      // wrapper's place.
      const CXXRecordDecl *Class = Call->getRecordDecl();
      QualType Result = Call->getType();
      if (Class && Models.wrapper(*Class) &&
          (Call->isGLValue() || Result->isPointerType())) {
        E = Call->getImplicitObjectArgument();
        continue;
      }
    }
    if (const auto *Call = dyn_cast<CallExpr>(E)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      const ModelIndex::FunctionEntry *Entry =
          Callee && Call->getNumArgs() > 0 ? Models.find(*Callee) : nullptr;
      if (Entry && Entry->PassThrough) {
        E = Call->getArg(0);
        continue;
      }
    }
    break;
  }
  if (!E || E->isTypeDependent() || isa<CXXConstructExpr, LambdaExpr>(E))
    return std::nullopt;
  llvm::FoldingSetNodeID Shape;
  E->Profile(Shape, Context, /*Canonical=*/true);
  Place P{Place::Root::Shape,
          reinterpret_cast<const void *>(uintptr_t(Shape.ComputeHash())),
          {}};
  P.Written = E;
  return intern(std::move(P));
}

} // namespace corolint
