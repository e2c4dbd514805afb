//===-- TaskSuspensions.cpp - Never-suspending coroutines -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/TaskSuspensions.h"
#include "access/LifetimeBorrows.h"
#include "code/Expressions.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace corolint {

namespace {

/// Whether an interface, or the enclosing template, obliges \p Function to
/// return a task.
bool isObliged(const FunctionDecl &Function) {
  if (Function.isTemplateInstantiation() ||
      Function.getTemplateSpecializationKind() != TSK_Undeclared)
    return true;
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  if (!Method)
    return false;
  if (Method->isVirtual() || Method->getParent()->isLambda() ||
      Method->isOverloadedOperator())
    return true;
  // The base may be a template that calls its derived class.
  for (const CXXBaseSpecifier &Base : Method->getParent()->bases())
    if (isa_and_nonnull<ClassTemplateSpecializationDecl>(
            Base.getType()->getAsCXXRecordDecl()))
      return true;
  return false;
}

/// Whether other files may call \p Function, which is defined in a header.
bool isOffered(const FunctionDecl &Function) {
  const SourceManager &Sources = Function.getASTContext().getSourceManager();
  return !Sources.isInMainFile(
             Sources.getExpansionLoc(Function.getLocation())) &&
         Function.isExternallyVisible() && Function.getAccess() != AS_private;
}

/// Whether the text of \p Function awaits, outside its lambdas and classes.
/// Clang omits statements with errors, and a configuration may exclude some.
bool awaitsInText(const FunctionDecl &Function, const Body &Walked) {
  const ASTContext &Context = Function.getASTContext();
  const SourceManager &Sources = Context.getSourceManager();
  const Stmt *Code = Function.getBody();
  const SourceLocation Begin = Sources.getFileLoc(Code->getBeginLoc());
  const SourceLocation End = Sources.getFileLoc(Code->getEndLoc());
  auto [File, Offset] = Sources.getDecomposedLoc(Begin);
  bool Invalid = false;
  const StringRef Text = Sources.getBufferData(File, &Invalid);
  if (Invalid || !Sources.isWrittenInSameFile(Begin, End))
    return false;
  Lexer Tokens(Sources.getLocForStartOfFile(File), Context.getLangOpts(),
               Text.begin(), Text.begin() + Offset, Text.end());
  const unsigned EndOffset = Sources.getFileOffset(End);
  llvm::SmallVector<SourceRange, 4> Others;
  for (const LambdaExpr *Lambda : Walked.Lambdas)
    Others.push_back(Lambda->getSourceRange());
  for (const CXXRecordDecl *Local : Walked.LocalClasses)
    Others.push_back(Local->getSourceRange());
  Token Next;
  while (!Tokens.LexFromRawLexer(Next)) {
    const SourceLocation Where = Next.getLocation();
    if (Sources.getFileOffset(Where) >= EndOffset)
      break;
    if (Next.is(tok::raw_identifier) &&
        (Next.getRawIdentifier() == "co_await" ||
         Next.getRawIdentifier() == "co_yield") &&
        llvm::none_of(Others, [&](SourceRange Other) {
          return Sources.isPointWithin(Where,
                                       Sources.getFileLoc(Other.getBegin()),
                                       Sources.getFileLoc(Other.getEnd()));
        }))
      return true;
  }
  return false;
}

/// Removes the functions of \p Candidates that \p Code names other than to call
/// them.
void removeNamed(const Stmt *Code,
                 llvm::SmallPtrSetImpl<const FunctionDecl *> &Candidates) {
  llvm::SmallVector<const Stmt *, 32> Pending{Code};
  llvm::SmallPtrSet<const Stmt *, 16> Callees;
  while (!Pending.empty()) {
    const Stmt *S = Pending.pop_back_val();
    if (!S)
      continue;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      Callees.insert(innermostOf(Call->getCallee()));
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
        Ref && !Callees.contains(Ref))
      if (const auto *Named = dyn_cast<FunctionDecl>(Ref->getDecl()))
        Candidates.erase(Named->getCanonicalDecl());
    Pending.append(S->child_begin(), S->child_end());
  }
}

