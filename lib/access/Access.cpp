//===-- Access.cpp - Reads and changes of shared state --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/Access.h"
#include "access/Containers.h"
#include "code/Callables.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"

using namespace clang;

namespace corolint {

namespace {

/// Functions with more accesses are too general to be useful.
constexpr size_t MaxAccesses = 256;

/// Results of accessors that call accessors: deeper chains are not followed.
constexpr unsigned MaxReturns = 8;

/// At most this many calls are followed from one function.
constexpr size_t MaxCallees = 512;

bool isMovedInto(const ParmVarDecl &Param) {
  return Param.getType()->isRValueReferenceType();
}

/// Whether the callee can change its argument.
bool mayChange(const ParmVarDecl &Param) {
  QualType Type = Param.getType();
  if (Type->isLValueReferenceType() || Type->isPointerType())
    return !Type->getPointeeType().isConstQualified();
  return isMovedInto(Param);
}

/// Whether parameter \p Index of \p Callee is a forwarding reference. An lvalue
/// passed to such a parameter of a factory (`std::make_shared<T>(x)`) is copied
/// and does not change.
bool isForwarding(const FunctionDecl &Callee, unsigned Index) {
  const FunctionDecl *Pattern = Callee.getTemplateInstantiationPattern();
  if (!Pattern || !Pattern->getDescribedFunctionTemplate() ||
      Pattern->getNumParams() == 0)
    return false;
  // A pack takes all that follow.
  const ParmVarDecl &Param =
      *Pattern->getParamDecl(std::min(Index, Pattern->getNumParams() - 1));
  QualType Type = Param.getType();
  if (const auto *Pack = Type->getAs<PackExpansionType>())
    Type = Pack->getPattern();
  const auto *Reference = Type->getAs<RValueReferenceType>();
  return Reference &&
         isa<TemplateTypeParmType>(Reference->getPointeeTypeAsWritten());
}

/// Whether an overload changes its object.
bool isMutator(const CXXMethodDecl &Method) {
  return !Method.isConst() && !Method.isStatic();
}

} // namespace

PathResolver &AccessAnalysis::resolver(const Body &Walked) {
  std::unique_ptr<PathResolver> &Entry = Resolvers[&Walked];
  if (!Entry)
    Entry = std::make_unique<PathResolver>(Unit, Walked);
  return *Entry;
}

std::optional<AccessPath> AccessAnalysis::objectOf(const Expr &E,
                                                   const Body &Walked) {
  return resolver(Walked).ofObject(
      E, [this](const FunctionDecl &Callee) { return returned(Callee); });
}

std::optional<AccessPath> AccessAnalysis::pathOf(const Expr *E,
                                                 const Body &Walked) {
  return resolver(Walked).of(
      E, [this](const FunctionDecl &Callee) { return returned(Callee); });
}

const FunctionDecl *AccessAnalysis::visible(const FunctionDecl &Callee) {
  const FunctionDecl *Definition = nullptr;
  if (!Callee.hasBody(Definition) || Definition->isDefaulted() ||
      Definition->isDependentContext() || Unit.Models.isLibrary(*Definition))
    return nullptr;
  return Definition;
}

/// Whether a returned \p Value refers to no object: `nullptr`, or the tag
/// `std::nullopt`.
static bool refersToNothing(const Expr &Value, ASTContext &Context) {
  const CXXRecordDecl *Class = Value.getType()->getAsCXXRecordDecl();
  return constantOf(&Value, Context) == 0 ||
         (Class && Class->hasDefinition() && Class->isEmpty() &&
          !isPointerLike(*Class));
}

std::optional<AccessPath> AccessAnalysis::returned(const FunctionDecl &Callee) {
  const FunctionDecl *Definition = visible(Callee);
  if (!Definition)
    return std::nullopt;
  auto [It, Inserted] = Returned.try_emplace(Definition);
  if (!Inserted)
    return It->second;
  QualType Result = Definition->getReturnType();
  const CXXRecordDecl *Owner = Result->getAsCXXRecordDecl();
  const bool IsView = isView(Result, Unit) || holdsView(Result, Unit);
  const bool IsOwner = Owner && isPointerLike(*Owner) && !IsView;
  if (!Result->isReferenceType() && !isIndirect(Result) && !IsOwner && !IsView)
    return std::nullopt;
  const Body &Walked = Unit.Bodies.of(*Definition);
  if (Walked.IsCoroutine || ReturnDepth >= MaxReturns)
    return std::nullopt;
  ++ReturnDepth;
  std::optional<AccessPath> Common;
  bool Known = true;
  forEachEvaluated(*Definition->getBody(), [&](const Stmt &S) {
    const auto *Return = dyn_cast<ReturnStmt>(&S);
    if (!Return || !Return->getRetValue())
      return true;
    llvm::SmallVector<const Expr *, 2> Values{Return->getRetValue()};
    while (!Values.empty()) {
      const Expr *Value = Values.pop_back_val();
      if (const auto *Either =
              dyn_cast_or_null<ConditionalOperator>(innermostOf(Value))) {
        Values.push_back(Either->getFalseExpr());
        Values.push_back(Either->getTrueExpr());
        continue;
      }
      if (const Expr *Viewed = IsView ? viewedBy(*Value) : nullptr)
        Value = Viewed;
      if (refersToNothing(*Value, Unit.Context))
        continue;
      // A copy of an owning pointer leads to the same object.
      if (const auto *Copy =
              dyn_cast_or_null<CXXConstructExpr>(innermostOf(Value));
          Copy && IsOwner && Copy->getNumArgs() == 1 &&
          Copy->getConstructor()->isCopyConstructor())
        Value = Copy->getArg(0);
      std::optional<AccessPath> Path = pathOf(Value, Walked);
      if (!Path || (Common && !(*Common == *Path)))
        Known = false;
      Common = Path;
    }
    return true;
  });
  --ReturnDepth;
  if (Common && Common->Root && !isa<ParmVarDecl>(Common->Root)) {
    // A structured binding is no variable.
    const auto *Variable = dyn_cast<VarDecl>(Common->Root);
    if (!Variable || !Variable->hasGlobalStorage())
      Known = false;
  }
  if (!Known)
    Common.reset();
  return Returned[Definition] = Common;
}

//===----------------------------------------------------------------------===//
// One node
//===----------------------------------------------------------------------===//

/// Collects the accesses of one node.
struct AccessAnalysis::Collector {
  AccessAnalysis &All;
  const Body &Walked;
  AccessList &Found;
  /// Set if the callee's summary must be added.
  const FunctionDecl *Entered = nullptr;

