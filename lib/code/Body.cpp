//===-- Body.cpp - Facts about sites and calls ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "code/Body.h"
#include "code/Expressions.h"
#include "clang/AST/Attr.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

const Stmt *writtenBody(const FunctionDecl &Function) {
  const Stmt *Written = Function.getBody();
  if (const auto *Coroutine = dyn_cast_or_null<CoroutineBodyStmt>(Written))
    return Coroutine->getBody();
  return Written;
}

bool isNoYieldRegion(const IfStmt &If) {
  const auto *Init = dyn_cast_or_null<DeclStmt>(If.getInit());
  if (!Init || !Init->isSingleDecl() || !Init->getSingleDecl()->hasAttrs())
    return false;
  return llvm::any_of(Init->getSingleDecl()->specific_attrs<AnnotateAttr>(),
                      [](const AnnotateAttr *Attr) {
                        return Attr->getAnnotation() == "corolint::no_yield";
                      });
}

namespace {

/// The function to which a local function pointer always points.
const FunctionDecl *pointee(const Expr *Callee) {
  const auto *Ref = dyn_cast<DeclRefExpr>(Callee->IgnoreParenImpCasts());
  const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!Variable || isa<ParmVarDecl>(Variable) || !Variable->hasInit())
    return nullptr;
  if (!Variable->getType().isConstQualified())
    return nullptr;
  const Expr *Init = Variable->getInit()->IgnoreParenImpCasts();
  if (const auto *Address = dyn_cast<UnaryOperator>(Init))
    Init = Address->getSubExpr()->IgnoreParenImpCasts();
  const auto *Target = dyn_cast<DeclRefExpr>(Init);
  return Target ? dyn_cast<FunctionDecl>(Target->getDecl()) : nullptr;
}

} // namespace

/// The same as `isVirtual()`, and quick for the methods of most classes.
static bool isVirtual(const CXXMethodDecl &Method) {
  const CXXRecordDecl *Class = Method.getParent();
  return (!Class->hasDefinition() || Class->isPolymorphic()) &&
         Method.isVirtual();
}

const FunctionDecl *calleeOf(const CallExpr &Call) {
  const FunctionDecl *Direct = Call.getDirectCallee();
  if (!Direct)
    return Call.getCallee() && !Call.getCallee()->isTypeDependent()
               ? pointee(Call.getCallee())
               : nullptr;
  const auto *Method = dyn_cast<CXXMethodDecl>(Direct);
  const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call);
  if (!Method || !Member || !isVirtual(*Method))
    return Direct;
  const auto *Callee =
      dyn_cast<MemberExpr>(Member->getCallee()->IgnoreParens());
  if (!Callee || Callee->hasQualifier())
    return Direct;
  if (Callee->isTypeDependent() ||
      Member->getImplicitObjectArgument()->isTypeDependent())
    return Direct;
  const CXXMethodDecl *Final = Method->getDevirtualizedMethod(
      Member->getImplicitObjectArgument(), /*IsAppleKext=*/false);
  return Final ? Final : Direct;
}

const FunctionDecl *definitionOf(const FunctionDecl &Function) {
  const FunctionDecl *Definition = nullptr;
  return Function.hasBody(Definition) ? Definition : nullptr;
}

const Expr *onlyReturned(const FunctionDecl &Function) {
  const FunctionDecl *Definition = definitionOf(Function);
  const auto *Block =
      Definition ? dyn_cast<CompoundStmt>(Definition->getBody()) : nullptr;
  if (!Block || Block->body_empty())
    return nullptr;
  // A using-declaration does nothing.
  for (const Stmt *S : llvm::drop_end(Block->body())) {
    const auto *Declaration = dyn_cast<DeclStmt>(S);
    if (!Declaration ||
        !llvm::all_of(Declaration->decls(), llvm::IsaPred<UsingDecl>))
      return nullptr;
  }
  const auto *Return = dyn_cast<ReturnStmt>(Block->body_back());
  return Return ? Return->getRetValue() : nullptr;
}

