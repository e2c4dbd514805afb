//===-- AccessPath.cpp - Names for state that functions share -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/AccessPath.h"
#include "code/Expressions.h"
#include "clang/AST/ASTLambda.h"

using namespace clang;

namespace corolint {

namespace {

/// References to references to …: a chain longer than this is not followed.
constexpr unsigned MaxDepth = 16;

bool hasOperator(const CXXRecordDecl &Class,
                 std::initializer_list<OverloadedOperatorKind> Operators) {
  if (!Class.hasDefinition())
    return false;
  const ASTContext &Context = Class.getASTContext();
  for (OverloadedOperatorKind Operator : Operators) {
    DeclarationName Name =
        Context.DeclarationNames.getCXXOperatorName(Operator);
    bool Found = !Class.getDefinition()->lookup(Name).empty();
    if (!Found)
      Found =
          !Class.getDefinition()->forallBases([&](const CXXRecordDecl *Base) {
            return Base->lookup(Name).empty();
          });
    if (Found)
      return true;
  }
  return false;
}

} // namespace

bool isPointerLike(const CXXRecordDecl &Class) {
  return hasOperator(Class, {OO_Arrow});
}

bool isIndirect(QualType Type) {
  Type = Type.getNonReferenceType();
  if (Type->isPointerType())
    return true;
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  return Class && hasOperator(*Class, {OO_Arrow, OO_Star}) &&
         hasOperator(*Class, {OO_PlusPlus});
}

bool copiesPointer(const Expr &Init) {
  const auto *Cast = dyn_cast<ImplicitCastExpr>(Init.IgnoreParens());
  return Cast && Cast->getCastKind() == CK_LValueToRValue &&
         Cast->getType()->isPointerType();
}

const ValueDecl *AccessPath::key() const {
  for (const FieldDecl *Step : llvm::reverse(Steps))
    if (Step)
      return Step->getCanonicalDecl();
  return Root;
}

void AccessPath::append(const FieldDecl *Step) {
  if (!Step && !Steps.empty() && !Steps.back())
    return;
  Steps.push_back(Step ? Step->getCanonicalDecl() : nullptr);
}

std::string AccessPath::name() const {
  std::string Name = Root ? Root->getNameAsString() : "";
  bool Indirect = false;
  for (const FieldDecl *Step : Steps) {
    if (!Step) {
      Indirect = true;
      continue;
    }
    if (Step->getName().empty())
      continue;
    if (!Name.empty())
      Name += Indirect ? "->" : ".";
    Name += Step->getName();
    Indirect = false;
  }
  return Name.empty() ? "*this" : Name;
}

bool PathResolver::isAlias(const VarDecl &Variable) const {
  if (isa<ParmVarDecl>(Variable) || !Variable.hasInit())
    return false;
  if (Variable.getType()->isReferenceType())
    return true;
  return isIndirect(Variable.getType()) &&
         !copiesPointer(*Variable.getInit()) &&
         !Walked.Modified.contains(&Variable);
}

bool PathResolver::isOwnHandle(const Expr &E) const {
  const auto *Call = dyn_cast<CXXMemberCallExpr>(&E);
  const auto *Method = dyn_cast<CXXMethodDecl>(Walked.Function);
  if (!Call || Call->getNumArgs() != 0 || !Method ||
      !isa<CXXThisExpr>(
          Call->getImplicitObjectArgument()->IgnoreParenImpCasts()))
    return false;
  const CXXRecordDecl *Handle = Call->getType()->getAsCXXRecordDecl();
  const auto *Special =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(Handle);
  if (!Special || Special->getTemplateArgs().size() == 0 ||
      !isPointerLike(*Handle))
    return false;
  const TemplateArgument &Argument = Special->getTemplateArgs()[0];
  const CXXRecordDecl *Target = Argument.getKind() == TemplateArgument::Type
                                    ? Argument.getAsType()->getAsCXXRecordDecl()
                                    : nullptr;
  const CXXRecordDecl *Own =
      Call->getImplicitObjectArgument()->getType()->getPointeeCXXRecordDecl();
  return Target && Own &&
         (Target->getCanonicalDecl() == Own->getCanonicalDecl() ||
          (Own->hasDefinition() && Own->isDerivedFrom(Target)) ||
          (Target->hasDefinition() && Target->isDerivedFrom(Own)));
}

std::optional<AccessPath> PathResolver::ofVariable(const ValueDecl &Value,
                                                   Returned ReturnedPath) {
  const auto *Canonical = cast<ValueDecl>(Value.getCanonicalDecl());
  if (const auto *Binding = dyn_cast<BindingDecl>(&Value)) {
    const auto *Whole = dyn_cast_or_null<VarDecl>(Binding->getDecomposedDecl());
    if (!Whole || !Whole->getType()->isReferenceType())
      return AccessPath{Canonical, {}};
    return of(Binding->getBinding(), ReturnedPath);
  }
  const auto *Variable = dyn_cast<VarDecl>(&Value);
  if (!Variable)
    return std::nullopt;
  const Expr *Init = Variable->getInit();
  if (Init && !isa<ParmVarDecl>(Variable)) {
    const Expr *Inner = innermostOf(Init);
    if (Inner && isOwnHandle(*Inner))
      return AccessPath{};
    if (const auto *This = dyn_cast_or_null<CXXThisExpr>(Inner);
        This && Variable->getType()->isPointerType())
      return AccessPath{};
    if (isAlias(*Variable))
      if (std::optional<AccessPath> Path = of(Init, ReturnedPath))
        return Path;
  }
  return AccessPath{Canonical, {}};
}

const Expr *PathResolver::passedThrough(const CallExpr &Call) {
  const FunctionDecl *Callee = Call.getDirectCallee();
  if (!Callee || Call.getNumArgs() == 0)
    return nullptr;
  const ModelIndex::FunctionEntry *Entry = Unit.Models.find(*Callee);
  return Entry && Entry->PassThrough ? Call.getArg(0) : nullptr;
}

std::optional<AccessPath> PathResolver::ofObject(const Expr &E,
                                                 Returned ReturnedPath) {
  std::optional<AccessPath> Path = of(&E, ReturnedPath);
  if (Path && !Path->isThis() && E.getType()->isPointerType())
    Path->append(nullptr);
  return Path;
}

std::optional<AccessPath> PathResolver::map(const AccessPath &Path,
                                            const FunctionDecl &Callee,
                                            const CallOperands &Operands,
                                            Returned ReturnedPath) {
  AccessPath Result;
  const auto *Param = dyn_cast_or_null<ParmVarDecl>(Path.Root);
  const bool IsLambda = isLambdaCallOperator(&Callee);
  if (!Path.Root && !IsLambda) {
    if (!Operands.Object)
      return std::nullopt;
    std::optional<AccessPath> Object = ofObject(*Operands.Object, ReturnedPath);
    if (!Object)
      return std::nullopt;
    Result = *Object;
  } else if (Param && isa<FunctionDecl>(Param->getDeclContext())) {
    unsigned Index = Param->getFunctionScopeIndex();
    if (Index >= Operands.Arguments.size() ||
        cast<FunctionDecl>(Param->getDeclContext())->getCanonicalDecl() !=
            Callee.getCanonicalDecl())
      return std::nullopt;
    std::optional<AccessPath> Argument =
        of(Operands.Arguments[Index], ReturnedPath);
    if (!Argument)
      return std::nullopt;
    Result = *Argument;
  } else if (Path.Root &&
             declaresSameEntity(cast_or_null<Decl>(Path.Root->getDeclContext()),
                                &Callee)) {
    return std::nullopt; // A local of the callee, such as its promise.
  } else {
    // What a lambda captured has its name, and `this` is the enclosing one.
    Result.Root = Path.Root;
  }
  for (const FieldDecl *Step : Path.Steps)
    Result.append(Step);
  if (Result.Steps.size() > MaxPathLength)
    return std::nullopt;
  return Result;
}

std::optional<AccessPath> PathResolver::of(const Expr *E,
                                           Returned ReturnedPath) {
  if (Depth >= MaxDepth)
    return std::nullopt;
  ++Depth;
  std::optional<AccessPath> Path = follow(E, ReturnedPath);
  --Depth;
  return Path;
}

/// One step for each form of expression that leads from an object to another;
/// long, because the steps share the path collected so far.
std::optional<AccessPath> PathResolver::follow(const Expr *E,
                                               Returned ReturnedPath) {
  llvm::SmallVector<const FieldDecl *, 4> Behind; // In reverse.
  std::optional<AccessPath> Start;
  while (E && !Start) {
    if (E->isTypeDependent() || Behind.size() > MaxPathLength)
      return std::nullopt;
    if (const Expr *Inner = innerOf(*E)) {
      E = Inner;
    } else if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(E)) {
      E = Opaque->getSourceExpr();
    } else if (isa<CXXThisExpr>(E)) {
      Start = AccessPath{};
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      Start = ofVariable(*Ref->getDecl(), ReturnedPath);
      if (!Start)
        return std::nullopt;
    } else if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
      if (!Field) {
        Start = ofVariable(*Member->getMemberDecl(), ReturnedPath);
        if (!Start)
          return std::nullopt;
        continue;
      }
      Behind.push_back(Field);
      E = Member->getBase();
      if (Member->isArrow() && !isa<CXXThisExpr>(E->IgnoreParenImpCasts()))
        Behind.push_back(nullptr);
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(E);
               Unary && (Unary->getOpcode() == UO_Deref ||
                         Unary->getOpcode() == UO_AddrOf)) {
      E = Unary->getSubExpr();
      if (Unary->getOpcode() == UO_Deref &&
          !isa<CXXThisExpr>(E->IgnoreParenImpCasts()))
        Behind.push_back(nullptr);
    } else if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
      Behind.push_back(nullptr);
      E = Subscript->getBase();
    } else if (const auto *Copy = dyn_cast<CXXConstructExpr>(E)) {
      // A copied pointer or iterator leads to the same state.
      if (Copy->getNumArgs() != 1 || !isIndirect(Copy->getType()) ||
          !Copy->getConstructor()->isCopyOrMoveConstructor())
        return std::nullopt;
      E = Copy->getArg(0);
    } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
      if (const Expr *Through = passedThrough(*Call)) {
        E = Through;
        continue;
      }
      const FunctionDecl *Callee = calleeOf(*Call);
      if (!Callee)
        return std::nullopt;
      if (isOwnHandle(*Call)) {
        Start = AccessPath{};
        continue;
      }
      const CallOperands Operands = CallOperands::of(Call);
      // An owning pointer by value leads somewhere only in passing: one that is
      // kept keeps the object, too.
      const CXXRecordDecl *Owner = Call->getType()->getAsCXXRecordDecl();
      if (Owner && Call->isPRValue() && isPointerLike(*Owner) &&
          !isIndirect(Call->getType()) &&
          (Behind.empty() || Behind.back() != nullptr))
        return std::nullopt;
      if (std::optional<AccessPath> Path = ReturnedPath(*Callee)) {
        Start = map(*Path, *Callee, Operands, ReturnedPath);
        if (!Start)
          return std::nullopt;
        continue;
      }
      // An operator, or a library's method, that leads into its object.
      bool Leads =
          Operands.Object &&
          (isa<CXXOperatorCallExpr>(Call) || Unit.Models.isLibrary(*Callee)) &&
          (Call->isGLValue() || isIndirect(Call->getType()) ||
           Call->getType()->isPointerType());
      if (Leads) {
        Behind.push_back(nullptr);
        E = Operands.Object;
        continue;
      }
      // A library's function that returns a part of its argument.
      if (Operands.Object || Operands.Arguments.size() != 1 ||
          !Call->isGLValue() || !Unit.Models.isLibrary(*Callee))
        return std::nullopt;
      Behind.push_back(nullptr);
      E = Operands.Arguments.front();
    } else {
      return std::nullopt;
    }
  }
  if (!Start)
    return std::nullopt;
  for (const FieldDecl *Step : llvm::reverse(Behind))
    Start->append(Step);
  if (Start->Steps.size() > MaxPathLength)
    return std::nullopt;
  return Start;
}

} // namespace corolint