/// The same for the initialisers of variables and members outside functions. An
/// editor's traversal scope is the open file.
void removeNamedOutside(
    const ASTContext &Context,
    llvm::SmallPtrSetImpl<const FunctionDecl *> &Candidates) {
  llvm::SmallVector<const DeclContext *, 16> Pending;
  auto Visit = [&](const Decl *D) {
    if (const auto *Variable = dyn_cast<VarDecl>(D))
      removeNamed(Variable->getInit(), Candidates);
    else if (const auto *Field = dyn_cast<FieldDecl>(D))
      removeNamed(Field->getInClassInitializer(), Candidates);
    else if (isa<TranslationUnitDecl>(D) ||
             (isa<NamespaceDecl, LinkageSpecDecl, CXXRecordDecl>(D) &&
              !isInSystemHeader(*D)))
      Pending.push_back(cast<DeclContext>(D));
  };
  for (const Decl *D : Context.getTraversalScope())
    Visit(D);
  while (!Pending.empty() && !Candidates.empty())
    for (const Decl *D : Pending.pop_back_val()->decls())
      Visit(D);
}

/// Of the \p Candidates that \p Caller calls, keeps those that it awaits in
/// place, and adds them to \p Called.
void judgeCalls(const Body &Caller, TaskUses &Uses,
                llvm::SmallPtrSetImpl<const FunctionDecl *> &Candidates,
                llvm::DenseMap<const FunctionDecl *, SourceLocation> &Called) {
  for (const Site &S : Caller.Sites) {
    const auto *Call = dyn_cast_or_null<CallExpr>(S.Node);
    if (S.What != Site::Kind::Call || !Call || !S.Callee ||
        !Candidates.contains(S.Callee->getCanonicalDecl()))
      continue;
    TaskUse Use = Uses.of(*Call, Uses.treeOf(*Caller.Function));
    const auto *Await = dyn_cast_or_null<CoawaitExpr>(Use.At);
    if (Use.What == TaskUse::Kind::Awaited && Await &&
        taskCall(Await->getOperand()) == Call)
      Called.try_emplace(S.Callee->getCanonicalDecl(), Await->getKeywordLoc());
    else
      Candidates.erase(S.Callee->getCanonicalDecl());
  }
}

} // namespace

TasksByFunction
findNeverSuspending(llvm::ArrayRef<const FunctionDecl *> Functions, Facts &Unit,
                    TaskClasses &Classes, TaskUses &Uses) {
  llvm::SmallPtrSet<const FunctionDecl *, 8> Candidates;
  // Methods of the same name may form an interface that only templates use.
  llvm::DenseMap<const IdentifierInfo *, const DeclContext *> Scopes;
  llvm::DenseSet<const IdentifierInfo *> Shared;
  for (const FunctionDecl *Function : Functions) {
    const FunctionDecl *Definition = visibleBody(*Function);
    if (!Definition || !Classes.returnedBy(*Definition))
      continue;
    if (const IdentifierInfo *Name = Definition->getIdentifier())
      if (isa<CXXMethodDecl>(Definition)) {
        auto [It, New] = Scopes.try_emplace(Name, Definition->getDeclContext());
        if (!New && It->second != Definition->getDeclContext())
          Shared.insert(Name);
      }
    const Body &Walked = Unit.Bodies.of(*Definition);
    if (Walked.IsCoroutine && !Walked.Awaits && !Walked.Yields &&
        !isObliged(*Definition) && !isOffered(*Definition) &&
        !awaitsInText(*Definition, Walked))
      Candidates.insert(Definition->getCanonicalDecl());
  }
  TasksByFunction Found;
  if (Candidates.empty())
    return Found;
  for (const FunctionDecl *Function : Functions)
    removeNamed(Function->getBody(), Candidates);
  llvm::DenseMap<const FunctionDecl *, SourceLocation> Called;
  for (const FunctionDecl *Function : Functions)
    if (!Candidates.empty() && visibleBody(*Function))
      judgeCalls(Unit.Bodies.of(*Function), Uses, Candidates, Called);
  if (!Called.empty())
    removeNamedOutside(Unit.Context, Candidates);
  for (const FunctionDecl *Function : Functions) {
    if (!Candidates.contains(Function->getCanonicalDecl()) ||
        !Called.contains(Function->getCanonicalDecl()) ||
        Shared.contains(Function->getIdentifier()) ||
        Function->getLocation().isMacroID())
      continue;
    TaskFinding Finding{TaskFinding::Kind::NoSuspension,
                        Function->getLocation(), Function->getNameAsString()};
    Finding.Notes.push_back(
        {TaskNote::Kind::Awaited, Called.lookup(Function->getCanonicalDecl())});
    Found[Function].push_back(std::move(Finding));
  }
  return Found;
}

} // namespace corolint
