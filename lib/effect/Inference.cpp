//===-- Inference.cpp - What follows from what is called ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "effect/Inference.h"
#include "Compat.h"
#include "code/Callables.h"
#include "code/Expressions.h"
#include "code/Suspension.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace corolint {

namespace {

/// Callables within callables within …: types nested deeper are not searched.
constexpr unsigned MaxTypeDepth = 6;

/// Parameters handed on from function to function: chains longer than this are
/// not followed.
constexpr unsigned MaxHandOver = 16;

const FunctionDecl *definitionOf(const FunctionDecl &Function) {
  const FunctionDecl *Definition = nullptr;
  return Function.hasBody(Definition) ? Definition : nullptr;
}

/// Whether the callee is chosen at run time.
bool isDispatched(const Site &S) {
  if (const auto *Delete = dyn_cast_or_null<CXXDeleteExpr>(S.Node)) {
    const auto *Destructor = dyn_cast_or_null<CXXDestructorDecl>(S.Callee);
    return Destructor && Destructor->isVirtual() && !Delete->isArrayForm() &&
           !Destructor->hasAttr<FinalAttr>() &&
           !Destructor->getParent()->isEffectivelyFinal();
  }
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(S.Node);
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
  // Who names a destructor knows what is there.
  if (!Call || !Method || !Method->isVirtual() ||
      isa<CXXDestructorDecl>(Method) || Method != Call->getMethodDecl())
    return false;
  const auto *Member = dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParens());
  return Member && !Member->hasQualifier() &&
         !Method->getDevirtualizedMethod(Call->getImplicitObjectArgument(),
                                         /*IsAppleKext=*/false);
}

/// Whether another translation unit may hold the body of \p Callee.
bool isDefinedElsewhere(const FunctionDecl &Callee) {
  return !Callee.isDefaulted() && !Callee.isDeleted() &&
         !Callee.isDependentContext() && !Callee.getBuiltinID() &&
         !isInSystemHeader(Callee);
}

/// Whether resuming through a handle of this type runs a generator on the
/// caller's stack, rather than another coroutine that has waited for it.
bool resumesGenerator(const CXXRecordDecl *Handle) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(Handle);
  if (!Spec || Spec->getTemplateArgs().size() != 1 ||
      Spec->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return false;
  const CXXRecordDecl *Promise =
      Spec->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
  if (!Promise || !Promise->hasDefinition())
    return false;
  bool Yields = false;
  auto Look = [&](const CXXRecordDecl &Class) {
    for (const Decl *D : Class.decls()) {
      const auto *Member = dyn_cast<NamedDecl>(D);
      Yields |= Member && Member->getIdentifier() &&
                Member->getIdentifier()->isStr("yield_value");
    }
  };
  Look(*Promise);
  Promise->forallBases([&](const CXXRecordDecl *Base) {
    Look(*Base);
    return true;
  });
  return Yields;
}

void collectCallables(llvm::ArrayRef<TemplateArgument> Arguments,
                      ModelIndex &Models, unsigned Depth,
                      llvm::SmallVectorImpl<const FunctionDecl *> &Found);

/// Whether a library that knows only the type may call \p Method: to make,
/// destroy, compare or call an object.
bool isCalledUnnamed(const CXXMethodDecl &Method) {
  return isa<CXXConstructorDecl, CXXDestructorDecl>(Method) ||
         Method.isOverloadedOperator();
}

void collectCallables(QualType Type, ModelIndex &Models, unsigned Depth,
                      llvm::SmallVectorImpl<const FunctionDecl *> &Found) {
  if (Type.isNull() || Depth > MaxTypeDepth)
    return;
  Type = Type.getNonReferenceType();
  while (Type->isPointerType() && !Type->isFunctionPointerType())
    Type = Type->getPointeeType();
  const CXXRecordDecl *Class =
      Type->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
  if (!Class)
    return;
  // What a library's own lambdas captured.
  if (Class->isLambda() && Models.isLibrary(*Class)) {
    for (const FieldDecl *Capture : Class->fields())
      collectCallables(Capture->getType(), Models, Depth + 1, Found);
    return;
  }
  if (!Models.isLibrary(*Class)) {
    if (const FunctionTemplateDecl *Generic =
            Class->isLambda() ? Class->getDependentLambdaCallOperator()
                              : nullptr) {
      for (const FunctionDecl *Specialization : Generic->specializations())
        Found.push_back(Specialization);
      return;
    }
    if (Class->hasDefinition())
      for (const CXXMethodDecl *Method : Class->methods())
        if (isCalledUnnamed(*Method))
          Found.push_back(Method);
    return;
  }
  // An iterator's view knows what the iterator calls.
  if (const auto *Outer = dyn_cast<CXXRecordDecl>(Class->getDeclContext()))
    collectCallables(compat::typeOf(*Outer), Models, Depth + 1, Found);
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Class);
  if (!Spec)
    return;
  collectCallables(Spec->getTemplateArgs().asArray(), Models, Depth + 1, Found);
}

