//===-- PassedArguments.cpp - What every call passes ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "effect/PassedArguments.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace corolint {

namespace {

/// Work passed from function to function: longer chains are not followed.
constexpr unsigned MaxPassedDepth = 4;

/// The variable that \p Whole names, or an element or member of which it names:
/// `std::get<1>(v)`, `v.front()`, `v[0]`.
const ValueDecl *rootOf(const Expr &Whole) {
  const Expr *E = innermostOf(&Whole);
  while (E) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return Ref->getDecl();
    const Expr *Outer = nullptr;
    if (isa<CallExpr>(E) && !E->isGLValue())
      return nullptr; // A new object.
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      Outer = Member->getBase();
    else if (const auto *Method = dyn_cast<CXXMemberCallExpr>(E))
      Outer = Method->getImplicitObjectArgument();
    else if (const auto *Call = dyn_cast<CallExpr>(E);
             Call && Call->getNumArgs() > 0)
      Outer = Call->getArg(0);
    E = innermostOf(Outer);
  }
  return nullptr;
}

/// Whether every call of \p Function can be seen where its body can: calls
/// from other units, through objects and by libraries cannot.
bool isCalledInView(const FunctionDecl &Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  if (Method && (Method->isVirtual() ||
                 isa<CXXConstructorDecl, CXXConversionDecl>(Method) ||
                 Method->getOverloadedOperator() != OO_None))
    return false;
  return !Function.isDependentContext() &&
         (!Function.isExternallyVisible() || Function.isInlined() ||
          Function.getTemplateInstantiationPattern());
}

/// Whether \p Origin calls a function that, according to a model, returns ready
/// work, or a function that only returns the result of such a call.
bool createsReady(const Expr &Origin, Facts &Unit) {
  const Expr *E = &Origin;
  for (unsigned Depth = 0; E && Depth < MaxPassedDepth; ++Depth) {
    const auto *Call = dyn_cast<CallExpr>(&originOf(*E));
    const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
    if (!Callee || isDispatched(*Call, *Callee))
      return false;
    const auto *Entry = Unit.modelOf(*Callee, CallOperands::of(Call));
    if (Entry && Entry->Task && Entry->Task->Action == TaskAction::Ready)
      return true;
    E = onlyReturned(*Callee);
  }
  return false;
}

/// Whether \p S may give \p Variable another value: an assignment, or a call
/// that borrows it. A call that returns a reference only names a part of it.
bool mayReplace(const Site &S, const ValueDecl &Variable) {
  if (!S.Callee || S.What != Site::Kind::Call)
    return false;
  auto Names = [&](const Expr *E) {
    return E && namedBy(innermostOf(E)) == &Variable;
  };
  const CallOperands Operands = CallOperands::of(S.Node);
  if (S.Callee->getOverloadedOperator() == OO_Equal)
    return Names(Operands.Object);
  if (S.Callee->getReturnType()->isReferenceType())
    return false;
  for (const auto &[Given, Taken] :
       llvm::zip(Operands.Arguments, S.Callee->parameters()))
    if (Names(Given) && Taken->getType()->isLValueReferenceType() &&
        !Taken->getType()->getPointeeType().isConstQualified())
      return true;
  return false;
}

/// Whether \p Within only reads \p Parameter or moves from it.
bool keepsValue(const ParmVarDecl &Parameter, const Body &Within) {
  return llvm::none_of(
             Within.Sites,
             [&](const Site &S) { return mayReplace(S, Parameter); }) &&
         llvm::none_of(Within.Lambdas, [&](const LambdaExpr *Lambda) {
           return llvm::any_of(Lambda->captures(), [&](const auto &Capture) {
             return Capture.capturesVariable() &&
                    Capture.getCaptureKind() == LCK_ByRef &&
                    Capture.getCapturedVar() == &Parameter;
           });
         });
}

/// Whether \p Within changes neither \p Parameter nor the object that it is.
bool isOnlyRead(const ParmVarDecl &Parameter, const Body &Within) {
  return !Within.Modified.contains(&Parameter) &&
         keepsValue(Parameter, Within) &&
         llvm::none_of(Within.Sites, [&](const Site &S) {
           const auto *Method = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
           const Expr *Object = CallOperands::of(S.Node).Object;
           return Method && Object && !Method->isConst() &&
                  namedBy(innermostOf(Object)) == &Parameter;
         });
}

} // namespace

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// Records what \p Caller calls, and which functions it names otherwise.
void PassedArguments::collectIn(const FunctionDecl &Caller) {
  for (const Site &S : Unit.Bodies.of(Caller).Sites)
    if (const FunctionDecl *Callee = S.Callee && S.What == Site::Kind::Call
                                         ? definitionOf(*S.Callee)
                                         : nullptr)
      Calls[Callee].push_back({&Caller, &S});
  llvm::SmallPtrSet<const Expr *, 16> Called;
  auto Note = [&](const Stmt &S) {
    if (const auto *Call = dyn_cast<CallExpr>(&S))
      Called.insert(Call->getCallee()->IgnoreParenImpCasts());
    const auto *E = dyn_cast<Expr>(&S);
    // Calls that templates make are unresolved until they are instantiated.
    if (const auto *Overloads = dyn_cast<OverloadExpr>(&S)) {
      for (const NamedDecl *D : Overloads->decls())
        if (const FunctionDecl *Function = D->getAsFunction())
          Escaping.insert(Function->getCanonicalDecl());
    } else if (const auto *Named = dyn_cast_or_null<FunctionDecl>(namedBy(E));
               Named && !Called.contains(E))
      Escaping.insert(Named->getCanonicalDecl());
    return true;
  };
  forEachEvaluated(*writtenBody(Caller), Note);
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Caller))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      if (Init->getInit())
        forEachEvaluated(*Init->getInit(), Note);
}

