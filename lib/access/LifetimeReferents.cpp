//===-- LifetimeReferents.cpp - Referents of expressions ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/LifetimeReferents.h"
#include "Compat.h"
#include "access/Containers.h"
#include "code/Expressions.h"
#include "code/Members.h"
#include "flow/Places.h"
#include "clang/Basic/Builtins.h"

using namespace clang;

namespace corolint {

namespace {

/// References to references to …: longer chains are not followed.
constexpr unsigned MaxReferentSteps = 64;

/// Whether a \p Class provides mutable access even if it is const, which a
/// class that contains its content does not.
bool reachesMutably(const CXXRecordDecl &Class) {
  auto Reaches = [](const CXXMethodDecl &Method) {
    const OverloadedOperatorKind Operator = Method.getOverloadedOperator();
    const QualType Result = Method.getReturnType();
    return Method.isConst() &&
           ((Operator == OO_Arrow && Result->isPointerType()) ||
            (Operator == OO_Subscript && Result->isLValueReferenceType())) &&
           !Result->getPointeeType().isConstQualified();
  };
  // A pointer to an array has no arrow, but a subscript.
  auto Has = [&](const CXXRecordDecl &Part) {
    return anyMember<CXXMethodDecl>(operatorsOf(Part, OO_Arrow), Reaches) ||
           anyMember<CXXMethodDecl>(operatorsOf(Part, OO_Subscript), Reaches);
  };
  return Has(Class) || !Class.forallBases([&](const CXXRecordDecl *Base) {
    return !Has(*Base);
  });
}

/// Whether copies of a \p Class lead to the same object.
bool sharesObject(const CXXRecordDecl &Class) {
  if (!Class.hasDefinition() || Class.hasTrivialDestructor())
    return false;
  auto IsDeletedCopy = [](const CXXConstructorDecl &Constructor) {
    return Constructor.isCopyConstructor() && Constructor.isDeleted();
  };
  return !anyMember<CXXConstructorDecl>(constructorsOf(Class), IsDeletedCopy) &&
         reachesMutably(Class);
}

/// Whether a \p Owner that gives up its object of \p Type leaves it where it
/// is. The object is too large to be within the owner, or the owner's constness
/// does not extend to it.
bool leavesInPlace(const CXXRecordDecl &Owner, QualType Type,
                   const ASTContext &Context) {
  if (!Owner.hasDefinition() || Owner.hasTrivialDestructor() ||
      !isPointerLike(Owner))
    return false;
  if (reachesMutably(Owner))
    return true;
  Type = Type.getNonReferenceType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  return !Type->isIncompleteType() && !Type->isDependentType() &&
         Context.getTypeSizeInChars(compat::typeOf(Owner)) <=
             Context.getTypeSizeInChars(Type);
}

/// Steps from \p E towards the object; null at the end.
class ReferentWalk {
public:
  ReferentWalk(Facts &Unit, const FunctionDecl *Within)
      : Unit(Unit), Within(Within) {}