void collectCallables(llvm::ArrayRef<TemplateArgument> Arguments,
                      ModelIndex &Models, unsigned Depth,
                      llvm::SmallVectorImpl<const FunctionDecl *> &Found) {
  for (const TemplateArgument &Argument : Arguments) {
    if (Argument.getKind() == TemplateArgument::Type)
      collectCallables(Argument.getAsType(), Models, Depth, Found);
    else if (Argument.getKind() == TemplateArgument::Pack)
      collectCallables(Argument.getPackAsArray(), Models, Depth, Found);
  }
}

} // namespace

DeclaredEffects EffectInference::declared(const Site &S,
                                          const FunctionDecl *Enclosing) {
  DeclaredEffects Result;
  if (!S.Callee) {
    // A function pointer's type may say what calling it does.
    const auto *Call = dyn_cast_or_null<CallExpr>(S.Node);
    const Expr *Called = Call ? Call->getCallee() : nullptr;
    QualType Type = Called ? Called->getType() : QualType();
    if (!Type.isNull() && Type->isPointerType() &&
        compat::blockingAttribute(Type->getPointeeType()) == true) {
      Result.Known = OnThread;
      Result.Effects = DeclaredBlocking;
    }
    return Result;
  }
  const FunctionDecl &Callee = *S.Callee;
  Result.Marks = Unit.Annotations.of(Callee);
  const Annotations &Marks = Result.Marks;
  if (Marks.has(Annotation::NonBlocking)) {
    Result.Known |= OnThread;
  } else if (Marks.has(Annotation::SyncWait)) {
    Result.Known |= OnThread;
    Result.Effects |= SyncWaits;
  } else if (Marks.has(Annotation::Blocking)) {
    Result.Known |= OnThread;
    Result.Effects |= DeclaredBlocking;
  }
  if (Marks.has(Annotation::Yields)) {
    Result.Known |= Yields;
    Result.Effects |= Yields;
  }
  if (Result.Known == AllEffects)
    return Result;

  const CallOperands Operands = CallOperands::of(S.Node);
  const ModelIndex::FunctionEntry *Entry = Unit.modelOf(Callee, Operands);
  if (!Entry || Entry->Effects.empty())
    return Result;
  const EffectSet Annotated = Result.Known;
  for (const FunctionModel *Model : Entry->Effects) {
    EffectSet Effects = 0;
    switch (Model->Effect) {
    case EffectKind::None:
      Result.Known |= AllEffects & ~Annotated;
      continue;
    case EffectKind::Yields:
      Result.Known |= Yields & ~Annotated;
      Effects = Yields;
      break;
    case EffectKind::Blocks:
      Result.Known |= OnThread & ~Annotated;
      Effects = bit(Model->Kind);
      break;
    case EffectKind::SyncWaits:
      Result.Known |= OnThread & ~Annotated;
      Effects = SyncWaits;
      break;
    }
    Effects &= ~Annotated;
    if (!Effects || !Unit.Conditions.applies(*Model, Operands, Enclosing))
      continue;
    if (Effects == Yields && resumesGenerator(Operands.objectClass()))
      continue;
    Result.Effects |= Effects;
    (Effects == Yields ? Result.YieldModel : Result.BlockingModel) = Model;
  }
  // What a model calls a sync wait is one; it is not a second finding.
  if (Result.Effects & SyncWaits)
    Result.Effects &= ~AnyBlocking;
  return Result;
}

//===----------------------------------------------------------------------===//
// Exploring
//===----------------------------------------------------------------------===//

EffectInference::NodeId
EffectInference::nodeOf(const FunctionDecl &Definition) {
  auto [It, Inserted] = Ids.try_emplace(&Definition, Nodes.size());
  if (Inserted) {
    Nodes.emplace_back();
    Nodes.back().Function = &Definition;
  }
  return It->second;
}

