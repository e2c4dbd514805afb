//===-- Contexts.cpp - Where code runs ------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "region/Contexts.h"
#include "code/Callables.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace corolint {

void ContextMap::scan(bool Include) {
  IncludeSystemHeaders = Include;
  for (const Decl *D : Unit.Context.getTraversalScope())
    scanDeclaration(*D);
  // A template without instantiations is judged as it is written.
  // Judging one may find others in it.
  for (size_t I = 0; I < Patterns.size(); ++I)
    if (!Instantiated.contains(Patterns[I]->getCanonicalDecl()))
      addFunction(*Patterns[I]);
  for (auto [Argument, Runs] : Unnamed)
    for (const FunctionDecl *Callable : assignedTo(*Argument))
      pass(*Callable, Runs, Argument->getBeginLoc());
}

void ContextMap::pass(const FunctionDecl &Callable, ContextKind Runs,
                      SourceLocation Where) {
  FunctionContext &Context = Passed[Callable.getCanonicalDecl()];
  ContextReason &Reason = Runs == ContextKind::NoYield ? Context.NoYield
                          : Runs == ContextKind::EventLoop
                              ? Context.EventLoop
                              : Context.AllowBlocking;
  if (!Reason)
    Reason = {true, true, Where};
}

void ContextMap::noteAnnotations(const Decl &D) {
  if (D.hasAttr<AnnotateAttr>())
    Annotated.push_back(&D);
}

void ContextMap::scanDeclaration(const Decl &D) {
  if (D.isInvalidDecl() && !isa<DeclContext>(D))
    return;
  if (isa<TranslationUnitDecl, NamespaceDecl, LinkageSpecDecl, ExportDecl>(D)) {
    scanContext(cast<DeclContext>(D));
    return;
  }
  if (!IncludeSystemHeaders && D.getLocation().isValid() && isInSystemHeader(D))
    return;
  noteAnnotations(D);
  if (const auto *Function = dyn_cast<FunctionDecl>(&D)) {
    scanFunction(*Function);
  } else if (const auto *Template = dyn_cast<FunctionTemplateDecl>(&D)) {
    noteAnnotations(*Template->getTemplatedDecl());
    scanFunction(*Template->getTemplatedDecl());
    if (Template->isThisDeclarationADefinition() ||
        Template->getCanonicalDecl() == Template)
      for (const FunctionDecl *Specialization : Template->specializations())
        scanFunction(*Specialization);
  } else if (const auto *Class = dyn_cast<CXXRecordDecl>(&D)) {
    scanClass(*Class);
  } else if (const auto *Template = dyn_cast<ClassTemplateDecl>(&D)) {
    noteAnnotations(*Template->getTemplatedDecl());
    scanClass(*Template->getTemplatedDecl());
    if (Template->getCanonicalDecl() == Template)
      for (const ClassTemplateSpecializationDecl *Specialization :
           Template->specializations())
        if (!Specialization->isExplicitSpecialization())
          scanClass(*Specialization);
  } else if (const auto *Variable = dyn_cast<VarDecl>(&D)) {
    if (Variable->getInit())
      scanInitialiser(*Variable->getInit());
  } else if (const auto *Template = dyn_cast<VarTemplateDecl>(&D)) {
    for (const VarTemplateSpecializationDecl *Specialization :
         Template->specializations())
      if (Specialization->getInit())
        scanInitialiser(*Specialization->getInit());
  } else if (const auto *Field = dyn_cast<FieldDecl>(&D)) {
    if (Field->hasInClassInitializer() && Field->getInClassInitializer())
      scanInitialiser(*Field->getInClassInitializer());
  } else if (const auto *Friend = dyn_cast<FriendDecl>(&D)) {
    if (const NamedDecl *Befriended = Friend->getFriendDecl())
      if (isa<FunctionDecl, FunctionTemplateDecl>(Befriended))
        scanDeclaration(*Befriended);
  }
}