  void add(const Expr *E, AccessKind Kind, SourceLocation Where,
           const Expr *Value = nullptr, const Expr *Key = nullptr) {
    if (!E)
      return;
    if (std::optional<AccessPath> Path = All.pathOf(E, Walked))
      if (!Path->isThis())
        Found.push_back({*Path, Kind, Where, Value, Key, nullptr});
  }

  /// Adds the object of a method call or, through a pointer, the object it
  /// points to.
  void addObject(const Expr *E, AccessKind Kind, SourceLocation Where) {
    if (std::optional<AccessPath> Path = All.objectOf(*E, Walked))
      if (!Path->isThis())
        Found.push_back({*Path, Kind, Where, nullptr, nullptr, nullptr});
  }

  static SourceLocation locationOf(const Expr &E) {
    if (const auto *Member = dyn_cast<MemberExpr>(E.IgnoreParenImpCasts()))
      return Member->getMemberLoc();
    return E.getExprLoc();
  }

  void addChange(const Expr *E, SourceLocation Where, bool Adds) {
    const size_t Before = Found.size();
    add(E, AccessKind::Change, Where);
    if (Found.size() > Before)
      Found.back().Adds = Adds;
  }

  void onUnary(const UnaryOperator &S) {
    if (S.isIncrementDecrementOp())
      addChange(S.getSubExpr(), S.getOperatorLoc(), S.isIncrementOp());
    else if (S.getOpcode() == UO_Deref)
      add(S.getSubExpr(), AccessKind::Use, S.getOperatorLoc());
  }

  void onBinary(const BinaryOperator &S) {
    if (!S.isAssignmentOp())
      return;
    if (S.isCompoundAssignmentOp())
      addChange(S.getLHS(), locationOf(*S.getLHS()),
                S.getOpcode() == BO_AddAssign);
    else
      add(S.getLHS(), AccessKind::Write, locationOf(*S.getLHS()), S.getRHS());
  }

