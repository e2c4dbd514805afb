//===-- Contexts.cpp - The contexts in which code runs --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "region/Contexts.h"
#include "code/Callables.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace corolint {

const ContextReason *FunctionContext::reason(ContextKind Kind) const {
  switch (Kind) {
  case ContextKind::NoYield:
    return &NoYield;
  case ContextKind::EventLoop:
  case ContextKind::Fiber:
  case ContextKind::Pool:
    return &EventLoop;
  case ContextKind::AllowBlocking:
    return &AllowBlocking;
  case ContextKind::Caller:
    return nullptr;
  }
  return nullptr;
}

void FunctionContext::addMissing(const FunctionContext &Other) {
  for (ContextKind Kind : Kinds)
    if (!*reason(Kind))
      *reason(Kind) = *Other.reason(Kind);
}

llvm::SmallVector<ContextKind, 3> annotatedContexts(const Annotations &Marks) {
  llvm::SmallVector<ContextKind, 3> Result;
  if (Marks.has(Annotation::NoYield))
    Result.push_back(ContextKind::NoYield);
  if (Marks.has(Annotation::EventLoop))
    Result.push_back(ContextKind::EventLoop);
  if (Marks.has(Annotation::AllowBlocking))
    Result.push_back(ContextKind::AllowBlocking);
  return Result;
}

void ContextMap::scan(bool Include) {
  IncludeSystemHeaders = Include;
  for (const Decl *D : Unit.Context.getTraversalScope())
    scanDeclaration(*D);
  // A template without instantiations is judged as written. Judging one may
  // find others in it.
  for (size_t I = 0; I < Patterns.size(); ++I)
    if (!Instantiated.contains(Patterns[I]->getCanonicalDecl()))
      addFunction(*Patterns[I]);
  for (auto [Argument, Runs] : Unnamed)
    for (const FunctionDecl *Callable : assignedTo(*Argument))
      pass(*Callable, Runs, Argument->getBeginLoc());
}

/// Adds the context \p Runs to \p Context, unless that kind already has a
/// reason.
static void addContext(FunctionContext &Context, ContextKind Runs, bool Passed,
                       SourceLocation Where) {
  ContextReason *Reason = Context.reason(Runs);
  if (!Reason || *Reason)
    return;
  *Reason = {true, Passed, Where};
  Reason->AllowsSyncWaits = Runs == ContextKind::Fiber;
  Reason->AllowsBlocking = Runs == ContextKind::Pool;
}

void ContextMap::pass(const FunctionDecl &Callable, ContextKind Runs,
                      SourceLocation Where) {
  addContext(Passed[Callable.getCanonicalDecl()], Runs, /*Passed=*/true, Where);
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
  forEachEvaluated(Init, [&](const Stmt &S) {
    if (const auto *Named = dyn_cast_or_null<FunctionDecl>(namedBy(&S)))
      NamedByInitialisers.push_back(Named);
    return true;
  });
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
    // An instantiation may have lost the annotations of its pattern.
    for (ContextKind Kind : annotatedContexts(Unit.Annotations.of(*Param)))
      Result.emplace_back(Param->getFunctionScopeIndex(), Kind);
  }
  if (External && !Callee.hasBody())
    for (std::pair<int, ContextKind> Declared :
         External->callableParameters(Callee))
      if (!llvm::is_contained(Result, Declared))
        Result.push_back(Declared);
  return Parameters[Callee.getCanonicalDecl()] = std::move(Result);
}

void ContextMap::passArgument(const Expr &Argument, ContextKind Runs) {
  if (const Expr *Executor = boundExecutor(&Argument, Unit.Models))
    Runs = executorContext(*Executor, Unit.Models).value_or(Runs);
  if (const FunctionDecl *Callable = callableOf(&Argument, Unit.Models))
    pass(*Callable, Runs, Argument.getBeginLoc());
  else
    Unnamed.emplace_back(&Argument, Runs);
}

