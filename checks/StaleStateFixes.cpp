//===-- StaleStateFixes.cpp - Fix-its of coro-stale-state -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StaleStateFixes.h"
#include "CoroCheck.h"
#include "access/Containers.h"
#include "access/TaskUses.h"
#include "code/Expressions.h"
#include "code/SourceText.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace corolint {

namespace {

/// The text from \p Begin up to, but not including, \p End.
std::string textBetween(SourceLocation Begin, SourceLocation End,
                        ASTContext &Context) {
  return sourceText(CharSourceRange::getCharRange(Begin, End), Context);
}

/// Whether \p Function does not mention \p Name, so that a new variable may
/// have it.
bool isFree(StringRef Name, const FunctionDecl &Function, ASTContext &Context) {
  const std::string Text = sourceText(Function.getSourceRange(), Context);
  return !Text.empty() && !StringRef(Text).contains(Name);
}

bool hasCopyConstructor(const CXXRecordDecl &Class) {
  return Class.needsImplicitCopyConstructor()
             ? !Class.defaultedCopyConstructorIsDeleted()
             : llvm::any_of(Class.ctors(), [](const auto *Constructor) {
                 return Constructor->isCopyConstructor() &&
                        !Constructor->isDeleted() &&
                        Constructor->getAccess() == AS_public;
               });
}

/// Whether a copy of an object of \p Type can be made, and has its own copy of
/// what the object holds.
bool isCopyable(QualType Type, Facts &Unit) {
  llvm::SmallVector<QualType, 4> Parts{Type.getNonReferenceType()};
  while (!Parts.empty()) {
    const QualType Part = Parts.pop_back_val();
    if (Part->isDependentType() || Part->isArrayType() || isView(Part, Unit) ||
        isIndirect(Part))
      return false;
    const CXXRecordDecl *Class = Part->getAsCXXRecordDecl();
    if (!Class)
      continue;
    if (!Class->hasDefinition() || Class->isAbstract() ||
        !hasCopyConstructor(*Class))
      return false;
    // A copy of an owning pointer keeps what it points to.
    const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(Class);
    if (!Special || isPointerLike(*Class))
      continue;
    for (const TemplateArgument &Argument :
         Special->getTemplateArgs().asArray())
      if (Argument.getKind() == TemplateArgument::Type &&
          Argument.getAsType()->isRecordType())
        Parts.push_back(Argument.getAsType());
  }
  return true;
}

/// Whether a copy of an object of \p Type shares the object that it owns: its
/// constant `operator->` gives access to an object that is not constant.
bool sharesOwnership(QualType Type, Facts &Unit) {
  const CXXRecordDecl *Class = Type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition() || !isContainer(Type, Unit) ||
      isIndirect(Type) || !hasCopyConstructor(*Class))
    return false;
  llvm::SmallVector<const CXXRecordDecl *, 4> Pending{Class};
  while (!Pending.empty()) {
    const CXXRecordDecl *Part = Pending.pop_back_val();
    for (const CXXMethodDecl *Method : Part->methods())
      if (Method->getOverloadedOperator() == OO_Arrow && Method->isConst())
        return !Method->getReturnType()->getPointeeType().isConstQualified();
    for (const CXXBaseSpecifier &Base : Part->bases())
      if (const CXXRecordDecl *Inherited = Base.getType()->getAsCXXRecordDecl();
          Inherited && Inherited->hasDefinition())
        Pending.push_back(Inherited);
  }
  return false;
}

/// The expression in \p Init that names \p State.
const Expr *findNamed(const Expr &Init, const ValueDecl &State) {
  llvm::SmallVector<const Stmt *, 8> Pending{&Init};
  while (!Pending.empty()) {
    const Stmt *S = Pending.pop_back_val();
    if (const ValueDecl *Named = namedBy(S);
        Named && Named->getCanonicalDecl() == State.getCanonicalDecl())
      return cast<Expr>(S);
    if (!isa<LambdaExpr>(S))
      for (const Stmt *Child : S->children())
        if (Child)
          Pending.push_back(Child);
  }
  return nullptr;
}