void EffectInference::explore(llvm::ArrayRef<const FunctionDecl *> Roots) {
  for (const FunctionDecl *Root : Roots)
    ToExpand.push_back(nodeOf(*Root));
  while (true) {
    while (!ToExpand.empty()) {
      NodeId Id = ToExpand.front();
      ToExpand.pop_front();
      if (!Nodes[Id].Expanded && !Nodes[Id].Deferred)
        expand(Id);
    }
    propagate();
    // A library function matters only once a callable it is given does
    // something.
    bool Any = false;
    for (NodeId &Id : DeferredNodes) {
      Node &N = Nodes[Id];
      if (!N.Deferred || llvm::none_of(N.Callables, [&](NodeId Callable) {
            EffectSet Passing = passing(*Nodes[Callable].Function);
            return (Nodes[Callable].Effects & Passing) ||
                   (Nodes[Callable].IsOpen && Passing);
          }))
        continue;
      N.Deferred = false;
      ToExpand.push_back(Id);
      Any = true;
    }
    if (!Any)
      return;
    llvm::erase_if(DeferredNodes,
                   [&](NodeId Id) { return !Nodes[Id].Deferred; });
  }
}

EffectSet EffectInference::passing(const FunctionDecl &Definition) {
  // Calling a coroutine runs nothing that its own body is not judged for.
  if (isa_and_nonnull<CoroutineBodyStmt>(Definition.getBody()))
    return 0;
  FunctionContext Context = Contexts.of(Definition);
  if (Context.NoYield)
    return 0;
  if (Context.EventLoop || Context.AllowBlocking)
    return Yields;
  return AllEffects;
}

void EffectInference::expand(NodeId Id) {
  Nodes[Id].Expanded = true;
  const Body &Walked = Unit.Bodies.of(*Nodes[Id].Function);
  for (unsigned I = 0; I < Walked.Sites.size(); ++I)
    expandSite(Id, I);
}

void EffectInference::expandSite(NodeId Id, unsigned Index) {
  const FunctionDecl &Function = *Nodes[Id].Function;
  const Body &Walked = Unit.Bodies.of(Function);
  const Site &S = Walked.Sites[Index];
  if (S.AwaitPart == Site::Part::Suspend && S.Await &&
      !canSuspend(*S.Await, Unit))
    return;
  const bool InLibrary = Unit.Models.isLibrary(Function);

  EffectSet Mask = AllEffects;
  // What an await does besides awaiting is not a yield of its own.
  if (S.Await)
    Mask &= ~Yields;
  const FunctionDecl *Callee = S.Callee;
  if (S.What == Site::Kind::Destroy && !InLibrary)
    if (const GuardModel *Pending = pendingAt(S, Function))
      addPrimitive(Id,
                   {Index, Pending->DestructorEffect == EffectKind::SyncWaits
                               ? SyncWaits
                               : bit(Pending->DestructorKind)});
  if (S.What == Site::Kind::Destroy && S.Variable &&
      Walked.Moved.contains(S.Variable))
    return;
  if (!Callee) {
    if (EffectSet Effects = declared(S, &Function).Effects)
      addPrimitive(Id, {Index, Effects});
    if (S.What == Site::Kind::Call && !InLibrary)
      addStored(Id, Index, Mask);
    return;
  }
  if (!InLibrary) {
    addCallables(Id, Index, Mask);
    DeclaredEffects Declared = declared(S, &Function);
    if (EffectSet Effects = Declared.Effects & Mask)
      addPrimitive(Id, {Index, Effects});
    Mask &= ~Declared.Known;
  }
  if (!Mask)
    return;
  // How a program comes to its end is not what it does on the way.
  if (Callee->isNoReturn() && !InLibrary)
    return;
  const FunctionDecl *Definition = definitionOf(*Callee);
  // `std::function` and other library types that call what they were built
  // from.
  if (S.What == Site::Kind::Call && !InLibrary &&
      Unit.Models.isLibrary(*Callee))
    addStored(Id, Index, Mask);
  const bool Dispatched = isDispatched(S);
  if (!Definition || Dispatched) {
    addExternal(Id, Index, *Callee, Mask, Dispatched);
    addOpenCall(Id, {Index, Callee, Mask, Dispatched});
  }
  if (!Definition) {
    // The callee may call what it is handed.
    if ((TrackOpen || External) && !InLibrary && isDefinedElsewhere(*Callee)) {
      CallOperands Handed = CallOperands::of(S.Node);
      if (Handed.Arguments.empty())
        return;
      const uint64_t Invoked =
          External ? External->invokedParameters(*Callee) : ~uint64_t(0);
      for (unsigned I = 0; I < Handed.Arguments.size() && I < 64; ++I) {
        const FunctionDecl *Callable =
            Invoked >> I & 1 ? callableOf(Handed.Arguments[I], Unit.Models)
                             : nullptr;
        if (Callable && External)
          addEdge(Id, Index, *Callable, Mask);
        else if (Callable)
          addOpenCall(Id, {Index, Callable, Mask, false, Callee, I});
      }
    }
    return;
  }
  addEdge(Id, Index, *Callee, Mask);

  // Callables that the callee calls though their type does not say which.
  CallOperands Operands = CallOperands::of(S.Node);
  if (Operands.Arguments.empty() || InLibrary)
    return;
  std::optional<uint64_t> Invokes;
  for (unsigned I = 0; I < Operands.Arguments.size() && I < 64; ++I) {
    const FunctionDecl *Callable =
        callableOf(Operands.Arguments[I], Unit.Models);
    if (!Callable || (!TrackOpen && !External && !definitionOf(*Callable)))
      continue;
    if (!Invokes)
      Invokes = invokedParameters(*Definition);
    if (*Invokes >> I & 1)
      addEdge(Id, Index, *Callable, Mask);
    else if (TrackOpen && llvm::any_of(handedOn(*Definition), [&](auto &H) {
               return H.Parameter == I && !isInSystemHeader(*H.Callee);
             }))
      addOpenCall(Id, {Index, Callable, Mask, false, Definition, I});
  }
}

