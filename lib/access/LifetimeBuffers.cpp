//===-- LifetimeBuffers.cpp - What ends before an operation that uses it --===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An asynchronous operation that reports by a callable uses the buffers that it
// is handed until it calls it: `async_write(socket, buffer(text), handler)`.
//
//===----------------------------------------------------------------------===//

#include "access/Lifetimes.h"
#include "code/Expressions.h"

using namespace clang;

namespace corolint {

/// Buffers of buffers …: longer chains are not followed.
static constexpr unsigned MaxBufferSteps = 16;

static bool isBuffer(QualType Type, Facts &Unit) {
  const CXXRecordDecl *Class = Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Class && Unit.Models.isListed(*Class, NameList::Buffers);
}

/// The object of \p Call, a library's method, if the buffer that it returns is
/// a part of the object: `queue.data()`.
static const Expr *ownedBy(const CXXMemberCallExpr &Call) {
  const Expr *Object = Call.getImplicitObjectArgument();
  const CXXRecordDecl *Class = Object->getType()->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition() || Class->hasTrivialDestructor() ||
      !Call.getMethodDecl() || !isInSystemHeader(*Call.getMethodDecl()))
    return nullptr;
  return Object;
}

const Expr *bufferedObject(const Expr &Argument, Facts &Unit) {
  const Expr *Made = &Argument;
  for (unsigned Steps = 0; Steps < MaxBufferSteps; ++Steps) {
    if (!isBuffer(Made->getType(), Unit))
      return Steps == 0 ? nullptr : Made;
    const Expr *E = innermostOf(Made);
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
      if (Construct->getNumArgs() == 0)
        return nullptr;
      Made = Construct->getArg(0);
    } else if (const auto *Method = dyn_cast<CXXMemberCallExpr>(E)) {
      return ownedBy(*Method);
    } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
      if (Call->getNumArgs() == 0)
        return nullptr;
      Made = Call->getArg(0);
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
      if (!Variable || isa<ParmVarDecl>(Variable) || !Variable->getInit() ||
          !Variable->hasLocalStorage())
        return nullptr;
      Made = Variable->getInit();
    } else {
      return nullptr;
    }
  }
  return nullptr;
}

bool isLaterOperation(const CallExpr &Call, const FunctionDecl &Callee,
                      Facts &Unit) {
  // With another completion token it returns a task, or has waited.
  if (!Call.getType()->isVoidType())
    return false;
  const CallOperands Operands = CallOperands::of(&Call);
  const auto *Entry = Unit.modelOf(Callee, Operands);
  return Entry && llvm::any_of(Operands.Arguments, [&](const Expr *Argument) {
           const CXXRecordDecl *Class = classOf(Argument->getType());
           return runsLater(*Entry, Operands, *Argument) &&
                  !(Class &&
                    Unit.Models.isListed(*Class, NameList::YieldingArguments));
         });
}

bool handsBuffer(const CallExpr &Call, const FunctionDecl &Callee,
                 Facts &Unit) {
  return Call.getType()->isVoidType() &&
         llvm::any_of(Call.arguments(),
                      [&](const Expr *Argument) {
                        return isBuffer(Argument->getType(), Unit);
                      }) &&
         isLaterOperation(Call, Callee, Unit);
}

void Lifetimes::judgeBuffers(const CallExpr &Call) {
  for (const Expr *Argument : CallOperands::of(&Call).Arguments) {
    const Expr *Viewed = bufferedObject(*Argument, Unit);
    if (!Viewed)
      continue;
    const Referent Object = referentOf(Viewed, Unit, &Tree->function());
    TaskFinding Finding{TaskFinding::Kind::TemporaryBuffer,
                        Argument->getBeginLoc()};
    if (hasOtherOwners(Object))
      continue;
    if (Object.What != Referent::Kind::Temporary) {
      const auto *Variable = dyn_cast_or_null<VarDecl>(Object.Variable);
      // The object behind a view of a view is not followed. An object that is
      // moved away lives on elsewhere.
      if ((Object.What != Referent::Kind::Local &&
           Object.What != Referent::Kind::Parameter) ||
          !Variable || refersToOthers(Variable->getType(), Unit) ||
          Unit.Bodies.of(Tree->function()).Moved.contains(Variable) ||
          mayBeWaitedFor(*Variable, Call))
        continue;
      Finding.What = TaskFinding::Kind::LocalBuffer;
      Finding.Name = Variable->getNameAsString();
    }
    report(std::move(Finding));
  }
}

} // namespace corolint