/// Finds the edit for one finding.
class Fixer {
public:
  Fixer(const StaleFinding &Finding, Facts &Unit)
      : Finding(Finding), Act(Finding.Act), Unit(Unit), Context(Unit.Context),
        Tree(*Finding.Coroutine) {}

  FixItHint fix() {
    if (Act.What == StaleAct::Form::Torn && Act.Assignment) {
      FixItHint Shorter = readLast();
      return Shorter.isNull() ? awaitFirst() : Shorter;
    }
    if (Act.What != StaleAct::Form::Kept || Act.Walk ||
        Finding.Coroutine->isTemplateInstantiation())
      return {};
    if (Act.Loop)
      return copyRange(*Act.Loop);
    return Act.Variable && !isa<ParmVarDecl>(Act.Variable)
               ? copyReferent(*Act.Variable)
               : FixItHint();
  }

private:
  FixItHint readLast();
  FixItHint awaitFirst();
  FixItHint copyRange(const CXXForRangeStmt &Loop);
  FixItHint copyReferent(const VarDecl &Variable);
  const Expr *ownerIn(const Expr &Init);

  bool isFree(StringRef Name) {
    return corolint::isFree(Name, *Finding.Coroutine, Context);
  }

  const StaleFinding &Finding;
  const StaleAct &Act;
  Facts &Unit;
  ASTContext &Context;
  const StatementTree Tree;
};

/// Rewrites `n = n + co_await f()` to `n += co_await f()`, which reads `n`
/// last.
FixItHint Fixer::readLast() {
  const BinaryOperator &Assignment = *Act.Assignment;
  if (!Assignment.getType()->isArithmeticType())
    return {};
  const auto *Sum =
      dyn_cast<BinaryOperator>(Assignment.getRHS()->IgnoreParenImpCasts());
  if (!Sum || !(Sum->isAdditiveOp() || Sum->isMultiplicativeOp()))
    return {};
  const Expr *Await = Sum->getRHS()->IgnoreParenImpCasts();
  const std::string Target = sourceOf(*Assignment.getLHS(), Context);
  if (Target.empty() || Target != sourceOf(*Sum->getLHS(), Context) ||
      !isa<CoroutineSuspendExpr>(Await))
    return {};
  const std::string Operand = sourceOf(*Await, Context);
  if (Operand.empty())
    return {};
  return FixItHint::CreateReplacement(
      Assignment.getSourceRange(),
      (Target + " " + BinaryOperator::getOpcodeStr(Sum->getOpcode()) + "= " +
       Operand)
          .str());
}

/// Rewrites `n = g(n, co_await f());` to `auto result = co_await f();` and
/// `n = g(n, result);`. Only the await may have effects, so that it may come
/// first.
FixItHint Fixer::awaitFirst() {
  const BinaryOperator &Assignment = *Act.Assignment;
  const Stmt *Parent = Tree.parent(&Assignment);
  while (isa_and_nonnull<ExprWithCleanups>(Parent))
    Parent = Tree.parent(Parent);
  if ((Parent && !isa<CompoundStmt>(Parent)) || !isFree("result"))
    return {};
  const Expr *Await = nullptr;
  llvm::SmallVector<const Stmt *, 8> Pending{Assignment.getRHS()};
  while (!Pending.empty()) {
    const Stmt *S = Pending.pop_back_val();
    if (isa<CoroutineSuspendExpr>(S)) {
      if (Await)
        return {};
      Await = cast<Expr>(S);
      continue;
    }
    const auto *Operator = dyn_cast<BinaryOperator>(S);
    if (isa<CallExpr, CXXConstructExpr, LambdaExpr, ConditionalOperator,
            ExprWithCleanups>(S) ||
        (Operator && (Operator->isAssignmentOp() || Operator->isLogicalOp())))
      return {};
    for (const Stmt *Child : S->children())
      if (Child)
        Pending.push_back(Child);
  }
  // What the await itself is given was read before it, in any order.
  if (!Await || Context.getSourceManager().isPointWithin(
                    Act.Learned, Await->getBeginLoc(), Await->getEndLoc()))
    return {};
  const std::string Whole = sourceOf(Assignment, Context);
  const std::string Operand = sourceOf(*Await, Context);
  if (Whole.empty() || Operand.empty() || Await->getType()->isReferenceType())
    return {};
  const std::string Before =
      textBetween(Assignment.getBeginLoc(), Await->getBeginLoc(), Context);
  const StringRef After =
      StringRef(Whole).drop_front(Before.size() + Operand.size());
  return FixItHint::CreateReplacement(
      Assignment.getSourceRange(),
      "auto result = " + Operand + ";\n" +
          Lexer::getIndentationForLine(Assignment.getBeginLoc(),
                                       Context.getSourceManager())
              .str() +
          Before + "result" + After.str());
}