/// Adds what the site calls through a variable, a table or a member.
void EffectInference::addStored(NodeId Id, unsigned Index, EffectSet Mask) {
  const Body &Walked = Unit.Bodies.of(*Nodes[Id].Function);
  const Site &S = Walked.Sites[Index];
  if (S.Variable && !isa<ParmVarDecl>(S.Variable) && S.Variable->getInit() &&
      !Walked.Modified.contains(S.Variable))
    if (const FunctionDecl *Callable =
            callableOf(S.Variable->getInit(), Unit.Models)) {
      addEdge(Id, Index, *Callable, Mask);
      return;
    }
  const auto *Call = dyn_cast_or_null<CallExpr>(S.Node);
  const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(S.Node);
  if (!Call || (S.Callee && (!Operator || Operator->getOperator() != OO_Call)))
    return;
  for (const FunctionDecl *Callable :
       Stored.of(S.Callee ? *Operator->getArg(0) : *Call->getCallee(), Walked))
    addEdge(Id, Index, *Callable, Mask);
}

/// Adds the callables that, as models say, the callee at the site runs before
/// it returns.
void EffectInference::addCallables(NodeId Id, unsigned Index, EffectSet Mask) {
  const FunctionDecl &Function = *Nodes[Id].Function;
  const Site &S = Unit.Bodies.of(Function).Sites[Index];
  const CallOperands Operands = CallOperands::of(S.Node);
  const ModelIndex::FunctionEntry *Entry = Unit.modelOf(*S.Callee, Operands);
  if (!Entry || Entry->Callables.empty())
    return;
  // What an annotation says of the callee, it says of all that the call does.
  const Annotations Marks = Unit.Annotations.of(*S.Callee);
  if (Marks.has(Annotation::NonBlocking) || Marks.has(Annotation::Blocking) ||
      Marks.has(Annotation::SyncWait))
    Mask &= ~OnThread;
  if (Marks.has(Annotation::Yields))
    Mask &= ~Yields;
  for (const CallableModel *Model : Entry->Callables) {
    if (Model->Runs != ContextKind::Caller ||
        !Unit.Conditions.applies(*Model, Operands, &Function))
      continue;
    for (const Expr *Argument : Operands.at(Model->Argument)) {
      const FunctionDecl *Callable = callableOf(Argument, Unit.Models);
      if (!Callable)
        continue;
      // Of a generic lambda, whatever was instantiated.
      const FunctionTemplateDecl *Generic =
          Callable->isDependentContext()
              ? Callable->getDescribedFunctionTemplate()
              : nullptr;
      if (!Generic)
        addEdge(Id, Index, *Callable, Mask);
      else
        for (const FunctionDecl *Specialization : Generic->specializations())
          addEdge(Id, Index, *Specialization, Mask);
    }
  }
}

const GuardModel *EffectInference::pendingAt(const Site &S,
                                             const FunctionDecl &Function) {
  const auto *Destructor = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
  if (S.What != Site::Kind::Destroy || !Destructor || !S.Node)
    return nullptr;
  const GuardClass *Class = Flows.Guards.of(*Destructor->getParent());
  if (!Class ||
      (!Class->IsPendingWork && !Class->Element && Class->Parts.empty()))
    return nullptr;
  for (const PendingDestruction &Pending :
       Flows.of(Function).pendingDestructions())
    if (Pending.Variable ? Pending.Variable == S.Variable
                         : Pending.Temporary == S.Node)
      return Pending.Class->Model;
  return nullptr;
}

