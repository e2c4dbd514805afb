//===-- Contexts.cpp - Where code runs ------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "region/Contexts.h"
#include "region/Expressions.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace corolint {

namespace {

const FunctionDecl *callOperator(const CXXRecordDecl &Class) {
  if (Class.isLambda())
    return Class.getLambdaCallOperator();
  if (!Class.hasDefinition() || isInSystemHeader(Class))
    return nullptr;
  const FunctionDecl *Only = nullptr;
  for (const CXXMethodDecl *Method : Class.methods()) {
    if (Method->getOverloadedOperator() != OO_Call)
      continue;
    if (Only)
      return nullptr;
    Only = Method;
  }
  return Only;
}

} // namespace

const FunctionDecl *callableOf(const Expr *Argument, ModelIndex &Models) {
  for (unsigned Steps = 0; Argument && Steps < 64; ++Steps) {
    const Expr *E = Argument;
    if (E->getType().isNull()) // Code that does not compile.
      return nullptr;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(E))
      return Lambda->getCallOperator();
    if (const Expr *Inner = innerOf(*E)) {
      Argument = Inner;
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
      Argument = Unary->getSubExpr();
    } else if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E)) {
      Argument = Default->getExpr();
    } else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E)) {
      // A lambda without captures converts to a function pointer.
      if (!isa_and_nonnull<CXXConversionDecl>(Call->getMethodDecl()))
        return nullptr;
      Argument = Call->getImplicitObjectArgument();
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      if (const auto *Function = dyn_cast<FunctionDecl>(Ref->getDecl()))
        return Function;
      const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
      if (!Variable)
        return nullptr;
      const CXXRecordDecl *Class =
          Variable->getType().getNonReferenceType()->getAsCXXRecordDecl();
      if (Class)
        if (const FunctionDecl *Operator = callOperator(*Class))
          return Operator;
      if (isa<ParmVarDecl>(Variable) || !Variable->hasInit())
        return nullptr;
      Argument = Variable->getInit();
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
      const CXXRecordDecl *Class = Construct->getType()->getAsCXXRecordDecl();
      if (Class && !Construct->getConstructor()->isCopyOrMoveConstructor())
        if (const FunctionDecl *Operator = callOperator(*Class))
          return Operator;
      if (Construct->getNumArgs() == 0)
        return nullptr;
      Argument = Construct->getArg(0);
    } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      const ModelIndex::FunctionEntry *Entry =
          Callee && Call->getNumArgs() > 0 ? Models.find(*Callee) : nullptr;
      if (!Entry || !Entry->PassThrough) {
        const CXXRecordDecl *Class = Call->getType()->getAsCXXRecordDecl();
        return Class ? callOperator(*Class) : nullptr;
      }
      Argument = Call->getArg(0);
    } else {
      const CXXRecordDecl *Class = E->getType()->getAsCXXRecordDecl();
      return Class ? callOperator(*Class) : nullptr;
    }
  }
  return nullptr;
}

void Contexts::scan(bool Include) {
  IncludeSystemHeaders = Include;
  for (const Decl *D : Known.Context.getTraversalScope())
    scanDeclaration(*D);
  // A template without instantiations is judged as it is written.
  // Judging one may find others in it.
  for (size_t I = 0; I < Patterns.size(); ++I)
    if (!Instantiated.contains(Patterns[I]->getCanonicalDecl()))
      addFunction(*Patterns[I]);
}

void Contexts::noteAnnotations(const Decl &D) {
  if (D.hasAttr<AnnotateAttr>())
    Annotated.push_back(&D);
}

void Contexts::scanDeclaration(const Decl &D) {
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

void Contexts::scanContext(const DeclContext &Context) {
  for (const Decl *D : Context.decls())
    scanDeclaration(*D);
}

void Contexts::scanClass(const CXXRecordDecl &Class) {
  if (Class.isThisDeclarationADefinition())
    scanContext(Class);
}

void Contexts::scanInitialiser(const Expr &Init) {
  Body Walked = walkExpression(Init, Known.Context);
  findCallables(Walked);
  scanNested(Walked);
}

void Contexts::scanFunction(const FunctionDecl &Function) {
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

void Contexts::addFunction(const FunctionDecl &Definition) {
  if (!Definition.getBody() || !Seen.insert(&Definition).second)
    return;
  Functions.push_back(&Definition);
  const Body &Walked = Known.Walked.of(Definition);
  findCallables(Walked);
  scanNested(Walked);
}

void Contexts::scanNested(const Body &Walked) {
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

const Contexts::CallableParameters &
Contexts::callableParameters(const FunctionDecl &Callee) {
  auto [It, Inserted] = Parameters.try_emplace(Callee.getCanonicalDecl());
  if (!Inserted)
    return It->second;
  CallableParameters Result;
  for (const ParmVarDecl *Param : Callee.parameters()) {
    // An instantiation may have lost what its pattern says.
    Annotations Marks = Known.Annotated.of(*Param);
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

void Contexts::findCallables(const Body &Walked) {
  for (const Site &S : Walked.Sites) {
    if (!S.Callee)
      continue;
    const CallOperands Operands = CallOperands::of(S.Node);
    if (Operands.Arguments.empty())
      continue;
    auto Pass = [&](const Expr *Argument, ContextKind Runs) {
      const FunctionDecl *Callable = callableOf(Argument, Known.Models);
      if (!Callable)
        return;
      FunctionContext &Context = Passed[Callable->getCanonicalDecl()];
      ContextReason &Reason = Runs == ContextKind::NoYield ? Context.NoYield
                              : Runs == ContextKind::EventLoop
                                  ? Context.EventLoop
                                  : Context.AllowBlocking;
      if (!Reason)
        Reason = {true, true, Argument->getBeginLoc()};
    };
    if (TrackHandedOver && !S.Callee->hasBody() && !isInSystemHeader(*S.Callee))
      for (unsigned I = 0; I < Operands.Arguments.size(); ++I)
        if (const FunctionDecl *Callable =
                callableOf(Operands.Arguments[I], Known.Models))
          Handed.push_back(
              {Callable, S.Callee, I, Operands.Arguments[I]->getBeginLoc()});
    if (const ModelIndex::FunctionEntry *Entry =
            Known.modelOf(*S.Callee, Operands))
      for (const CallableModel *Model : Entry->Callables)
        if (Model->Runs != ContextKind::Caller &&
            Known.Decided.applies(*Model, Operands, Walked.Function))
          for (const Expr *Argument : Operands.at(Model->Argument))
            Pass(Argument, Model->Runs);
    // Copied: finding a callable may add to the table.
    auto Annotated = callableParameters(*S.Callee);
    for (auto [Position, Runs] : Annotated)
      for (const Expr *Argument : Operands.at(Position))
        Pass(Argument, Runs);
  }
}

FunctionContext Contexts::of(const FunctionDecl &Function) {
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
  Annotations Marks = Known.Annotated.of(Function);
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