/// The functions among the template arguments of \p Callee at \p Position, an
/// index from 0 or AnyArgument.
static llvm::SmallVector<const FunctionDecl *, 1>
templateCallables(const FunctionDecl &Callee, int Position) {
  llvm::SmallVector<const FunctionDecl *, 1> Result;
  const TemplateArgumentList *Arguments =
      Callee.getTemplateSpecializationArgs();
  if (!Arguments)
    return Result;
  llvm::SmallVector<TemplateArgument, 4> All;
  for (const TemplateArgument &Argument : Arguments->asArray()) {
    if (Argument.getKind() == TemplateArgument::Pack)
      llvm::append_range(All, Argument.getPackAsArray());
    else
      All.push_back(Argument);
  }
  for (int I = 0; I < int(All.size()); ++I)
    if (Position == I || Position == CallableModel::AnyArgument)
      if (All[I].getKind() == TemplateArgument::Declaration)
        if (const auto *Function = dyn_cast<FunctionDecl>(All[I].getAsDecl()))
          Result.push_back(Function);
  return Result;
}

/// Finds the callables that the callee of \p S runs according to models.
void ContextMap::findModelled(const Site &S, const CallOperands &Operands,
                              const Body &Walked) {
  const ModelIndex::FunctionEntry *Entry = Unit.modelOf(*S.Callee, Operands);
  if (!Entry)
    return;
  for (const CallableModel *Model : Entry->Callables) {
    if (Model->Runs == ContextKind::Caller ||
        !Unit.Conditions.applies(*Model, Operands, Walked.Function))
      continue;
    ContextKind Runs = Model->Runs;
    const Expr *Executor = nullptr;
    if (Model->Executor == Condition::Object)
      Executor = Operands.Object;
    else if (Model->Executor != position::None)
      for (const Expr *Argument : Operands.at(Model->Executor))
        Executor = Argument;
    if (Executor)
      Runs = executorContext(*Executor, Unit.Models).value_or(Runs);
    if (Model->TemplateArgument != position::None)
      for (const FunctionDecl *Callable :
           templateCallables(*S.Callee, Model->TemplateArgument))
        pass(*Callable, Runs, S.Where);
    if (Model->Argument == position::None)
      continue;
    for (const Expr *Argument : Operands.at(Model->Argument)) {
      passArgument(*Argument, Runs);
      const FunctionDecl *Callable = Model->Ready != position::None
                                         ? callableOf(Argument, Unit.Models)
                                         : nullptr;
      if (Callable)
        ReadyParameters[Callable->getCanonicalDecl()] = Model->Ready;
    }
  }
}

const ParmVarDecl *
ContextMap::readyParameter(const FunctionDecl &Callable) const {
  auto It = ReadyParameters.find(Callable.getCanonicalDecl());
  if (It == ReadyParameters.end())
    // A generic lambda is passed by its template.
    if (const FunctionDecl *Pattern =
            Callable.getTemplateInstantiationPattern())
      It = ReadyParameters.find(Pattern->getCanonicalDecl());
  return It != ReadyParameters.end() && It->second < Callable.getNumParams()
             ? Callable.getParamDecl(It->second)
             : nullptr;
}

/// Finds the callables that are stored where a library calls them.
void ContextMap::findStored(const Body &Walked) {
  for (auto [Field, Value] : Walked.GivenPointers)
    if (const auto *Entry = Unit.Models.find(*Field);
        Entry && Entry->Context && Entry->Context->By == ContextBy::Member)
      passArgument(*Value, Entry->Context->Runs);
}

void ContextMap::findCallables(const Body &Walked) {
  findStored(Walked);
  for (const Site &S : Walked.Sites) {
    if (!S.Callee)
      continue;
    const CallOperands Operands = CallOperands::of(S.Node);
    if (Operands.Arguments.empty()) {
      findModelled(S, Operands, Walked);
      continue;
    }
    if (TrackHandedOver && !S.Callee->hasBody() && !isInSystemHeader(*S.Callee))
      for (unsigned I = 0; I < Operands.Arguments.size(); ++I)
        if (const FunctionDecl *Callable =
                callableOf(Operands.Arguments[I], Unit.Models))
          Handed.push_back(
              {Callable, S.Callee, I, Operands.Arguments[I]->getBeginLoc()});
    findModelled(S, Operands, Walked);
    // Copied, because finding a callable may extend the table.
    auto Annotated = callableParameters(*S.Callee);
    for (auto [Position, Runs] : Annotated)
      for (const Expr *Argument : Operands.at(Position))
        passArgument(*Argument, Runs);
  }
}