void EffectInference::addEdge(NodeId Caller, unsigned SiteIndex,
                              const FunctionDecl &Callee, EffectSet Mask) {
  const FunctionDecl *Definition = definitionOf(Callee);
  if (!Definition) {
    addExternal(Caller, SiteIndex, Callee, Mask, /*Dispatched=*/false);
    addOpenCall(Caller, {SiteIndex, &Callee, Mask, false});
  }
  if (!Definition || Definition->isDependentContext())
    return;
  const bool InLibrary = Unit.Models.isLibrary(*Definition);
  EffectSet Allowed = Mask & passing(*Definition);
  if (!Allowed)
    return;
  llvm::SmallVector<const FunctionDecl *, 2> Callables;
  if (InLibrary) {
    // Whether there is an old object to destroy is not known.
    if (const auto *Method = dyn_cast<CXXMethodDecl>(Definition);
        Method && Method->isMoveAssignmentOperator())
      return;
    Callables = userCallables(*Definition);
    if (Callables.empty())
      return;
  }
  bool IsNew = !Ids.contains(Definition);
  NodeId Target = nodeOf(*Definition);
  if (IsNew && InLibrary) {
    Nodes[Target].Deferred =
        llvm::none_of(Callables, [&](const FunctionDecl *Callable) {
          return mayDoMoreElsewhere(*Callable);
        });
    if (!Nodes[Target].Deferred)
      ToExpand.push_back(Target);
    for (const FunctionDecl *Callable : Callables)
      if (const FunctionDecl *CallableBody = definitionOf(*Callable)) {
        NodeId CallableId = nodeOf(*CallableBody);
        Nodes[Target].Callables.push_back(CallableId);
        ToExpand.push_back(CallableId);
      }
    if (Nodes[Target].Deferred)
      DeferredNodes.push_back(Target);
  } else if (IsNew) {
    ToExpand.push_back(Target);
  }
  Node &From = Nodes[Caller];
  From.Edges.push_back({SiteIndex, Target, Allowed});
  Nodes[Target].Callers.push_back({Caller, unsigned(From.Edges.size() - 1)});
  if (EffectSet Ready = Nodes[Target].Effects & Allowed)
    raise(Caller, Ready, SiteIndex);
  if (Nodes[Target].IsOpen)
    markOpen(Caller);
}

/// Whether another unit tells more of what the library may do by \p Callable:
/// it has its body, or an override of it.
bool EffectInference::mayDoMoreElsewhere(const FunctionDecl &Callable) {
  const auto *Destructor = dyn_cast<CXXDestructorDecl>(&Callable);
  const bool Overridden = Destructor && Destructor->isVirtual() &&
                          !Destructor->getParent()->isEffectivelyFinal();
  if (!Overridden && definitionOf(Callable))
    return false;
  if (External)
    return External->of(Callable, Overridden) != 0;
  return TrackOpen && isDefinedElsewhere(Callable);
}

void EffectInference::addPrimitive(NodeId Id, Primitive New) {
  Nodes[Id].Primitives.push_back(New);
  raise(Id, New.Effects, New.SiteIndex);
}

/// What the index of the whole program knows of a call.
void EffectInference::addExternal(NodeId Id, unsigned SiteIndex,
                                  const FunctionDecl &Callee, EffectSet Mask,
                                  bool Dispatched) {
  if (!External)
    return;
  if (EffectSet Effects = External->of(Callee, Dispatched) & Mask)
    addPrimitive(Id, {SiteIndex, Effects, &Callee, Dispatched});
}

void EffectInference::addOpenCall(NodeId Caller, OpenCall Call) {
  if (!TrackOpen || !Call.Allowed)
    return;
  // A body that can be seen is asked for itself; this is about the rest.
  const FunctionDecl &Decisive = Call.Through ? *Call.Through : *Call.Callee;
  if (!isDefinedElsewhere(Decisive))
    return;
  if (Call.Through)
    if (const FunctionDecl *Definition = definitionOf(*Call.Callee)) {
      if (Definition->isDependentContext() || isInSystemHeader(*Definition))
        return;
      ToExpand.push_back(nodeOf(*Definition));
    }
  Nodes[Caller].Open.push_back(Call);
  markOpen(Caller);
}

void EffectInference::markOpen(NodeId Id) {
  llvm::SmallVector<NodeId, 16> Marked{Id};
  while (!Marked.empty()) {
    Node &N = Nodes[Marked.pop_back_val()];
    if (std::exchange(N.IsOpen, true))
      continue;
    for (const Incoming &From : N.Callers)
      Marked.push_back(From.Caller);
  }
}

std::optional<EffectInference::NodeId>
EffectInference::find(const FunctionDecl &Definition) const {
  auto It = Ids.find(&Definition);
  if (It == Ids.end())
    return std::nullopt;
  return It->second;
}