  void onContainer(const ContainerAccess &Action, const CallOperands &Operands,
                   const FunctionDecl &Callee, SourceLocation Where) {
    const Expr *Key =
        Operands.Arguments.empty() ? nullptr : Operands.Arguments.front();
    for (AccessKind Kind : Action.Kinds)
      add(Operands.Object, Kind, Where, nullptr,
          Action.IsKeyed ? Key : nullptr);
  }

  /// Returns false if the callee's body decides.
  bool onObject(const CallExpr &Call, const CXXMethodDecl &Method,
                const CallOperands &Operands) {
    const Expr *Object = Operands.Object;
    const SourceLocation Where = corolint::locationOf(Call);
    if (Method.getOverloadedOperator() == OO_Equal &&
        !Operands.Arguments.empty()) {
      add(Object, AccessKind::Write, locationOf(*Object),
          Operands.Arguments.front());
      return true;
    }
    if (std::optional<ContainerAccess> Action =
            containerAccess(Method, *Object, All.Unit)) {
      onContainer(*Action, Operands, Method, Where);
      return true;
    }
    if ((Entered = All.visible(Method)))
      return false;
    switch (Method.getOverloadedOperator()) {
    case OO_Arrow:
    case OO_Star:
    case OO_Call:
      add(Object, AccessKind::Use, Where);
      return true;
    case OO_PlusPlus:
    case OO_MinusMinus:
    case OO_PlusEqual:
    case OO_MinusEqual:
      // Advancing an iterator changes only the iterator.
      if (!isIndirect(Object->getType()))
        add(Object, AccessKind::Change, Where);
      return true;
    default:
      break;
    }
    addObject(Object, isMutator(Method) ? AccessKind::Touch : AccessKind::Read,
              Where);
    return true;
  }

  void onArguments(const FunctionDecl &Callee, const CallOperands &Operands,
                   SourceLocation Where) {
    const bool Library = All.Unit.Models.isLibrary(Callee);
    for (unsigned I = 0; I < Operands.Arguments.size(); ++I) {
      const Expr *Argument = Operands.Arguments[I];
      if (I >= Callee.getNumParams()) {
        add(Argument, AccessKind::Touch, Where);
        continue;
      }
      const ParmVarDecl &Param = *Callee.getParamDecl(I);
      if (!mayChange(Param)) {
        // Scalars are read by the conversion of the argument.
        if (Param.getType()->isReferenceType() ||
            Param.getType()->isRecordType())
          add(Argument, AccessKind::Read, Where);
        continue;
      }
      if (Param.getType()->isPointerType()) {
        const auto *Address =
            dyn_cast<UnaryOperator>(Argument->IgnoreParenImpCasts());
        if (Address && Address->getOpcode() == UO_AddrOf)
          add(Address->getSubExpr(), AccessKind::Touch, Where);
        continue;
      }
      if (isMovedInto(Param) && !Argument->isXValue()) {
        add(Argument, AccessKind::Read, Where);
        continue;
      }
      // A library function changes its reference arguments (`std::exchange`,
      // `std::swap`), unless it returns a part of them or forwards them.
      if (Library && (Callee.getReturnType()->isReferenceType() ||
                      isIndirect(Callee.getReturnType()) ||
                      (!isMovedInto(Param) && isForwarding(Callee, I)))) {
        add(Argument, AccessKind::Read, Where);
        continue;
      }
      if (Library && !isMovedInto(Param))
        add(Argument, AccessKind::AtOnce, Where);
      add(Argument,
          Library || isMovedInto(Param) ? AccessKind::Replace
                                        : AccessKind::Touch,
          Where);
    }
  }

  /// A function with a scalar reference parameter that it does not change reads
  /// it, possibly later: its result depends on the value.
  void onScalars(const FunctionDecl &Callee, const CallOperands &Operands,
                 SourceLocation Where) {
    for (unsigned I = 0;
         I < Operands.Arguments.size() && I < Callee.getNumParams(); ++I) {
      const ParmVarDecl *Param = Callee.getParamDecl(I);
      if (Param->getType()->isReferenceType() &&
          Operands.Arguments[I]->getType()->isScalarType() &&
          llvm::none_of(All.known(Callee).All, [&](const Access &Inner) {
            return Inner.Path.Root == Param && isChange(Inner.Kind);
          }))
        add(Operands.Arguments[I], AccessKind::Read, Where);
    }
  }