  Referent walk(const Expr *E) {
    for (unsigned Steps = 0; E && Steps < MaxReferentSteps; ++Steps) {
      Result.Root = E;
      E = step(*E);
    }
    return Result;
  }

private:
  const Expr *step(const Expr &E) {
    if (E.getType().isNull() || E.isTypeDependent())
      return nullptr;
    if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(&E)) {
      if (Temporary->getStorageDuration() == SD_FullExpression) {
        // The target of a view created here ends no later than a temporary.
        Result.What = Referent::Kind::Temporary;
      }
      return nullptr;
    }
    if (isa<CXXStdInitializerListExpr>(E))
      return cast<CXXStdInitializerListExpr>(E).getSubExpr();
    if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(&E))
      return Default->getExpr();
    if (const auto *Cast = dyn_cast<CastExpr>(&E))
      return stepCast(*Cast);
    if (const Expr *Inner = innerOf(E))
      return Inner;
    if (const auto *Unary = dyn_cast<UnaryOperator>(&E))
      return Unary->getOpcode() == UO_AddrOf ? Unary->getSubExpr() : nullptr;
    if (const auto *Member = dyn_cast<MemberExpr>(&E))
      return stepMember(*Member);
    if (const auto *Element = dyn_cast<ArraySubscriptExpr>(&E))
      return Element->getBase();
    if (isa<CXXThisExpr>(E)) {
      Result.What = Referent::Kind::This;
      return nullptr;
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&E))
      return stepReference(*Ref);
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(&E))
      return stepConstruct(*Construct);
    if (const auto *List = dyn_cast<InitListExpr>(&E))
      return List->getNumInits() == 1 && refersToOthers(List->getType(), Unit)
                 ? List->getInit(0)
                 : nullptr;
    if (const auto *Call = dyn_cast<CallExpr>(&E))
      return stepCall(*Call);
    return nullptr;
  }

  const Expr *stepCast(const CastExpr &Cast) {
    switch (Cast.getCastKind()) {
    case CK_LValueToRValue:
      // The value of a pointer, not the pointer object.
      return pointerValue(Cast.getSubExpr());
    case CK_NoOp:
      if (isa<CXXStaticCastExpr>(Cast) && Cast.isXValue())
        Result.Moved = true;
      return Cast.getSubExpr();
    case CK_ArrayToPointerDecay:
    case CK_DerivedToBase:
    case CK_UncheckedDerivedToBase:
    case CK_BaseToDerived:
    case CK_UserDefinedConversion:
    case CK_ConstructorConversion:
    case CK_LValueBitCast:
    case CK_BitCast:
      return Cast.getSubExpr();
    default:
      return nullptr;
    }
  }

  /// The initialiser of a pointer, or of a view that is copied. Null if it is
  /// not a local variable or may have changed.
  const Expr *pointerValue(const Expr *E) {
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(innermostOf(E));
    const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!Variable)
      return nullptr;
    Result.Root = Ref;
    if (isa<ParmVarDecl>(Variable) &&
        !Ref->refersToEnclosingVariableOrCapture()) {
      Result.What = Referent::Kind::Reference;
      Result.Variable = Variable;
      return nullptr;
    }
    return Variable->hasLocalStorage() && Variable->getType().isConstQualified()
               ? Variable->getInit()
               : nullptr;
  }

  const Expr *stepMember(const MemberExpr &Member) {
    const Expr *Base = Member.getBase();
    const auto *Field = dyn_cast<FieldDecl>(Member.getMemberDecl());
    if (!Field) // A static member, or a method.
      return nullptr;
    // A reference member refers to another object.
    if (Field->getType()->isReferenceType())
      return nullptr;
    if (!Member.isArrow())
      return Base;
    return isa_and_nonnull<CXXThisExpr>(innermostOf(Base)) ? innermostOf(Base)
                                                           : nullptr;
  }

  const Expr *stepReference(const DeclRefExpr &Ref) {
    const auto *Variable = dyn_cast<VarDecl>(Ref.getDecl());
    if (!Variable || !Variable->hasLocalStorage())
      return nullptr;
    Result.Variable = Variable;
    if (Ref.refersToEnclosingVariableOrCapture()) {
      Result.What = capturesByCopy(Ref) ? Referent::Kind::Capture
                                        : Referent::Kind::Closure;
      return nullptr;
    }
    const bool IsReference = Variable->getType()->isReferenceType();
    if (isa<ParmVarDecl>(Variable)) {
      Result.What =
          IsReference ? Referent::Kind::Reference : Referent::Kind::Parameter;
      return nullptr;
    }
    if (!IsReference) {
      Result.What = Referent::Kind::Local;
      return nullptr;
    }
    const Expr *Init = Variable->getInit();
    if (!Init)
      return nullptr;
    if (bindsTemporary(*Init)) {
      Result.What = Referent::Kind::Local; // Lives as long as the variable.
      return nullptr;
    }
    Result.Variable = nullptr;
    return Init;
  }

  /// Whether the lambda around a reference to a captured variable has a copy.
  bool capturesByCopy(const DeclRefExpr &Ref) {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Within);
    if (!Method || !Method->getParent()->isLambda())
      return false;
    return llvm::any_of(Method->getParent()->captures(),
                        [&](const LambdaCapture &Capture) {
                          return Capture.capturesVariable() &&
                                 Capture.getCapturedVar() == Ref.getDecl() &&
                                 Capture.getCaptureKind() == LCK_ByCopy &&
                                 !Ref.getDecl()->getType()->isReferenceType();
                        });
  }

  const Expr *stepConstruct(const CXXConstructExpr &Construct) {
    if (Construct.getNumArgs() == 0)
      return nullptr;
    const bool Copies = Construct.getConstructor()->isCopyOrMoveConstructor();
    const CXXRecordDecl *Class = Construct.getType()->getAsCXXRecordDecl();
    if (!Class || !isViewClass(*Class, Unit))
      return nullptr;
    if (Copies && !isa<MaterializeTemporaryExpr>(Construct.getArg(0)))
      return pointerValue(Construct.getArg(0));
    return sourceOfView(*Construct.getArg(0));
  }

  /// The object to which a view created from \p From refers. A temporary view
  /// refers to it, too.
  const Expr *sourceOfView(const Expr &From) {
    const auto *Temporary =
        dyn_cast<MaterializeTemporaryExpr>(From.IgnoreImpCasts());
    const CXXRecordDecl *Class = From.getType()->getAsCXXRecordDecl();
    return Temporary && Class && isViewClass(*Class, Unit)
               ? Temporary->getSubExpr()
               : &From;
  }

  const Expr *stepCall(const CallExpr &Call) {
    if (isReferenceCast(Call)) {
      Result.Moved |= Call.isXValue();
      return Call.getArg(0);
    }
    const FunctionDecl *Callee = Call.getDirectCallee();
    if (!Callee)
      return nullptr;
    if (isa<CXXConversionDecl>(Callee)) {
      const CXXRecordDecl *Class = Call.getType()->getAsCXXRecordDecl();
      const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call);
      return Member && Class && isViewClass(*Class, Unit)
                 ? sourceOfView(*Member->getImplicitObjectArgument())
                 : nullptr;
    }
    CallOperands Operands = CallOperands::of(&Call);
    const auto *Entry = Unit.modelOf(*Callee, Operands);
    if (Entry && Entry->PassThrough && !Operands.Arguments.empty()) {
      Result.Moved |= Call.isXValue();
      return Operands.Arguments[0];
    }
    // An element, iterator or pointer into a container that is named here.
    if (!Operands.Object || Operands.Object->getType()->isPointerType() ||
        !(Call.isGLValue() || refersToOthers(Call.getType(), Unit)))
      return nullptr;
    const CXXRecordDecl *Class = Operands.objectClass();
    const ContainerModel *Container =
        Class ? Unit.Models.container(*Class) : nullptr;
    if (!Container || isViewClass(*Class, Unit))
      return nullptr;
    for (const ContainerMethod &Method : Container->Methods)
      if ((Method.Actions & LooksUp) &&
          Callee->getNameAsString() == Method.Method) {
        Result.Shared |= sharesObject(*Class);
        Result.Owned |= leavesInPlace(*Class, Call.getType(), Unit.Context);
        return Operands.Object;
      }
    return nullptr;
  }

  Facts &Unit;
  const FunctionDecl *Within;
  Referent Result;
};

} // namespace

