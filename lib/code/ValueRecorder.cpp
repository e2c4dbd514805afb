//===-- ValueRecorder.cpp - What a body does to values --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "code/ValueRecorder.h"
#include "code/Expressions.h"

using namespace clang;

namespace corolint {

bool ValueRecorder::canBeMovedFrom(QualType Type) {
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  return Class && Class->hasDefinition() &&
         (Class->hasMoveConstructor() || Class->hasMoveAssignment());
}

void ValueRecorder::elide(const Expr *Init) {
  llvm::SmallVector<const Expr *, 4> Stack{Init};
  while (!Stack.empty()) {
    const Expr *E = Stack.pop_back_val();
    if (!E)
      continue;
    if (const auto *Full = dyn_cast<FullExpr>(E)) {
      Stack.push_back(Full->getSubExpr());
    } else if (const auto *Cast = dyn_cast<CastExpr>(E)) {
      Stack.push_back(Cast->getSubExpr());
    } else if (const auto *Paren = dyn_cast<ParenExpr>(E)) {
      Stack.push_back(Paren->getSubExpr());
    } else if (const auto *Either = dyn_cast<ConditionalOperator>(E)) {
      Stack.push_back(Either->getTrueExpr());
      Stack.push_back(Either->getFalseExpr());
    } else if (isa<CXXBindTemporaryExpr>(E)) {
      Elided.insert(E);
    }
  }
}

unsigned ValueRecorder::firstArgument(const FunctionDecl &Callee,
                                      const Expr &Call) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  return isa<CXXOperatorCallExpr>(Call) && Method && Method->isInstance();
}

void ValueRecorder::elideArgument(const ParmVarDecl &Param, const Expr &Given) {
  const QualType Type = Param.getType();
  if (Type->isLValueReferenceType() ||
      !canBeMovedFrom(Type.getNonReferenceType()))
    return;
  const auto *Made = dyn_cast<MaterializeTemporaryExpr>(&Given);
  elide(Made ? Made->getSubExpr() : &Given);
}

void ValueRecorder::modifyArguments(const FunctionDecl &Callee,
                                    const CallExpr &Call) {
  const unsigned First = firstArgument(Callee, Call);
  for (unsigned I = First; I < Call.getNumArgs(); ++I) {
    if (I - First >= Callee.getNumParams())
      break;
    const QualType Type = Callee.getParamDecl(I - First)->getType();
    if (Type->isLValueReferenceType() &&
        !Type->getPointeeType().isConstQualified())
      modify(Call.getArg(I));
  }
}

void ValueRecorder::assign(const BinaryOperator &Assignment) {
  modify(Assignment.getLHS());
  if (Assignment.getOpcode() != BO_Assign)
    return;
  const Expr *Target = innermostOf(Assignment.getLHS());
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Target)) {
    noteAssigned(Assignment.getRHS(), *Ref->getDecl());
  } else if (const auto *Member = dyn_cast<MemberExpr>(Target)) {
    noteAssigned(Assignment.getRHS(), *Member->getMemberDecl());
    if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
        Field && Field->getType()->isFunctionPointerType())
      Result.GivenPointers.emplace_back(Field, Assignment.getRHS());
  }
}

void ValueRecorder::noteGivenPointers(const InitListExpr &List) {
  const RecordDecl *Class =
      List.getType().isNull() ? nullptr : List.getType()->getAsRecordDecl();
  if (!Class || Class->isUnion())
    return;
  const auto *Derived = dyn_cast<CXXRecordDecl>(Class);
  unsigned Index =
      Derived && Derived->hasDefinition() ? Derived->getNumBases() : 0;
  for (const FieldDecl *Field : Class->fields()) {
    if (Field->isUnnamedBitField())
      continue;
    if (Index >= List.getNumInits())
      return;
    const Expr *Value = List.getInit(Index++);
    if (Value && Field->getType()->isFunctionPointerType() &&
        !isa<ImplicitValueInitExpr>(Value))
      Result.GivenPointers.emplace_back(Field, Value);
  }
}

void ValueRecorder::changeByOperator(const UnaryOperator &Operator) {
  if (Operator.isIncrementDecrementOp() || Operator.getOpcode() == UO_AddrOf)
    modify(Operator.getSubExpr());
}

void ValueRecorder::moveFrom(const Expr *Source) {
  const auto *Ref = dyn_cast<DeclRefExpr>(Source->IgnoreParens());
  if (Ref && canBeMovedFrom(Ref->getType()))
    Result.Moved.insert(Ref->getDecl());
  else if (!Ref && canBeMovedFrom(Source->getType()))
    Result.MovedObjects.push_back(Source);
}

void ValueRecorder::modify(const Expr *Target) {
  Target = Target->IgnoreParenImpCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Target))
    Result.Modified.insert(Ref->getDecl());
  else if (const auto *Member = dyn_cast<MemberExpr>(Target))
    Result.Modified.insert(Member->getMemberDecl());
}

void ValueRecorder::noteAssigned(const Expr *Value, const ValueDecl &Target) {
  for (unsigned Steps = 0; Value && Steps < 8; ++Steps) {
    Value = innermostOf(Value);
    if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(Value)) {
      Value = Default->getExpr();
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value)) {
      Value = Construct->getNumArgs() == 1 ? Construct->getArg(0) : nullptr;
    } else if (const auto *List = dyn_cast<InitListExpr>(Value)) {
      Value = List->getNumInits() == 1 ? List->getInit(0) : nullptr;
    } else if (const auto *Call = dyn_cast<CallExpr>(Value)) {
      Result.AssignedTo[Call] = &Target;
      Value = Call->getNumArgs() > 0 ? Call->getArg(0) : nullptr;
    } else {
      return;
    }
  }
}

} // namespace corolint