void ContextMap::scanContext(const DeclContext &Context) {
  for (const Decl *D : Context.decls())
    scanDeclaration(*D);
}

void ContextMap::scanClass(const CXXRecordDecl &Class) {
  if (Class.isThisDeclarationADefinition())
    scanContext(Class);
}

void ContextMap::scanInitialiser(const Expr &Init) {
  Body Walked = walkExpression(Init, Unit.Context);
  findCallables(Walked);
  scanNested(Walked);
}

void ContextMap::scanFunction(const FunctionDecl &Function) {
  for (const ParmVarDecl *Param : Function.parameters())
    noteAnnotations(*Param);
  if (!Function.doesThisDeclarationHaveABody() || Function.isDeleted())
    return;
  if (Function.isDefaulted()) {
    const auto *Destructor = dyn_cast<CXXDestructorDecl>(&Function);
    if (Destructor && Destructor->isVirtual() && Destructor->getBody() &&
        !Destructor->isDependentContext())
      ImpliedDestructors.push_back(Destructor);
    return;
  }
  if (Function.isDependentContext()) {
    Patterns.push_back(&Function);
    return;
  }
  if (const FunctionDecl *Pattern = Function.getTemplateInstantiationPattern())
    Instantiated.insert(Pattern->getCanonicalDecl());
  addFunction(Function);
}

void ContextMap::addFunction(const FunctionDecl &Definition) {
  if (!Definition.getBody() || !Seen.insert(&Definition).second)
    return;
  Functions.push_back(&Definition);
  const Body &Walked = Unit.Bodies.of(Definition);
  findCallables(Walked);
  scanNested(Walked);
}

void ContextMap::scanNested(const Body &Walked) {
  for (const LambdaExpr *Lambda : Walked.Lambdas) {
    noteAnnotations(*Lambda->getCallOperator());
    if (const FunctionTemplateDecl *Generic =
            Lambda->getLambdaClass()->getDependentLambdaCallOperator()) {
      bool Any = false;
      for (const FunctionDecl *Specialization : Generic->specializations()) {
        if (!Specialization->doesThisDeclarationHaveABody())
          continue;
        Any = true;
        addFunction(*Specialization);
      }
      if (Any)
        continue;
    }
    addFunction(*Lambda->getCallOperator());
  }
  for (const CXXRecordDecl *Class : Walked.LocalClasses)
    scanClass(*Class);
}

const ContextMap::CallableParameters &
ContextMap::callableParameters(const FunctionDecl &Callee) {
  auto [It, Inserted] = Parameters.try_emplace(Callee.getCanonicalDecl());
  if (!Inserted)
    return It->second;
  CallableParameters Result;
  for (const ParmVarDecl *Param : Callee.parameters()) {
    // An instantiation may have lost what its pattern says.
    Annotations Marks = Unit.Annotations.of(*Param);
    int Index = Param->getFunctionScopeIndex();
    if (Marks.has(Annotation::NoYield))
      Result.emplace_back(Index, ContextKind::NoYield);
    if (Marks.has(Annotation::EventLoop))
      Result.emplace_back(Index, ContextKind::EventLoop);
    if (Marks.has(Annotation::AllowBlocking))
      Result.emplace_back(Index, ContextKind::AllowBlocking);
  }
  if (External && !Callee.hasBody())
    for (std::pair<int, ContextKind> Declared :
         External->callableParameters(Callee))
      if (!llvm::is_contained(Result, Declared))
        Result.push_back(Declared);
  return Parameters[Callee.getCanonicalDecl()] = std::move(Result);
}