bool EffectInference::isOpenAt(const FunctionDecl &Function, unsigned Index) {
  std::optional<NodeId> Id = find(Function);
  if (!Id || !Nodes[*Id].IsOpen)
    return false;
  const Node &N = Nodes[*Id];
  return llvm::any_of(
             N.Open,
             [&](const OpenCall &Call) { return Call.SiteIndex == Index; }) ||
         llvm::any_of(N.Edges, [&](const Edge &E) {
           return E.SiteIndex == Index && Nodes[E.Target].IsOpen;
         });
}

llvm::SmallVector<const FunctionDecl *, 2>
EffectInference::userCallables(const FunctionDecl &Function) {
  llvm::SmallVector<const FunctionDecl *, 2> Found;
  for (const ParmVarDecl *Param : Function.parameters())
    collectCallables(Param->getType(), Unit.Models, 0, Found);
  if (const TemplateArgumentList *Arguments =
          Function.getTemplateSpecializationArgs())
    collectCallables(Arguments->asArray(), Unit.Models, 0, Found);
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Function))
    collectCallables(compat::typeOf(*Method->getParent()), Unit.Models, 0,
                     Found);
  return Found;
}

/// The parameter of \p Definition that \p Argument is, as it stands or moved.
static const ParmVarDecl *handedParameter(const Expr *Argument,
                                          const FunctionDecl &Definition,
                                          ModelIndex &Models) {
  while (true) {
    Argument = innermostOf(Argument);
    if (const auto *Call = dyn_cast<CallExpr>(Argument)) {
      const FunctionDecl *Direct = Call->getDirectCallee();
      const ModelIndex::FunctionEntry *Entry =
          Direct && Call->getNumArgs() > 0 ? Models.find(*Direct) : nullptr;
      if (!Entry || !Entry->PassThrough)
        break;
      Argument = Call->getArg(0);
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(Argument);
               Construct && Construct->getNumArgs() == 1) {
      Argument = Construct->getArg(0);
    } else {
      break;
    }
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(Argument);
  const auto *Own = Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
  if (!Own || Own->getDeclContext() != &Definition ||
      Own->getFunctionScopeIndex() >= 64)
    return nullptr;
  QualType Type = Own->getType().getNonReferenceType();
  return Type->isFunctionPointerType() || Type->isFunctionType() ||
                 Type->isMemberFunctionPointerType() ||
                 Type->getAsCXXRecordDecl()
             ? Own
             : nullptr;
}

std::vector<EffectInference::HandedOn>
EffectInference::handedOn(const FunctionDecl &Definition) {
  std::vector<HandedOn> Result;
  for (const Site &S : Unit.Bodies.of(Definition).Sites) {
    if (!S.Callee)
      continue;
    CallOperands Operands = CallOperands::of(S.Node);
    for (unsigned I = 0; I < Operands.Arguments.size() && I < 64; ++I)
      if (const ParmVarDecl *Own =
              handedParameter(Operands.Arguments[I], Definition, Unit.Models))
        Result.push_back({Own->getFunctionScopeIndex(), S.Callee, I});
  }
  return Result;
}

uint64_t EffectInference::invokedParameters(const FunctionDecl &Definition,
                                            unsigned Depth) {
  auto [It, Inserted] = Invoked.try_emplace(&Definition, 0);
  if (!Inserted || Depth > MaxHandOver)
    return It->second;
  uint64_t Result = 0;
  for (const Site &S : Unit.Bodies.of(Definition).Sites) {
    const auto *Param = dyn_cast_or_null<ParmVarDecl>(S.Variable);
    if (S.What == Site::Kind::Call && Param &&
        Param->getDeclContext() == &Definition &&
        Param->getFunctionScopeIndex() < 64 &&
        (!S.Callee || isInSystemHeader(*S.Callee)))
      Result |= uint64_t(1) << Param->getFunctionScopeIndex();
  }
  // A parameter handed on to a function that calls it.
  for (const HandedOn &H : handedOn(Definition)) {
    const FunctionDecl *Callee = definitionOf(*H.Callee);
    uint64_t Calls = 0;
    if (Callee && !Callee->isDependentContext() &&
        !isa<CoroutineBodyStmt>(Callee->getBody()))
      Calls = invokedParameters(*Callee, Depth + 1);
    else if (!Callee && External)
      Calls = External->invokedParameters(*H.Callee);
    if (Calls >> H.Argument & 1)
      Result |= uint64_t(1) << H.Parameter;
  }
  return Invoked[&Definition] = Result;
}

//===----------------------------------------------------------------------===//
// Propagating
//===----------------------------------------------------------------------===//

EffectSet EffectInference::liveAt(NodeId Id, unsigned SiteIndex) {
  EffectSet Result = 0;
  if (isLive(Id, SiteIndex, DeclaredBlocking))
    Result |= AnyBlocking;
  if (isLive(Id, SiteIndex, SyncWaits))
    Result |= SyncWaits;
  if (isLive(Id, SiteIndex, Yields))
    Result |= Yields;
  return Result;
}

bool EffectInference::isLive(NodeId Id, unsigned SiteIndex, EffectSet Effect) {
  const FunctionDecl &Function = *Nodes[Id].Function;
  if (Unit.Models.isLibrary(Function))
    return true;
  const Site &S = Unit.Bodies.of(Function).Sites[SiteIndex];
  // What goes wrong inside a region is reported there, once.
  if (S.Region)
    return false;
  const Flow &F = Flows.of(Function);
  if (!F.isValid())
    return true;
  const void *At = S.Anchor;
  if (S.What == Site::Kind::Destroy && S.Variable)
    At = S.Variable;
  if (!At)
    return true; // The members that a destructor destroys after its body.
  const PointState &Point = F.at(At);
  if (!Point.Reachable)
    return S.What == Site::Kind::Destroy || isa<CXXConstructorDecl>(Function);
  for (const HeldObject &Object : Point.Held) {
    if (Object.isNoYield())
      return false;
    if (Object.isAllowBlocking() && Object.Always && (Effect & OnThread))
      return false;
  }
  return !(Effect & SyncWaits) || !Point.ProvenReady;
}

void EffectInference::raise(NodeId Id, EffectSet Effects, unsigned SiteIndex) {
  Node &N = Nodes[Id];
  for (EffectSet New = Effects & ~N.Effects; New; New &= New - 1) {
    EffectSet Effect = New & -New;
    if (!isLive(Id, SiteIndex, Effect))
      continue;
    N.Effects |= Effect;
    Raised.emplace_back(Id, Effect);
  }
}

void EffectInference::propagate() {
  while (!Raised.empty()) {
    auto [Id, Effect] = Raised.front();
    Raised.pop_front();
    // By index: raising a caller may move the vectors.
    for (unsigned I = 0; I < Nodes[Id].Callers.size(); ++I) {
      Incoming From = Nodes[Id].Callers[I];
      const Edge &E = Nodes[From.Caller].Edges[From.EdgeIndex];
      if (E.Allowed & Effect)
        raise(From.Caller, Effect, E.SiteIndex);
    }
  }
}

EffectSet EffectInference::effectsAt(const FunctionDecl &Function,
                                     unsigned Index) {
  auto It = Ids.find(&Function);
  if (It == Ids.end())
    return 0;
  const Node &N = Nodes[It->second];
  EffectSet Result = 0;
  // Sites are expanded in order, so both lists are sorted by site.
  auto ByIndex = [](const auto &Entry, unsigned I) {
    return Entry.SiteIndex < I;
  };
  for (auto P = std::lower_bound(N.Primitives.begin(), N.Primitives.end(),
                                 Index, ByIndex);
       P != N.Primitives.end() && P->SiteIndex == Index; ++P)
    Result |= P->Effects;
  for (auto E =
           std::lower_bound(N.Edges.begin(), N.Edges.end(), Index, ByIndex);
       E != N.Edges.end() && E->SiteIndex == Index; ++E)
    Result |= Nodes[E->Target].Effects & E->Allowed;
  return Result;
}

EffectInference::Witness
EffectInference::witness(const FunctionDecl &Function, unsigned Index,
                         EffectSet Wanted, llvm::ArrayRef<StringRef> Avoid) {
  std::optional<NodeId> Start = find(Function);
  if (!Start)
    return {};
  Witness Own = search(*Start, Index, Wanted, Avoid, /*WithExternal=*/false);
  if (!Own.Steps.empty() || !External)
    return Own;
  return search(*Start, Index, Wanted, Avoid, /*WithExternal=*/true);
}

namespace {

/// A step of a search: a site, and how the search came there.
struct Way {
  EffectInference::NodeId Node;
  unsigned SiteIndex;
  int Before; ///< Index of the way that led here.
  unsigned Depth;
  EffectSet Effects; ///< What passes from here.
};

/// Whether the way \p A comes before \p B in the source, function by function.
/// Ways are numbered in that order where they have the same beginning.
bool comesBefore(llvm::ArrayRef<Way> Ways, int A, int B) {
  auto Up = [&](int &At, unsigned Depth) {
    while (Ways[At].Depth > Depth)
      At = Ways[At].Before;
  };
  const bool Deeper = Ways[A].Depth > Ways[B].Depth;
  const unsigned Depth = std::min(Ways[A].Depth, Ways[B].Depth);
  Up(A, Depth);
  Up(B, Depth);
  if (A == B)
    return Deeper; // Calls of functions with a body come first.
  while (Ways[A].Before != Ways[B].Before)
    A = Ways[A].Before, B = Ways[B].Before;
  return A < B;
}

} // namespace

EffectInference::Witness
EffectInference::search(NodeId Start, unsigned Index, EffectSet Wanted,
                        llvm::ArrayRef<StringRef> Avoid, bool WithExternal) {
  auto IsAvoided = [&](const FunctionDecl &Function) {
    return llvm::any_of(Avoid, [&](StringRef Name) {
      return hasQualifiedName(Function, Name) ||
             Function.getQualifiedNameAsString() == Name;
    });
  };
  struct End {
    int Way = -1;
    const Primitive *What = nullptr;
    EffectSet Effect = 0;
    unsigned Length = 0;
    ExternalWitness Rest;
  } Best;
  std::vector<Way> Ways{{Start, Index, -1, 0, Wanted}};
  llvm::DenseMap<NodeId, EffectSet> Visited;
  auto Try = [&](int At, const Primitive &P, EffectSet Found) {
    End New{At, &P, Found & -Found, Ways[At].Depth + 1, {}};
    if (P.External) {
      if (!WithExternal)
        return;
      New.Rest = External->witness(*P.External, P.Dispatched, Found, Avoid);
      if (New.Rest.Steps.empty())
        return;
      New.Effect = New.Rest.Effect;
      New.Length += New.Rest.Distance;
    } else {
      const Site &S =
          Unit.Bodies.of(*Nodes[Ways[At].Node].Function).Sites[P.SiteIndex];
      if (S.Callee && IsAvoided(*S.Callee))
        return;
    }
    if (Best.Way < 0 || New.Length < Best.Length ||
        (New.Length == Best.Length && comesBefore(Ways, At, Best.Way)))
      Best = std::move(New);
  };

  for (size_t At = 0; At < Ways.size(); ++At) {
    const Way From = Ways[At];
    if (Best.Way >= 0 && From.Depth + 1 > Best.Length)
      break;
    const Node &N = Nodes[From.Node];
    for (const Primitive &P : N.Primitives)
      if (P.SiteIndex == From.SiteIndex)
        if (EffectSet Found = P.Effects & From.Effects)
          Try(At, P, Found);
    for (const Edge &E : N.Edges) {
      if (E.SiteIndex != From.SiteIndex)
        continue;
      const Node &Target = Nodes[E.Target];
      EffectSet &Before = Visited[E.Target];
      EffectSet Through = Target.Effects & E.Allowed & From.Effects & ~Before;
      if (!Through || IsAvoided(*Target.Function))
        continue;
      Before |= Through;
      // Every site of the callee that has the effect is a way on.
      llvm::SmallVector<unsigned, 8> Sites;
      for (const Primitive &P : Target.Primitives)
        if (P.Effects & Through)
          Sites.push_back(P.SiteIndex);
      for (const Edge &Next : Target.Edges)
        if (Nodes[Next.Target].Effects & Next.Allowed & Through)
          Sites.push_back(Next.SiteIndex);
      llvm::sort(Sites);
      Sites.erase(std::unique(Sites.begin(), Sites.end()), Sites.end());
      for (unsigned SiteIndex : Sites)
        if (EffectSet Live = Through & liveAt(E.Target, SiteIndex))
          Ways.push_back({E.Target, SiteIndex, int(At), From.Depth + 1, Live});
    }
  }

  Witness Result;
  Result.Effect = Best.Effect;
  for (int At = Best.Way; At >= 0; At = Ways[At].Before) {
    const Node &N = Nodes[Ways[At].Node];
    const Site &S = Unit.Bodies.of(*N.Function).Sites[Ways[At].SiteIndex];
    WitnessStep Step;
    Step.Caller = N.Function;
    Step.Where = S.Where;
    Step.Callee = Result.Steps.empty() ? S.Callee : Result.Steps.back().Caller;
    if (Result.Steps.empty() && Best.What->External) {
      Step.Callee = Best.What->External;
      Step.External = std::move(Best.Rest);
    } else if (Result.Steps.empty()) {
      Step.Primitive = declared(S, N.Function);
      Step.Primitive->Pending = pendingAt(S, *N.Function);
    }
    Result.Steps.push_back(std::move(Step));
  }
  std::reverse(Result.Steps.begin(), Result.Steps.end());
  return Result;
}

} // namespace corolint
