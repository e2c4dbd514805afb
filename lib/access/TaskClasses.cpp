//===-- TaskClasses.cpp - Classes of tasks and awaitables -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/TaskClasses.h"
#include "access/FrameDestruction.h"
#include "code/Expressions.h"
#include "code/Members.h"
#include "clang/AST/Attr.h"
#include "clang/AST/CXXInheritance.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace corolint {

namespace {

/// A class may be only named, not instantiated; its members are then those of
/// the pattern.
const CXXRecordDecl *withMembers(const CXXRecordDecl *Class) {
  if (!Class || Class->hasDefinition())
    return Class ? Class->getDefinition() : nullptr;
  const CXXRecordDecl *Pattern = Class->getTemplateInstantiationPattern();
  if (!Pattern)
    if (const auto *Named = dyn_cast<ClassTemplateSpecializationDecl>(Class))
      Pattern = Named->getSpecializedTemplate()->getTemplatedDecl();
  return Pattern ? Pattern->getDefinition() : nullptr;
}

/// The first member called \p Name of \p Class or a base of it that satisfies
/// \p Wanted.
template <typename DeclT>
const DeclT *findMember(
    const CXXRecordDecl *Class, StringRef Name,
    llvm::function_ref<bool(const DeclT &)> Wanted = [](const DeclT &) {
      return true;
    }) {
  llvm::SmallVector<const CXXRecordDecl *, 4> Pending{withMembers(Class)};
  for (unsigned Seen = 0; Seen < Pending.size() && Seen < 32; ++Seen) {
    const CXXRecordDecl *Current = Pending[Seen];
    if (!Current)
      continue;
    for (const Decl *Member : membersNamed(*Current, Name)) {
      if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Member))
        Member = Template->getTemplatedDecl();
      if (const auto *Found = dyn_cast<DeclT>(Member); Found && Wanted(*Found))
        return Found;
    }
    for (const CXXBaseSpecifier &Base : Current->bases()) {
      const CXXRecordDecl *Class = Base.getType()->getAsCXXRecordDecl();
      if (!Class)
        if (const auto *Dependent =
                Base.getType()->getAs<TemplateSpecializationType>())
          if (const auto *Template = dyn_cast_or_null<ClassTemplateDecl>(
                  Dependent->getTemplateName().getAsTemplateDecl()))
            Class = Template->getTemplatedDecl();
      Pending.push_back(withMembers(Class));
    }
  }
  return nullptr;
}

/// The class of a possibly dependent \p Type.
const CXXRecordDecl *classNamed(QualType Type) {
  if (const CXXRecordDecl *Class = Type->getAsCXXRecordDecl())
    return Class;
  if (const auto *Dependent = Type->getAs<TemplateSpecializationType>())
    if (const auto *Template = dyn_cast_or_null<ClassTemplateDecl>(
            Dependent->getTemplateName().getAsTemplateDecl()))
      return Template->getTemplatedDecl();
  return nullptr;
}

/// The template of which \p Class is a specialization or the pattern.
const ClassTemplateDecl *templateOf(const CXXRecordDecl &Class) {
  if (const auto *Named = dyn_cast<ClassTemplateSpecializationDecl>(&Class))
    return Named->getSpecializedTemplate()->getCanonicalDecl();
  const ClassTemplateDecl *Own = Class.getDescribedClassTemplate();
  return Own ? Own->getCanonicalDecl() : nullptr;
}

/// Whether \p Promise has an `await_transform` for \p Task: tasks that only
/// their own coroutines can await.
bool transforms(const CXXRecordDecl &Promise, const CXXRecordDecl &Task) {
  return findMember<CXXMethodDecl>(
      &Promise, "await_transform", [&](const CXXMethodDecl &Transform) {
        if (Transform.isDeleted() || Transform.getNumParams() == 0)
          return false;
        const CXXRecordDecl *Taken = classNamed(
            Transform.getParamDecl(0)->getType().getNonReferenceType());
        const ClassTemplateDecl *Of = Taken ? templateOf(*Taken) : nullptr;
        return Taken && (declaresSameEntity(Taken, &Task) ||
                         (Of && Of == templateOf(Task)));
      });
}

const Stmt *onlyStatement(const FunctionDecl &Function) {
  const FunctionDecl *Definition = nullptr;
  const Stmt *Code =
      Function.hasBody(Definition) ? Definition->getBody() : nullptr;
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Code);
  return Block && Block->size() == 1 ? *Block->body_begin() : nullptr;
}

bool isEmpty(const FunctionDecl &Function) {
  const FunctionDecl *Definition = nullptr;
  const Stmt *Code =
      Function.hasBody(Definition) ? Definition->getBody() : nullptr;
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Code);
  return Block && Block->body_empty();
}