void ContextMap::findCallables(const Body &Walked) {
  for (const Site &S : Walked.Sites) {
    if (!S.Callee)
      continue;
    const CallOperands Operands = CallOperands::of(S.Node);
    if (Operands.Arguments.empty())
      continue;
    auto Pass = [&](const Expr *Argument, ContextKind Runs) {
      if (const FunctionDecl *Callable = callableOf(Argument, Unit.Models))
        pass(*Callable, Runs, Argument->getBeginLoc());
      else
        Unnamed.emplace_back(Argument, Runs);
    };
    if (TrackHandedOver && !S.Callee->hasBody() && !isInSystemHeader(*S.Callee))
      for (unsigned I = 0; I < Operands.Arguments.size(); ++I)
        if (const FunctionDecl *Callable =
                callableOf(Operands.Arguments[I], Unit.Models))
          Handed.push_back(
              {Callable, S.Callee, I, Operands.Arguments[I]->getBeginLoc()});
    if (const ModelIndex::FunctionEntry *Entry =
            Unit.modelOf(*S.Callee, Operands))
      for (const CallableModel *Model : Entry->Callables)
        if (Model->Runs != ContextKind::Caller &&
            Unit.Conditions.applies(*Model, Operands, Walked.Function))
          for (const Expr *Argument : Operands.at(Model->Argument))
            Pass(Argument, Model->Runs);
    // Copied: finding a callable may add to the table.
    auto Annotated = callableParameters(*S.Callee);
    for (auto [Position, Runs] : Annotated)
      for (const Expr *Argument : Operands.at(Position))
        Pass(Argument, Runs);
  }
}

/// The annotations of the class that \p Function returns an object of, and of
/// its bases.
Annotations ContextMap::ofResult(const FunctionDecl &Function) {
  const CXXRecordDecl *Class = Function.getReturnType()->getAsCXXRecordDecl();
  if (!Class)
    return {};
  Annotations Result = Unit.Annotations.of(*Class);
  if (Class->hasDefinition())
    Class->forallBases([&](const CXXRecordDecl *Base) {
      if (Result.Set == Annotation::None)
        Result = Unit.Annotations.of(*Base);
      return true;
    });
  return Result;
}

FunctionContext ContextMap::of(const FunctionDecl &Function) {
  FunctionContext Result = Passed.lookup(Function.getCanonicalDecl());
  // A generic lambda is handed over by its template.
  if (const FunctionDecl *Pattern =
          Function.getTemplateInstantiationPattern()) {
    FunctionContext Generic = Passed.lookup(Pattern->getCanonicalDecl());
    if (!Result.NoYield)
      Result.NoYield = Generic.NoYield;
    if (!Result.EventLoop)
      Result.EventLoop = Generic.EventLoop;
    if (!Result.AllowBlocking)
      Result.AllowBlocking = Generic.AllowBlocking;
  }
  if (External) {
    auto [It, Inserted] = FromOthers.try_emplace(Function.getCanonicalDecl());
    if (Inserted)
      It->second = External->contextOf(Function);
    if (!Result.NoYield)
      Result.NoYield = It->second.NoYield;
    if (!Result.EventLoop)
      Result.EventLoop = It->second.EventLoop;
    if (!Result.AllowBlocking)
      Result.AllowBlocking = It->second.AllowBlocking;
  }
  Annotations Marks = Unit.Annotations.of(Function);
  constexpr Annotation OnThread =
      Annotation::EventLoop | Annotation::AllowBlocking;
  if (!Marks.has(OnThread)) {
    // What a function declares itself wins over the class of its result.
    const Annotations Returned = ofResult(Function);
    if (Returned.has(OnThread)) {
      Marks.Set |= Returned.Set & OnThread;
      Marks.Where = Returned.Where;
    }
  }
  ContextReason Declared{true, false, Marks.Where};
  if (Marks.has(Annotation::NoYield))
    Result.NoYield = Declared;
  if (Marks.has(Annotation::EventLoop))
    Result.EventLoop = Declared;
  if (Marks.has(Annotation::AllowBlocking))
    Result.AllowBlocking = Declared;
  return Result;
}

} // namespace corolint