  void onCall(const CallExpr &Call) {
    const FunctionDecl *Callee = calleeOf(Call);
    const CallOperands Operands = CallOperands::of(&Call);
    if (!Callee) {
      for (const Expr *Argument : Call.arguments())
        add(Argument, AccessKind::Touch, Call.getExprLoc());
      return;
    }
    if (const ModelIndex::FunctionEntry *Entry = All.Unit.Models.find(*Callee);
        Entry && Entry->PassThrough)
      return;
    const SourceLocation Where = corolint::locationOf(Call);
    const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
    bool Decided = false;
    if (Method && Operands.Object && !Method->isStatic())
      Decided = onObject(Call, *Method, Operands);
    else
      Entered = All.visible(*Callee);
    if (Entered)
      onScalars(*Entered, Operands, Where);
    if (!Entered && !(Decided && Method->getOverloadedOperator() == OO_Equal))
      onArguments(*Callee, Operands, Where);
    if (Decided && Method->getOverloadedOperator() == OO_Equal)
      onArguments(*Callee, Operands, Where);
  }

  void on(const Stmt &S) {
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(&S)) {
      if (Cast->getCastKind() == CK_LValueToRValue)
        add(Cast->getSubExpr(), AccessKind::Read, Cast->getExprLoc());
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(&S)) {
      onUnary(*Unary);
    } else if (const auto *Binary = dyn_cast<BinaryOperator>(&S)) {
      onBinary(*Binary);
    } else if (const auto *Member = dyn_cast<MemberExpr>(&S)) {
      // Through a pointer, which must not be null.
      const Expr *Base = Member->getBase()->IgnoreParenImpCasts();
      if (Member->isArrow() && !isa<CXXThisExpr>(Base) &&
          Base->getType()->isPointerType() && !isa<CXXOperatorCallExpr>(Base))
        add(Base, AccessKind::Use, locationOf(*Base));
    } else if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(&S)) {
      add(Subscript->getBase(), AccessKind::Use, Subscript->getExprLoc());
    } else if (const auto *Call = dyn_cast<CallExpr>(&S)) {
      onCall(*Call);
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(&S)) {
      const CXXConstructorDecl *Constructor = Construct->getConstructor();
      if (!(Entered = All.visible(*Constructor)))
        onArguments(*Constructor, CallOperands::of(Construct),
                    Construct->getExprLoc());
    } else if (const auto *Delete = dyn_cast<CXXDeleteExpr>(&S)) {
      add(Delete->getArgument(), AccessKind::Replace, Delete->getBeginLoc());
    }
  }
};

bool AccessAnalysis::merge(const FunctionDecl &Caller,
                           const FunctionDecl &Callee,
                           const CallOperands &Operands, SourceLocation Where,
                           AccessList &Into) {
  const Body &Walked = Unit.Bodies.of(Caller);
  bool Added = false;
  for (const Access &Inner : known(Callee).All) {
    if (Into.size() >= MaxAccesses)
      return Added;
    std::optional<AccessPath> Path = resolver(Walked).map(
        Inner.Path, Callee, Operands,
        [this](const FunctionDecl &Asked) { return returned(Asked); });
    if (!Path || Path->isThis())
      continue;
    bool Before = llvm::any_of(Into, [&](const Access &Other) {
      return Other.Kind == Inner.Kind && Other.Path == *Path &&
             (Other.Value != nullptr) == (Inner.Value != nullptr) &&
             constantOf(Other.Value, Unit.Context) ==
                 constantOf(Inner.Value, Unit.Context);
    });
    if (Before)
      continue;
    Access Mapped = Inner;
    Mapped.Path = *Path;
    Mapped.Key = nullptr;
    if (!Mapped.Through)
      Mapped.Through = &Callee;
    Into.push_back(std::move(Mapped));
    Added = true;
  }
  return Added;
}

void AccessAnalysis::at(const Stmt &S, const Body &Walked, AccessList &Found) {
  Collector Collect{*this, Walked, Found};
  Collect.on(S);
  if (!Collect.Entered)
    return;
  summary(*Collect.Entered);
  AccessList Mapped;
  const auto *Call = dyn_cast<CallExpr>(&S);
  const SourceLocation Where =
      Call ? locationOf(*Call) : cast<Expr>(S).getExprLoc();
  merge(*Walked.Function, *Collect.Entered, CallOperands::of(&S), Where,
        Mapped);
  Found.insert(Found.end(), Mapped.begin(), Mapped.end());
}