void PassedArguments::collect() {
  Collected = true;
  for (const FunctionDecl *Caller : Contexts.functions())
    collectIn(*Caller);
  for (const FunctionDecl *Named : Contexts.namedByInitialisers())
    Escaping.insert(Named->getCanonicalDecl());
}

/// The calls of \p Function, a definition. Empty if others are possible.
llvm::ArrayRef<PassedArguments::Call>
PassedArguments::callsOf(const FunctionDecl &Function) {
  if (!isCalledInView(Function))
    return {};
  if (!Collected)
    collect();
  const FunctionDecl *Pattern = Function.getTemplateInstantiationPattern();
  if (Escaping.contains(Function.getCanonicalDecl()) ||
      (Pattern && Escaping.contains(Pattern->getCanonicalDecl())))
    return {};
  auto It = Calls.find(&Function);
  if (It == Calls.end())
    return {};
  return It->second;
}

/// Whether \p Holds for what every call of \p Function passes to \p Parameter.
bool PassedArguments::isPassed(const ParmVarDecl &Parameter,
                               const FunctionDecl &Function, Fact Holds) {
  if (Parameter.getDeclContext() != &Function)
    return false;
  const unsigned Index = Parameter.getFunctionScopeIndex();
  const llvm::ArrayRef<Call> All = callsOf(Function);
  return !All.empty() && llvm::all_of(All, [&](const Call &Passing) {
    const CallOperands Operands = CallOperands::of(Passing.At->Node);
    return Index < Operands.Arguments.size() &&
           Holds(*Operands.Arguments[Index], Passing);
  });
}

//===----------------------------------------------------------------------===//
// Ready work
//===----------------------------------------------------------------------===//

/// Whether every call passes ready work to \p Parameter of \p Function.
bool PassedArguments::isReadyParameter(const ParmVarDecl &Parameter,
                                       const FunctionDecl &Function,
                                       unsigned Depth) {
  if (Depth >= MaxPassedDepth)
    return false;
  // A recursive call passes what another call has passed.
  auto [It, Inserted] = Ready.try_emplace(&Parameter, false);
  if (!Inserted)
    return It->second;
  const bool Result = isPassed(
      Parameter, Function, [&](const Expr &Argument, const Call &Passing) {
        if (isReady(Argument, *Passing.Caller, Depth + 1))
          return true;
        // The flow judges the first operand of each call.
        return Parameter.getFunctionScopeIndex() == 0 &&
               !CallOperands::of(Passing.At->Node).Object &&
               Flows.of(*Passing.Caller).at(Passing.At->Anchor).ProvenReady;
      });
  return Ready[&Parameter] = Result;
}

bool PassedArguments::isReady(const Expr &E, const FunctionDecl &Function,
                              unsigned Depth) {
  const Expr &Origin = originOf(E);
  if (createsReady(Origin, Unit))
    return true;
  const ValueDecl *Root = rootOf(Origin);
  if (!Root)
    return false;
  if (Root == Contexts.readyParameter(Function))
    return true;
  const auto *Parameter = dyn_cast<ParmVarDecl>(Root);
  return Parameter && keepsValue(*Parameter, Unit.Bodies.of(Function)) &&
         isReadyParameter(*Parameter, Function, Depth);
}

//===----------------------------------------------------------------------===//
// Addresses
//===----------------------------------------------------------------------===//

/// Whether \p E, in \p Function, is an address in digits.
bool PassedArguments::isAddress(const Expr &E, const FunctionDecl &Function,
                                unsigned Depth) {
  const Expr *Text = Unit.Conditions.textOf(&E, &Function);
  if (isNumericAddress(Text))
    return true;
  const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(namedBy(Text));
  if (!Parameter || Depth >= MaxPassedDepth ||
      !isOnlyRead(*Parameter, Unit.Bodies.of(Function)))
    return false;
  auto [It, Inserted] = Addresses.try_emplace(Parameter, false);
  if (!Inserted)
    return It->second;
  const bool Result = isPassed(
      *Parameter, Function, [&](const Expr &Argument, const Call &Passing) {
        return isAddress(Argument, *Passing.Caller, Depth + 1);
      });
  return Addresses[Parameter] = Result;
}

bool PassedArguments::isVoided(const FunctionModel &Model, const Site &S,
                               const FunctionDecl &Function) {
  return llvm::any_of(Model.Unless, [&](const Condition &C) {
    const auto Arguments = C.Kind == Condition::Test::Address
                               ? CallOperands::of(S.Node).at(C.Argument)
                               : llvm::ArrayRef<const Expr *>();
    return !Arguments.empty() && isAddress(*Arguments.front(), Function, 0);
  });
}

} // namespace corolint