Referent referentOf(const Expr *E, Facts &Unit, const FunctionDecl *Within) {
  return ReferentWalk(Unit, Within).walk(E);
}

bool refersToOthers(QualType Type, Facts &Unit) {
  if (Type.isNull())
    return false;
  if (Type->isReferenceType())
    return true;
  if (Type->isPointerType())
    return !Type->isFunctionPointerType();
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  return Class && isViewClass(*Class, Unit);
}

const Expr *closureOf(const Expr *Argument) {
  const Expr *E = innermostOf(Argument);
  while (const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(E))
    E = Construct->getNumArgs() == 1 ? innermostOf(Construct->getArg(0))
                                     : nullptr;
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
  const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  const CXXRecordDecl *Class =
      Variable ? Variable->getType()->getAsCXXRecordDecl() : nullptr;
  return Class && Class->isLambda() && Variable->getInit() &&
                 Variable->hasLocalStorage()
             ? Variable->getInit()
             : Argument;
}

llvm::SmallVector<const VarDecl *, 2> capturedByReference(const Expr *E) {
  llvm::SmallVector<const VarDecl *, 2> Result;
  while (E) {
    if (const Expr *Inner = innerOf(*E)) {
      E = Inner;
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E);
               Construct && Construct->getNumArgs() == 1) {
      E = Construct->getArg(0);
    } else {
      break;
    }
  }
  const auto *Lambda = dyn_cast_or_null<LambdaExpr>(E);
  if (!Lambda)
    return Result;
  for (const LambdaCapture &Capture : Lambda->captures())
    if (Capture.capturesVariable() && Capture.getCaptureKind() == LCK_ByRef)
      if (const auto *Variable = dyn_cast<VarDecl>(Capture.getCapturedVar()))
        Result.push_back(Variable);
  return Result;
}

} // namespace corolint
