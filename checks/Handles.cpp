//===-- Handles.cpp - Groups findings by stream or file -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handles.h"
#include "model/Conditions.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ParentMapContext.h"

using namespace clang;
using namespace llvm;

namespace corolint {

/// The object that \p E is a part of or passes through: `in` for `in >> a >>
/// b`. Null if it is neither a variable, a member of this object nor a
/// temporary, and for globals, because each line of standard input is a new
/// wait.
static const void *baseOf(const Expr *E) {
  while (E) {
    E = E->IgnoreUnlessSpelledInSource();
    if (const auto *Named = dyn_cast<DeclRefExpr>(E)) {
      const auto *Variable = dyn_cast<VarDecl>(Named->getDecl());
      return Variable && !Variable->hasGlobalStorage()
                 ? Variable->getCanonicalDecl()
                 : nullptr;
    }
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      return isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts())
                 ? Member->getMemberDecl()->getCanonicalDecl()
                 : nullptr;
    if (const auto *Unary = dyn_cast<UnaryOperator>(E))
      E = Unary->getSubExpr();
    else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
      E = Operator->getNumArgs() ? Operator->getArg(0) : nullptr;
    else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E))
      E = Call->getImplicitObjectArgument();
    else
      return isa<CXXConstructExpr, CXXFunctionalCastExpr>(E) ? E : nullptr;
  }
  return nullptr;
}

/// The variable or member that stores the result of \p E, or null.
static const void *keeperOf(const Expr &E, ASTContext &Context) {
  DynTypedNode Node = DynTypedNode::create(E);
  while (true) {
    const auto Parents = Context.getParents(Node);
    if (Parents.size() != 1)
      return nullptr;
    const Stmt *Before = Node.get<Stmt>();
    Node = Parents[0];
    if (const auto *Variable = Node.get<VarDecl>())
      return Variable->getCanonicalDecl();
    if (const auto *Assigned = Node.get<BinaryOperator>())
      return Assigned->isAssignmentOp() && Assigned->getRHS() == Before
                 ? baseOf(Assigned->getLHS())
                 : nullptr;
    if (const auto *Assigned = Node.get<CXXOperatorCallExpr>())
      return Assigned->isAssignmentOp() ? baseOf(Assigned->getArg(0)) : nullptr;
    // A call that passes the value through: `std::unique_ptr<FILE, closer>
    // f(fopen(…))`.
    const auto *Through = Node.get<Expr>();
    if (!Through ||
        !isa<CastExpr, CXXConstructExpr, ExprWithCleanups, ParenExpr,
             CXXBindTemporaryExpr, MaterializeTemporaryExpr, ParenListExpr,
             InitListExpr>(Through))
      return nullptr;
  }
}

/// Whether a function may use the argument for \p Parameter as a stream: it is
/// a reference to non-const, or a pointer to a class.
static bool isStream(const ParmVarDecl &Parameter) {
  const QualType Type = Parameter.getType();
  if (!Type->isPointerType() && !Type->isLValueReferenceType())
    return false;
  const QualType Pointee = Type->getPointeeType();
  return Pointee->isRecordType() && !Pointee.isConstQualified();
}

/// The expression of the handle that the call at \p S uses, or null.
static const Expr *handleOf(const Site &S, const CallOperands &Operands) {
  if (Operands.Object || Operands.Arguments.empty())
    return Operands.Object;
  if (S.Callee)
    for (auto [Parameter, Argument] :
         zip(S.Callee->parameters(), Operands.Arguments))
      if (isStream(*Parameter))
        return Argument;
  const Expr *First = Operands.Arguments.front();
  return First->getType()->isIntegerType() ? First : nullptr;
}

std::optional<size_t> HandleGroups::groupOf(const Site &S, const IfStmt *Region,
                                            size_t New) {
  const auto *Call = dyn_cast_or_null<Expr>(S.Node);
  if (!Call)
    return std::nullopt;
  const CallOperands Operands = CallOperands::of(Call);
  const Expr *Subject = handleOf(S, Operands);
  const void *Handle = Subject ? baseOf(Subject) : nullptr;
  if (Handle)
    if (auto Known = Groups.find({Handle, Region}); Known != Groups.end())
      return Known->second;
  if (S.What == Site::Kind::Construct || !Subject) {
    Handle = keeperOf(*Call, Context);
    if (!Handle && S.What == Site::Kind::Construct)
      Handle = Call;
  } else if (Subject->getType()->isIntegerType()) {
    return std::nullopt; // A number is a handle only if opened here.
  }
  if (Handle)
    Groups[{Handle, Region}] = New;
  return std::nullopt;
}

} // namespace corolint