bool isDispatched(const Expr &Node, const FunctionDecl &Callee) {
  if (const auto *Delete = dyn_cast<CXXDeleteExpr>(&Node)) {
    const auto *Destructor = dyn_cast<CXXDestructorDecl>(&Callee);
    return Destructor && Destructor->isVirtual() && !Delete->isArrayForm() &&
           !Destructor->hasAttr<FinalAttr>() &&
           !Destructor->getParent()->isEffectivelyFinal();
  }
  const auto *Call = dyn_cast<CXXMemberCallExpr>(&Node);
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  // An explicitly called destructor is that of the named class.
  if (!Call || !Method || !isVirtual(*Method) ||
      isa<CXXDestructorDecl>(Method) || Method != Call->getMethodDecl())
    return false;
  const auto *Member = dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParens());
  return Member && !Member->hasQualifier() &&
         !Method->getDevirtualizedMethod(Call->getImplicitObjectArgument(),
                                         /*IsAppleKext=*/false);
}

bool isDispatched(const Site &S) {
  const auto *Node = dyn_cast_or_null<Expr>(S.Node);
  return Node && S.Callee && isDispatched(*Node, *S.Callee);
}

/// Identifies the object to which \p E refers, or with \p Points points, by the
/// form of the expression, so that `*p` and the object of `p->f()` are the
/// same.
static llvm::FoldingSetNodeID objectKey(const Expr &E, bool Points,
                                        const ASTContext &Context) {
  const Expr *Object = innermostOf(&E);
  while (true) {
    if (const auto *Unary = dyn_cast<UnaryOperator>(Object);
        Unary && Unary->getOpcode() == (Points ? UO_AddrOf : UO_Deref)) {
      Points = !Points;
      Object = innermostOf(Unary->getSubExpr());
      continue;
    }
    // A local reference denotes the object to which it was bound.
    const auto *Ref = dyn_cast<DeclRefExpr>(Object);
    const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!Variable || isa<ParmVarDecl>(Variable) || !Variable->getInit() ||
        !Variable->getType()->isReferenceType())
      break;
    Object = innermostOf(Variable->getInit());
  }
  llvm::FoldingSetNodeID Key;
  Key.AddBoolean(Points);
  Object->Profile(Key, Context, /*Canonical=*/true);
  return Key;
}

bool destroysMovedFrom(const Site &S, const Body &Within) {
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(S.Node);
  if (S.What != Site::Kind::Call || !Call ||
      !isa_and_nonnull<CXXDestructorDecl>(S.Callee))
    return false;
  const Expr &Object = *Call->getImplicitObjectArgument();
  if (Object.isTypeDependent())
    return false;
  const auto *Ref = dyn_cast<DeclRefExpr>(innermostOf(&Object));
  if (Ref && Within.Moved.contains(Ref->getDecl()))
    return true;
  const ASTContext &Context = S.Callee->getASTContext();
  const llvm::FoldingSetNodeID Key =
      objectKey(Object, Object.getType()->isPointerType(), Context);
  return llvm::any_of(Within.MovedObjects, [&](const Expr *Moved) {
    return objectKey(*Moved, /*Points=*/false, Context) == Key;
  });
}

SourceLocation locationOf(const CallExpr &Call) {
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call))
    return Operator->getOperator() == OO_Call ? Operator->getBeginLoc()
                                              : Operator->getOperatorLoc();
  const Expr *Callee = Call.getCallee();
  if (!Callee)
    return Call.getBeginLoc();
  Callee = Callee->IgnoreParenImpCasts();
  if (const auto *Member = dyn_cast<MemberExpr>(Callee)) {
    // A conversion has no name in the source.
    SourceLocation Loc = Member->getMemberLoc();
    return Loc.isValid() ? Loc : Call.getBeginLoc();
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Callee))
    return Ref->getLocation();
  return Call.getBeginLoc();
}

bool isSuspensionPoint(const Stmt &S) {
  if (const auto *Await = dyn_cast<CoawaitExpr>(&S))
    return !Await->isImplicit();
  return isa<CoyieldExpr, DependentCoawaitExpr>(S);
}

SourceLocation keywordOf(const Stmt &Suspension) {
  if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(&Suspension))
    return Await->getKeywordLoc();
  if (const auto *Await = dyn_cast<DependentCoawaitExpr>(&Suspension))
    return Await->getKeywordLoc();
  return Suspension.getBeginLoc();
}

const Body &BodyCache::of(const FunctionDecl &Function) {
  std::unique_ptr<Body> &Entry = Known[&Function];
  if (!Entry)
    Entry = std::make_unique<Body>(walkBody(Function));
  return *Entry;
}

} // namespace corolint
