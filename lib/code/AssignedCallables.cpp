//===-- AssignedCallables.cpp - Callables assigned to objects -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "code/AssignedCallables.h"
#include "code/Callables.h"
#include "code/Expressions.h"

using namespace clang;

namespace corolint {

namespace {

/// Elements of members of elements …: longer paths are not followed.
constexpr unsigned MaxValueSteps = 64;

/// A member with more callables belongs to a general-purpose class. A container
/// may hold more.
constexpr unsigned MaxCallables = 4;
constexpr unsigned MaxElements = 32;

/// Setters that call setters …: longer chains are not followed.
constexpr unsigned MaxHandOver = 4;

/// Initialisers nested deeper, or with more values, are not searched further.
constexpr unsigned MaxValues = 128;

const ValueDecl &canonical(const ValueDecl &Object) {
  return *cast<ValueDecl>(Object.getCanonicalDecl());
}

/// The expression that \p Variable refers to or was copied from, if its
/// declaration shows it: `auto it = handlers.find(id)`.
const Expr *sourceOf(const VarDecl &Variable) {
  return isa<ParmVarDecl>(Variable) || !Variable.hasLocalStorage()
             ? nullptr
             : Variable.getInit();
}

} // namespace

/// The object that \p E denotes, or of which it is an element.
AssignedCallables::Root AssignedCallables::rootOf(const Expr *E) {
  Root Own; // A variable found first, as a fallback.
  bool IsElement = false;
  for (unsigned Steps = 0; E && Steps < MaxValueSteps; ++Steps) {
    E = innermostOf(E);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      const ValueDecl *Named = Ref->getDecl();
      if (const auto *Part = dyn_cast<BindingDecl>(Named)) {
        Named = cast<ValueDecl>(Part->getDecomposedDecl());
        IsElement = true;
      }
      const auto *Variable = dyn_cast<VarDecl>(Named);
      if (!Variable)
        return Own;
      Own = {Variable, IsElement};
      E = sourceOf(*Variable);
    } else if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
      if (!Field)
        return Own;
      // `it->second` is an element of the container.
      if (!Unit.Models.isLibrary(*Field))
        return {Field, IsElement};
      E = Member->getBase();
      IsElement = true;
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
      E = Construct->getNumArgs() == 1 ? Construct->getArg(0) : nullptr;
    } else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
      E = Element->getBase();
      IsElement = true;
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
      E = Unary->getSubExpr();
    } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      if (!Callee || !Unit.Models.isLibrary(*Callee))
        return Own;
      const auto *Method = dyn_cast<CXXMemberCallExpr>(Call);
      IsElement |= Method || isa<CXXOperatorCallExpr>(Call);
      E = Method                   ? Method->getImplicitObjectArgument()
          : Call->getNumArgs() > 0 ? Call->getArg(0)
                                   : nullptr;
    } else {
      return Own;
    }
  }
  return Own;
}

/// Adds the callables in \p Value to \p Object. Returns whether any was new.
bool AssignedCallables::store(const ValueDecl &Object, const Expr *Value) {
  bool Any = false;
  llvm::SmallVector<const Expr *, 8> Stack{Value};
  for (unsigned Steps = 0; !Stack.empty() && Steps < MaxValues; ++Steps) {
    const Expr *E = innermostOf(Stack.pop_back_val());
    if (!E || E->isTypeDependent())
      continue;
    if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E)) {
      Stack.push_back(Default->getExpr());
      continue;
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      if (const auto *Param = dyn_cast<ParmVarDecl>(Ref->getDecl()))
        if (const auto *Owner =
                dyn_cast_or_null<FunctionDecl>(Param->getDeclContext())) {
          Any |= GivenParameters[{Owner->getCanonicalDecl(),
                                  Param->getFunctionScopeIndex()}]
                     .insert(&Object);
          continue;
        }
    const auto *Construct = dyn_cast<CXXConstructExpr>(E);
    const auto *Call = dyn_cast<CallExpr>(E);
    // Look inside a wrapper's conversion, a pair, or a list of either.
    if (const auto *List = dyn_cast<InitListExpr>(E)) {
      Stack.append(List->inits().begin(), List->inits().end());
      continue;
    }
    if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(E)) {
      Stack.push_back(List->getSubExpr());
      continue;
    }
    if (Construct && Unit.Models.isLibrary(*Construct->getConstructor())) {
      Stack.append(Construct->arg_begin(), Construct->arg_end());
      continue;
    }
    if (Call && Call->getDirectCallee() &&
        Unit.Models.isLibrary(*Call->getDirectCallee()) &&
        !isa<CXXMemberCallExpr>(Call)) {
      Stack.append(Call->arg_begin(), Call->arg_end());
      continue;
    }
    if (const FunctionDecl *Callable = callableOf(E, Unit.Models))
      Any |= Given[&canonical(Object)].insert(Callable);
  }
  return Any;
}