/// The expression in \p Init for an owner whose copy keeps the object, if the
/// owner is what changes.
const Expr *Fixer::ownerIn(const Expr &Init) {
  const ValueDecl *Changed = Finding.Changed.key();
  if (!Changed || !sharesOwnership(Changed->getType(), Unit))
    return nullptr;
  return findNamed(Init, *Changed);
}

/// Rewrites `for (auto x : items)` to `for (auto copy = items; auto x : copy)`.
FixItHint Fixer::copyRange(const CXXForRangeStmt &Loop) {
  const Expr *Range = Loop.getRangeInit();
  const VarDecl *Element = Loop.getLoopVariable();
  if (Loop.getInit() || !Range || !Range->isLValue() || !Element)
    return {};
  const SourceLocation Begin = Element->getOuterLocStart();
  const Expr *Owner = ownerIn(*Range);
  const bool OnlyReads =
      !Element->getType()->isReferenceType() ||
      Element->getType()->getPointeeType().isConstQualified();
  if (!Owner && (!OnlyReads || !isCopyable(Range->getType(), Unit) ||
                 !isCopyable(Element->getType(), Unit)))
    return {};
  const Expr &Copied = Owner ? *Owner : *Range;
  const StringRef Name = Owner ? "owner" : "copy";
  const std::string What = sourceOf(Copied, Context);
  const std::string Before = textBetween(Begin, Copied.getBeginLoc(), Context);
  if (What.empty() || Before.empty() || !isFree(Name))
    return {};
  return FixItHint::CreateReplacement(
      SourceRange(Begin, Copied.getEndLoc()),
      ("auto " + Name + " = " + What + "; " + Before + Name).str());
}

/// Makes a variable that refers to constant state a copy of it, or copies the
/// owner.
FixItHint Fixer::copyReferent(const VarDecl &Variable) {
  const Expr *Init = Variable.getInit();
  const auto *Declares = dyn_cast_or_null<DeclStmt>(Tree.declaration(Variable));
  if (!Init || !Declares || !Declares->isSingleDecl() ||
      isa<DecompositionDecl>(Variable))
    return {};
  if (const Expr *Owner = ownerIn(*Init)) {
    const SourceLocation Begin = Declares->getBeginLoc();
    const std::string What = sourceOf(*Owner, Context);
    const std::string Before =
        textBetween(Begin, Owner->getBeginLoc(), Context);
    if (What.empty() || Before.empty() || !isFree("owner"))
      return {};
    return FixItHint::CreateReplacement(
        SourceRange(Begin, Owner->getEndLoc()),
        "auto owner = " + What + ";\n" +
            Lexer::getIndentationForLine(Begin, Context.getSourceManager())
                .str() +
            Before + "owner");
  }
  const TypeSourceInfo *Info = Variable.getTypeSourceInfo();
  const auto Reference = Info->getTypeLoc().getAsAdjusted<ReferenceTypeLoc>();
  const QualType Type = Variable.getType().getNonReferenceType();
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (Reference.isNull() || Reference.getSigilLoc().isMacroID() ||
      !Type.isConstQualified() || !isCopyable(Type, Unit) ||
      (Class && Class->isPolymorphic()) ||
      !Context.hasSameUnqualifiedType(Init->IgnoreParenImpCasts()->getType(),
                                      Type))
    return {};
  return FixItHint::CreateRemoval(Reference.getSigilLoc());
}

} // namespace

FixItHint fixStaleState(const StaleFinding &Finding, Facts &Unit) {
  return Fixer(Finding, Unit).fix();
}

} // namespace corolint