AccessList AccessAnalysis::within(const Expr &E, const Body &Walked) {
  AccessList Found;
  forEachEvaluated(E, [&](const Stmt &S) {
    at(S, Walked, Found);
    return true;
  });
  return Found;
}

//===----------------------------------------------------------------------===//
// Over calls
//===----------------------------------------------------------------------===//

AccessAnalysis::Known &AccessAnalysis::known(const FunctionDecl &Definition) {
  std::unique_ptr<Known> &Entry = Functions[&Definition];
  if (!Entry)
    Entry = std::make_unique<Known>();
  return *Entry;
}

void AccessAnalysis::collect(const FunctionDecl &Definition) {
  if (Functions.contains(&Definition))
    return;
  known(Definition);
  const Body &Walked = Unit.Bodies.of(Definition);
  AccessList Direct;
  std::vector<Call> Calls;
  auto Enter = [&](const FunctionDecl *Callee, const Stmt &Node) {
    if (Callee && Calls.size() < MaxCallees)
      Calls.push_back({Callee, &Node, cast<Expr>(Node).getExprLoc()});
  };
  auto Visit = [&](const Stmt &S) {
    Collector Collect{*this, Walked, Direct};
    Collect.on(S);
    Enter(Collect.Entered, S);
    // A library function that runs a callable before it returns.
    if (const auto *Outer = dyn_cast<CallExpr>(&S))
      if (const FunctionDecl *Callee = calleeOf(*Outer)) {
        const CallOperands Operands = CallOperands::of(Outer);
        const ModelIndex::FunctionEntry *Entry =
            Unit.modelOf(*Callee, Operands);
        if (Entry)
          for (const CallableModel *Model : Entry->Callables)
            if (Model->Runs == ContextKind::Caller)
              for (const Expr *Argument : Operands.at(Model->Argument))
                if (const FunctionDecl *Callable =
                        callableOf(Argument, Unit.Models))
                  Enter(visible(*Callable), S);
      }
    return true;
  };
  if (const Stmt *Written = writtenBody(Definition))
    forEachEvaluated(*Written, Visit);
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Definition))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      if (Init->getInit())
        forEachEvaluated(*Init->getInit(), Visit);
  Known &Entry = known(Definition);
  Entry.Direct = std::move(Direct);
  Entry.Calls = std::move(Calls);
  // Local variables are invisible to others, unless a lambda captured them.
  for (const Access &Each : Entry.Direct)
    if (Entry.All.size() < MaxAccesses)
      Entry.All.push_back(Each);
}

const AccessList &AccessAnalysis::direct(const FunctionDecl &Definition) {
  collect(Definition);
  return known(Definition).Direct;
}

const AccessList &AccessAnalysis::summary(const FunctionDecl &Definition) {
  if (Solved.contains(&Definition))
    return known(Definition).All;
  // Everything that it may call, callees first.
  std::vector<const FunctionDecl *> Order;
  llvm::DenseSet<const FunctionDecl *> Seen{&Definition};
  std::vector<std::pair<const FunctionDecl *, size_t>> Stack;
  collect(Definition);
  Stack.push_back({&Definition, 0});
  while (!Stack.empty()) {
    auto &[Function, Next] = Stack.back();
    const std::vector<Call> &Calls = known(*Function).Calls;
    if (Next == Calls.size()) {
      Order.push_back(Function);
      Stack.pop_back();
      continue;
    }
    const FunctionDecl *Callee = Calls[Next++].Callee;
    if (Solved.contains(Callee) || !Seen.insert(Callee).second)
      continue;
    collect(*Callee);
    Stack.push_back({Callee, 0});
  }
  // One round is enough unless functions call each other; otherwise repeat
  // until nothing changes.
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const FunctionDecl *Function : Order) {
      const std::vector<Call> Calls = known(*Function).Calls;
      for (const Call &Each : Calls) {
        AccessList &Into = known(*Function).All;
        Changed |= Each.Callee != Function &&
                   merge(*Function, *Each.Callee, CallOperands::of(Each.Node),
                         Each.Where, Into);
      }
    }
  }
  for (const FunctionDecl *Function : Order)
    Solved.insert(Function);
  return known(Definition).All;
}

Invalidation AccessAnalysis::invalidation(QualType Type, AccessKind Kind) {
  return containerInvalidation(Type, Kind, Unit);
}

} // namespace corolint