/// The constant result of `await_ready` of \p Awaiter; nothing if it varies.
std::optional<bool> readiness(const CXXRecordDecl &Awaiter) {
  const auto *Ready = findMember<CXXMethodDecl>(&Awaiter, "await_ready");
  const auto *Return =
      Ready ? dyn_cast_or_null<ReturnStmt>(onlyStatement(*Ready)) : nullptr;
  const Expr *Value = Return ? Return->getRetValue() : nullptr;
  bool Result = false;
  if (!Value || Value->isValueDependent() ||
      !Value->EvaluateAsBooleanCondition(Result, Ready->getASTContext()))
    return std::nullopt;
  return Result;
}

/// Whether a coroutine whose initial suspend returns \p Awaiter waits for its
/// caller: it suspends, and only the caller resumes it.
std::optional<bool> isLazyStart(const CXXRecordDecl &Awaiter) {
  std::optional<bool> Ready = readiness(Awaiter);
  if (!Ready || *Ready)
    return Ready ? std::optional(false) : std::nullopt;
  const auto *Suspend = findMember<CXXMethodDecl>(&Awaiter, "await_suspend");
  return Suspend && isEmpty(*Suspend) ? std::optional(true) : std::nullopt;
}

bool isCopyable(const CXXRecordDecl &Class) {
  if (!Class.hasUserDeclaredCopyConstructor())
    return !Class.hasUserDeclaredMoveOperation();
  return anyMember<CXXConstructorDecl>(
      constructorsOf(Class), [](const auto &Constructor) {
        return Constructor.isCopyConstructor() && !Constructor.isImplicit() &&
               !Constructor.isDeleted();
      });
}

} // namespace

const TaskClass *TaskClasses::of(QualType Type) {
  if (Type.isNull() || Type->isReferenceType() || Type->isDependentType())
    return nullptr;
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (!Class || Class->isLambda())
    return nullptr;
  auto [It, Inserted] = Known.try_emplace(Class->getCanonicalDecl(), nullptr);
  if (Inserted) {
    auto Result = std::make_unique<TaskClass>();
    Result->Class = Class;
    describe(*Result);
    if (Result->IsTask || Result->IsAwaitable)
      Known[Class->getCanonicalDecl()] = std::move(Result);
  }
  return Known[Class->getCanonicalDecl()].get();
}

/// Whether there is a free `operator co_await` in the namespace of the class or
/// in the global namespace.
bool TaskClasses::hasAwaitOperator(const CXXRecordDecl &Class) {
  DeclarationName Name =
      Unit.Context.DeclarationNames.getCXXOperatorName(OO_Coawait);
  for (const DeclContext *Scope = Class.getDeclContext(); Scope;
       Scope = Scope->getParent())
    if (Scope->isFileContext())
      for (const NamedDecl *Found : Scope->getRedeclContext()->lookup(Name)) {
        const FunctionDecl *Operator = Found->getAsFunction();
        if (!Operator || Operator->getNumParams() != 1)
          continue;
        const CXXRecordDecl *Operand = classNamed(
            Operator->getParamDecl(0)->getType().getNonReferenceType());
        if (!Operand)
          continue;
        const CXXRecordDecl *Pattern = Class.getTemplateInstantiationPattern();
        if (Operand->getCanonicalDecl() == Class.getCanonicalDecl() ||
            (Pattern &&
             Operand->getCanonicalDecl() == Pattern->getCanonicalDecl()))
          return true;
      }
  return false;
}

/// The promise that a specialisation of `coroutine_traits` gives \p Class.
const CXXRecordDecl *TaskClasses::traitsPromise(const CXXRecordDecl &Class) {
  const auto *Std = Unit.Context.getTranslationUnitDecl()
                        ->lookup(&Unit.Context.Idents.get("std"))
                        .find_first<NamespaceDecl>();
  if (!Std)
    return nullptr;
  const CXXRecordDecl *Pattern = Class.getTemplateInstantiationPattern();
  auto IsOfClass = [&](const TemplateArgument &First) {
    if (First.getKind() != TemplateArgument::Type)
      return false;
    const CXXRecordDecl *Named = classNamed(First.getAsType());
    return Named && (Named->getCanonicalDecl() == Class.getCanonicalDecl() ||
                     (Pattern && Named->getCanonicalDecl() ==
                                     Pattern->getCanonicalDecl()));
  };
  for (const NamedDecl *Found :
       Std->lookup(&Unit.Context.Idents.get("coroutine_traits"))) {
    const auto *Traits = dyn_cast<ClassTemplateDecl>(Found);
    if (!Traits)
      continue;
    llvm::SmallVector<ClassTemplatePartialSpecializationDecl *, 4> Partial;
    const_cast<ClassTemplateDecl *>(Traits)->getPartialSpecializations(Partial);
    for (const auto *Specialisation : Partial)
      if (IsOfClass(Specialisation->getTemplateArgs()[0]))
        if (const auto *Promise =
                findMember<TypeDecl>(Specialisation, "promise_type")) {
          if (const auto *Record = dyn_cast<CXXRecordDecl>(Promise))
            return Record;
          if (const auto *Alias = dyn_cast<TypedefNameDecl>(Promise))
            return classNamed(Alias->getUnderlyingType());
        }
  }
  return nullptr;
}

