//===-- AccessPath.cpp - Names for shared state ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/AccessPath.h"
#include "code/Expressions.h"
#include "code/Members.h"
#include "clang/AST/ASTLambda.h"

using namespace clang;

namespace corolint {

namespace {

/// References to references to …: longer chains are not followed.
constexpr unsigned MaxExpressionDepth = 16;

bool hasOperator(const CXXRecordDecl &Class,
                 std::initializer_list<OverloadedOperatorKind> Operators) {
  if (!Class.hasDefinition())
    return false;
  return llvm::any_of(Operators, [&](OverloadedOperatorKind Operator) {
    auto IsMissing = [Operator](const CXXRecordDecl *Part) {
      return operatorsOf(*Part, Operator).empty();
    };
    return !IsMissing(Class.getDefinition()) ||
           !Class.getDefinition()->forallBases(IsMissing);
  });
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
  // Few classes can be incremented.
  return Class && hasOperator(*Class, {OO_PlusPlus}) &&
         hasOperator(*Class, {OO_Arrow, OO_Star});
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
  return !Walked.Modified.contains(&Variable) &&
         !copiesPointer(*Variable.getInit()) && isIndirect(Variable.getType());
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
    return std::nullopt; // The callee's local, such as its promise.
  } else {
    // A captured variable has the same name, and `this` is the enclosing one.
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
  if (Depth >= MaxExpressionDepth)
    return std::nullopt;
  ++Depth;
  std::optional<AccessPath> Path = follow(E, ReturnedPath);
  --Depth;
  return Path;
}

/// The state of following an expression from the outside in.
struct PathResolver::Trail {
  /// The part to follow next, or null if it leads to no object that can be
  /// named.
  const Expr *Next;
  /// The steps from that part to the whole, the last one first.
  llvm::SmallVector<const FieldDecl *, 4> Behind;
  /// The object at the end, once it is found.
  std::optional<AccessPath> Start;

  void goOn(const Expr *Part) { Next = Part; }
  void goThroughPointer(const Expr *Pointer) {
    Behind.push_back(nullptr);
    Next = Pointer;
  }
  void giveUp() { Next = nullptr; }
  void end(std::optional<AccessPath> Path) {
    Start = std::move(Path);
    Next = nullptr;
  }
};

std::optional<AccessPath> PathResolver::follow(const Expr *E,
                                               Returned ReturnedPath) {
  Trail Way{E, {}, std::nullopt};
  while (Way.Next) {
    if (Way.Next->isTypeDependent() || Way.Behind.size() > MaxPathLength)
      return std::nullopt;
    followStep(Way, ReturnedPath);
  }
  if (!Way.Start)
    return std::nullopt;
  for (const FieldDecl *Step : llvm::reverse(Way.Behind))
    Way.Start->append(Step);
  if (Way.Start->Steps.size() > MaxPathLength)
    return std::nullopt;
  return Way.Start;
}

void PathResolver::followStep(Trail &Way, Returned ReturnedPath) {
  const Expr *E = Way.Next;
  if (const Expr *Inner = innerOf(*E))
    return Way.goOn(Inner);
  if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(E))
    return Way.goOn(Opaque->getSourceExpr());
  if (isa<CXXThisExpr>(E))
    return Way.end(AccessPath{});
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return Way.end(ofVariable(*Ref->getDecl(), ReturnedPath));
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return followMember(*Member, Way, ReturnedPath);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    const Expr *Operand = Unary->getSubExpr();
    if (Unary->getOpcode() == UO_Deref &&
        !isa<CXXThisExpr>(Operand->IgnoreParenImpCasts()))
      return Way.goThroughPointer(Operand);
    if (Unary->getOpcode() == UO_Deref || Unary->getOpcode() == UO_AddrOf)
      return Way.goOn(Operand);
    return Way.giveUp();
  }
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    return Way.goThroughPointer(Subscript->getBase());
  if (const auto *Copy = dyn_cast<CXXConstructExpr>(E)) {
    // A copied pointer or iterator leads to the same state.
    bool CopiesWay = Copy->getNumArgs() == 1 && isIndirect(Copy->getType()) &&
                     Copy->getConstructor()->isCopyOrMoveConstructor();
    return CopiesWay ? Way.goOn(Copy->getArg(0)) : Way.giveUp();
  }
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return followCall(*Call, Way, ReturnedPath);
  Way.giveUp();
}

void PathResolver::followMember(const MemberExpr &Member, Trail &Way,
                                Returned ReturnedPath) {
  const auto *Field = dyn_cast<FieldDecl>(Member.getMemberDecl());
  if (!Field)
    return Way.end(ofVariable(*Member.getMemberDecl(), ReturnedPath));
  Way.Behind.push_back(Field);
  const Expr *Base = Member.getBase();
  if (Member.isArrow() && !isa<CXXThisExpr>(Base->IgnoreParenImpCasts()))
    return Way.goThroughPointer(Base);
  Way.goOn(Base);
}

void PathResolver::followCall(const CallExpr &Call, Trail &Way,
                              Returned ReturnedPath) {
  if (const Expr *Through = passedThrough(Call))
    return Way.goOn(Through);
  const FunctionDecl *Callee = calleeOf(Call);
  if (!Callee)
    return Way.giveUp();
  if (isOwnHandle(Call))
    return Way.end(AccessPath{});
  // An owning pointer returned by value gives temporary access only: if it is
  // kept, it keeps the object alive as well.
  const CXXRecordDecl *Owner = Call.getType()->getAsCXXRecordDecl();
  if (Owner && Call.isPRValue() && Owner->hasDefinition() &&
      !Owner->hasTrivialDestructor() &&
      (Way.Behind.empty() || Way.Behind.back() != nullptr) &&
      isPointerLike(*Owner) && !isIndirect(Call.getType()))
    return Way.giveUp();
  const CallOperands Operands = CallOperands::of(&Call);
  if (std::optional<AccessPath> Path = ReturnedPath(*Callee))
    return Way.end(map(*Path, *Callee, Operands, ReturnedPath));
  // An operator, or a library's method, that returns a part of its object.
  if (Operands.Object &&
      (isa<CXXOperatorCallExpr>(Call) || Unit.Models.isLibrary(*Callee)) &&
      (Call.isGLValue() || Call.getType()->isPointerType() ||
       isIndirect(Call.getType())))
    return Way.goThroughPointer(Operands.Object);
  // A library function that returns a part of its argument.
  if (!Operands.Object && Operands.Arguments.size() == 1 && Call.isGLValue() &&
      Unit.Models.isLibrary(*Callee))
    return Way.goThroughPointer(Operands.Arguments.front());
  Way.giveUp();
}

} // namespace corolint