/// The annotations of the class that \p Function returns by value, and of its
/// bases.
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

/// The model of a type or interface that determines where \p Function runs.
const ContextModel *ContextMap::modelByType(const FunctionDecl &Function) {
  auto OfClass = [&](const CXXRecordDecl *Class,
                     ContextBy By) -> const ContextModel * {
    if (!Class)
      return nullptr;
    const ContextModel *Found = Unit.Models.context(*Class, By);
    if (!Found && Class->hasDefinition())
      Class->forallBases([&](const CXXRecordDecl *Base) {
        if (!Found)
          Found = Unit.Models.context(*Base, By);
        return true;
      });
    return Found;
  };
  if (const ContextModel *Found = OfClass(
          Function.getReturnType()->getAsCXXRecordDecl(), ContextBy::Result))
    return Found;
  for (const ParmVarDecl *Param : Function.parameters())
    if (const ContextModel *Found =
            OfClass(classOf(Param->getType()), ContextBy::Parameter))
      return Found;
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  if (!Method || Method->isStatic() ||
      isa<CXXConstructorDecl, CXXDestructorDecl>(Method))
    return nullptr;
  llvm::SmallVector<const CXXMethodDecl *, 2> Overridden(
      Method->begin_overridden_methods(), Method->end_overridden_methods());
  for (size_t I = 0; I < Overridden.size(); ++I) {
    const ModelIndex::FunctionEntry *Entry = Unit.Models.find(*Overridden[I]);
    if (Entry && Entry->Context && Entry->Context->By == ContextBy::Override)
      return Entry->Context;
    Overridden.append(Overridden[I]->begin_overridden_methods(),
                      Overridden[I]->end_overridden_methods());
  }
  // The class itself is the interface: classes derived from it run there.
  const ContextModel *Own =
      Unit.Models.context(*Method->getParent(), ContextBy::Base);
  return Own ? nullptr : OfClass(Method->getParent(), ContextBy::Base);
}

void ContextMap::addContextOfType(const FunctionDecl &Function,
                                  FunctionContext &Result) {
  auto [It, Inserted] = ByType.try_emplace(Function.getCanonicalDecl());
  if (Inserted)
    It->second = modelByType(Function);
  if (It->second)
    addContext(Result, It->second->Runs, /*Passed=*/false,
               Function.getLocation());
}

FunctionContext ContextMap::of(const FunctionDecl &Function) {
  FunctionContext Result = Passed.lookup(Function.getCanonicalDecl());
  // A generic lambda is passed by its template.
  if (const FunctionDecl *Pattern = Function.getTemplateInstantiationPattern())
    Result.addMissing(Passed.lookup(Pattern->getCanonicalDecl()));
  if (External) {
    auto [It, Inserted] = FromOthers.try_emplace(Function.getCanonicalDecl());
    if (Inserted)
      It->second = External->contextOf(Function);
    Result.addMissing(It->second);
  }
  Annotations Marks = Unit.Annotations.of(Function);
  constexpr Annotation OnThread =
      Annotation::EventLoop | Annotation::AllowBlocking;
  if (!Marks.has(OnThread)) {
    // A function's own annotations take precedence over those of its result.
    const Annotations Returned = ofResult(Function);
    if (Returned.has(OnThread)) {
      Marks.Set |= Returned.Set & OnThread;
      Marks.Where = Returned.Where;
    } else if (!Result.EventLoop && !Result.AllowBlocking) {
      addContextOfType(Function, Result);
    }
  }
  for (ContextKind Kind : annotatedContexts(Marks))
    *Result.reason(Kind) = {true, false, Marks.Where};
  return Result;
}

} // namespace corolint