/// Whether each object of a class is made with a callable of its own, which its
/// member \p Object keeps: a guard that runs its argument at the end.
/// \p Parameters are those of the constructor.
template <typename T>
static bool isOwnOfEach(const ValueDecl &Object, const T &Parameters) {
  return llvm::any_of(Parameters, [&](const auto &Given) {
    return isa<CXXConstructorDecl>(Given.first.first) &&
           Given.second.contains(&Object);
  });
}

void AssignedCallables::searchSite(const Site &S) {
  const auto *Call = dyn_cast_or_null<CallExpr>(S.Node);
  if (S.What != Site::Kind::Call || !Call || !S.Callee)
    return;
  const CallOperands Operands = CallOperands::of(Call);
  if (!Operands.Object || Operands.Arguments.empty() ||
      !Unit.Models.isLibrary(*S.Callee) ||
      S.Callee->getOverloadedOperator() == OO_Call)
    return;
  if (const Root Into = rootOf(Operands.Object); Into.Object)
    for (const Expr *Argument : Operands.Arguments)
      store(*Into.Object, Argument);
}

void AssignedCallables::search(const FunctionDecl &Definition) {
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Definition);
      Constructor && !Constructor->isCopyOrMoveConstructor())
    for (const CXXCtorInitializer *Init : Constructor->inits())
      if (const FieldDecl *Field = Init->getAnyMember();
          Field && Init->getInit() && Field->getType()->isRecordType())
        store(*Field, Init->getInit());
  for (const Site &S : Unit.Bodies.of(Definition).Sites)
    searchSite(S);
}

/// Adds the arguments of callers in \p Definition to objects that receive the
/// corresponding parameters. Returns whether any was new.
bool AssignedCallables::handOver(const FunctionDecl &Definition) {
  bool Any = false;
  for (const Site &S : Unit.Bodies.of(Definition).Sites) {
    if (!S.Callee ||
        (S.What != Site::Kind::Call && S.What != Site::Kind::Construct))
      continue;
    const FunctionDecl *Callee = S.Callee->getCanonicalDecl();
    std::optional<CallOperands> Operands;
    for (unsigned I = 0; I < Callee->getNumParams(); ++I) {
      auto It = GivenParameters.find({Callee, I});
      if (It == GivenParameters.end())
        continue;
      if (!Operands)
        Operands = CallOperands::of(S.Node);
      if (I >= Operands->Arguments.size())
        break;
      // Copied, because storing may add parameters.
      const auto Objects = It->second;
      for (const ValueDecl *Object : Objects)
        Any |= store(*Object, Operands->Arguments[I]);
    }
  }
  return Any;
}

AssignedCallables::Functions
AssignedCallables::of(const Expr &Called,
                      llvm::ArrayRef<const FunctionDecl *> Bodies) {
  if (!std::exchange(Searched, true)) {
    for (const FunctionDecl *Definition : Bodies)
      search(*Definition);
    bool Any = !GivenParameters.empty();
    for (unsigned Round = 0; Any && Round < MaxHandOver; ++Round) {
      Any = false;
      for (const FunctionDecl *Definition : Bodies)
        Any |= handOver(*Definition);
    }
  }
  const Root From = rootOf(&Called);
  if (!From.Object)
    return {};
  // Include the initialiser of a variable.
  if (const auto *Variable = dyn_cast<VarDecl>(From.Object);
      Variable && !isa<ParmVarDecl>(Variable) && Variable->getInit())
    store(*Variable, Variable->getInit());
  auto It = Given.find(&canonical(*From.Object));
  if (It == Given.end())
    return {};
  // The order of assignments to a variable is unknown.
  const unsigned Max = From.IsElement               ? MaxElements
                       : isa<VarDecl>(*From.Object) ? 1
                                                    : MaxCallables;
  if (It->second.size() > Max ||
      (It->second.size() > 1 && isOwnOfEach(*From.Object, GivenParameters)))
    return {};
  return Functions(It->second.begin(), It->second.end());
}

} // namespace corolint