const CXXRecordDecl *TaskClasses::promiseOf(const CXXRecordDecl &Class) {
  if (const auto *Promise = findMember<TypeDecl>(&Class, "promise_type")) {
    if (const auto *Record = dyn_cast<CXXRecordDecl>(Promise))
      return Record;
    if (const auto *Alias = dyn_cast<TypedefNameDecl>(Promise))
      return classNamed(Alias->getUnderlyingType());
  }
  return traitsPromise(Class);
}

void TaskClasses::describe(TaskClass &Result) {
  const CXXRecordDecl &Class = *Result.Class;
  const CXXRecordDecl *Members = withMembers(&Class);
  Result.Model = Unit.Models.task(Class);
  Result.IsNoDiscard = Class.hasAttr<WarnUnusedResultAttr>();
  if (Result.Model) {
    Result.IsTask = true;
    Result.IsLazy = Result.Model->Start == TaskStart::Lazy;
    Result.Dropped = Result.Model->Dropped;
    Result.IsAwaitable = Result.Model->Awaitable;
    Result.IsCopyable = Members && isCopyable(*Members);
    return;
  }
  if (!Members)
    return;
  Result.IsCopyable = isCopyable(*Members);
  const bool IsAwaiter = findMember<CXXMethodDecl>(&Class, "await_ready") &&
                         findMember<CXXMethodDecl>(&Class, "await_suspend");
  Result.IsAwaitable =
      IsAwaiter || isAwaitable(*Members) || hasAwaitOperator(Class);
  const CXXRecordDecl *Promise = promiseOf(Class);
  if (!Promise)
    return;
  Result.IsAwaitable |= transforms(*Promise, Class);
  // A type that yields values is a generator, not a task.
  if (findMember<CXXMethodDecl>(Promise, "yield_value"))
    return;
  Result.IsTask = true;
  const auto *Initial = findMember<CXXMethodDecl>(Promise, "initial_suspend");
  const CXXRecordDecl *Awaiter =
      Initial ? Initial->getReturnType()->getAsCXXRecordDecl() : nullptr;
  if (Awaiter)
    Result.IsLazy = isLazyStart(*Awaiter);
  describeDropping(Result);
}

/// Without a model, a destructor that destroys an unfinished coroutine cancels
/// it.
void TaskClasses::describeDropping(TaskClass &Result) {
  const CXXRecordDecl *Members = withMembers(Result.Class);
  llvm::SmallVector<const CXXRecordDecl *, 4> Pending{Members};
  for (unsigned Seen = 0; Seen < Pending.size() && Seen < 8; ++Seen) {
    const CXXRecordDecl *Current = withMembers(Pending[Seen]);
    if (!Current)
      continue;
    const CXXDestructorDecl *Destructor = Current->getDestructor();
    if (!Destructor || !Destructor->hasBody())
      if (const CXXRecordDecl *Pattern =
              Current->getTemplateInstantiationPattern())
        Destructor = Pattern->getDestructor();
    const FunctionDecl *Definition = nullptr;
    if (Destructor && Destructor->hasBody(Definition) &&
        mentionsDestroy(*Definition)) {
      if (Result.isLazy())
        Result.Dropped = TaskDropped::Nothing;
      else if (destroysUnfinished(*Definition))
        Result.Dropped = TaskDropped::Cancels;
      return;
    }
    for (const CXXBaseSpecifier &Base : Current->bases())
      Pending.push_back(classNamed(Base.getType()));
    for (const FieldDecl *Field : Current->fields())
      Pending.push_back(classNamed(Field->getType()));
  }
}

bool TaskClasses::startsLazily(const FunctionDecl &Function) {
  const TaskClass *Task = returnedBy(Function);
  if (Task && Task->Model)
    return Task->isLazy();
  if (const auto *Coroutine =
          dyn_cast_or_null<CoroutineBodyStmt>(Function.getBody())) {
    const auto *Init = dyn_cast_or_null<Expr>(Coroutine->getInitSuspendStmt());
    const auto *Await =
        dyn_cast_or_null<CoroutineSuspendExpr>(innermostOf(Init));
    if (Await && Await->getCommonExpr())
      if (const CXXRecordDecl *Awaiter =
              classOf(Await->getCommonExpr()->getType()))
        if (std::optional<bool> Lazy = isLazyStart(*Awaiter))
          return *Lazy;
  }
  return Task && Task->isLazy();
}

} // namespace corolint
