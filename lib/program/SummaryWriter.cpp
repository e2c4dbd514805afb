//===-- SummaryWriter.cpp - Writes the summary of a unit ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/SummaryWriter.h"
#include "SourceFinding.h"
#include "TaskMessages.h"
#include "code/Suspension.h"
#include "effect/UserCallables.h"
#include "program/FunctionKeys.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Index/USRGeneration.h"

using namespace clang;

namespace corolint {

MessageRecord recordOf(const Message &What, StringTable &Strings) {
  assert(What.Arguments.size() <= Message::MaxArguments);
  MessageRecord R;
  R.Name = Strings.id(nameOf(What.Id));
  for (size_t I = 0; I < What.Arguments.size(); ++I)
    R.Arguments[I] = Strings.id(What.Arguments[I]);
  return R;
}

static bool takesCallables(const FunctionDecl &Function) {
  return llvm::any_of(Function.parameters(), [](const ParmVarDecl *Param) {
    QualType Type = Param->getType().getNonReferenceType();
    return Type->isFunctionPointerType() || Type->isFunctionType() ||
           Type->getAsCXXRecordDecl();
  });
}

void SummaryWriter::writeFunctions() {
  findUnknownCalls();
  const auto &Nodes = Inference.nodes();
  for (EffectInference::NodeId Id = 0; Id < Nodes.size(); ++Id)
    if (Nodes[Id].Expanded && isWorthKeeping(Id))
      addBody(Id);
}

void SummaryWriter::finish() {
  addBorrows();
  addChanges();
  addEntries();
  addOverrides();
  addPassed();
}

bool SummaryWriter::isWorthKeeping(EffectInference::NodeId Id) {
  const EffectInference::Node &N = Inference.nodes()[Id];
  return N.Effects || N.IsOpen || ReachUnknown.contains(Id) ||
         !isLocalToUnit(*N.Function) ||
         (isa_and_nonnull<CoroutineBodyStmt>(N.Function->getBody()) &&
          !isInSystemHeader(*N.Function)) ||
         (takesCallables(*N.Function) && !isInSystemHeader(*N.Function));
}

SourcePoint SummaryWriter::point(SourceLocation Where) {
  if (Where.isInvalid())
    return {};
  PresumedLoc Place = Sources.getPresumedLoc(Sources.getFileLoc(Where),
                                             /*UseLineDirectives=*/false);
  if (Place.isInvalid())
    return {};
  return {Strings.id(Paths.nameOf(Place.getFilename())), Place.getLine(),
          Place.getColumn()};
}

uint32_t SummaryWriter::function(const FunctionDecl &Function) {
  auto [It, Inserted] =
      Ids.try_emplace(Function.getCanonicalDecl(), Result.Functions.size());
  if (!Inserted)
    return It->second;
  const uint32_t Id = It->second;
  FunctionRecord R;
  R.Key = keyOf(Function);
  R.Name = Strings.id(nameOf(Function));
  R.Qualified = Strings.id(Function.getQualifiedNameAsString());
  R.Where = point(Function.getLocation());
  const Annotations Marks = Analysed.facts().Annotations.of(Function);
  R.Marks = uint32_t(Marks.Set);
  if (R.Marks)
    R.Marked = point(Marks.Where);
  R.Described = isDescribed(Function);
  Result.Functions.push_back(R);
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Function))
    if (Method->isVirtual())
      Virtual.push_back(Method);
  return Id;
}

DeadIfRange
SummaryWriter::deadIf(llvm::ArrayRef<const FunctionDecl *> Functions) {
  if (Functions.empty())
    return {};
  const DeadIfRange Range{uint32_t(Result.DeadIf.size()),
                          uint32_t(Functions.size())};
  for (const FunctionDecl *Function : Functions) {
    const uint32_t Id = function(*Function);
    Result.DeadIf.push_back(Id);
  }
  return Range;
}

/// Adds the effects that annotations of \p Function declare, for callers that
/// do not see the annotated declaration. Returns the effects that need no
/// inference.
EffectSet SummaryWriter::addDeclared(const FunctionDecl &Function) {
  const DeclaredEffects Declared =
      annotatedEffects(Function, Analysed.facts().Annotations);
  for (EffectSet Left = Declared.Effects; Left; Left &= Left - 1)
    addCause(Function, Declared, Left & -Left, nullptr, {});
  return Declared.Known;
}

void SummaryWriter::addCause(const FunctionDecl &Callee,
                             const DeclaredEffects &Declared, EffectSet Effect,
                             const Site *S, DeadIfRange DeadIf) {
  SourceLocation Where;
  const Message Why = describeCause(Callee, Declared, Effect, Where);
  CauseRecord R;
  R.Effect = Effect;
  if (S) {
    R.Where = point(S->Where);
    R.Callee = Strings.id(nameOf(Callee));
    R.Site = siteOf(*S, Callee);
  }
  R.Qualified = Strings.id(Callee.getQualifiedNameAsString());
  R.What = recordOf(Why, Strings);
  R.Note = Where.isValid() ? point(Where) : R.Where;
  R.Reason = Strings.id(reasonOf(Declared, Effect));
  R.DeadIf = DeadIf;
  Result.Causes.push_back(R);
}

/// A suspension does not pass to callers, but a no-yield parameter forbids it.
void SummaryWriter::addSuspension(const Site &S) {
  CauseRecord R;
  R.Effect = Yields;
  R.Where = R.Note = point(S.Where);
  R.Site = Strings.id(describeSite(S));
  R.What = recordOf({MessageId::MaySuspend, {describeSite(S)}}, Strings);
  Result.Causes.push_back(R);
}

/// The text of the site in messages, or empty if it is simply a call to
/// \p Target.
StringId SummaryWriter::siteOf(const Site &S, const FunctionDecl &Target) {
  const std::string Text = describeSite(S);
  const bool Plain =
      Text == Message{MessageId::CallTo, {nameOf(Target)}}.text();
  return Plain ? 0 : Strings.id(Text);
}

void SummaryWriter::addBody(EffectInference::NodeId Id) {
  const EffectInference::Node &N = Inference.nodes()[Id];
  const FunctionDecl &Function = *N.Function;
  const uint32_t Own = function(Function);
  FunctionRecord R = Result.Functions[Own];
  R.Where = point(Function.getLocation());
  R.Defined = true;
  R.Library = isInSystemHeader(Function);
  R.Passing = Inference.passing(Function);
  if (takesCallables(Function) && !isInSystemHeader(Function))
    R.Invokes = Inference.invokedParameters(Function);
  const Body &Walked = Analysed.facts().Bodies.of(Function);
  R.Coroutine = Walked.IsCoroutine;
  R.Ends = Inference.endsProcess(Function);
  if (!isInSystemHeader(Function))
    if (const FunctionDecl *By = Inference.endsIf(Function))
      Result.Ends.push_back({Own, function(*By)});
  R.InContext = runsInContext(Walked);
  R.FirstCause = Result.Causes.size();
  const EffectSet Known = addDeclared(Function);
  llvm::DenseMap<unsigned, EffectSet> Live;
  auto LiveAt = [&](unsigned SiteIndex) {
    auto [It, Inserted] = Live.try_emplace(SiteIndex, 0);
    if (Inserted)
      It->second = Inference.liveAt(Id, SiteIndex) & ~Known;
    return It->second;
  };
  addCauses(N, Walked, LiveAt);
  R.NumCauses = Result.Causes.size() - R.FirstCause;
  std::vector<CallRecord> Calls = callsIn(N, Walked, LiveAt);
  R.FirstCall = Result.Calls.size();
  R.NumCalls = Calls.size();
  llvm::append_range(Result.Calls, Calls);
  Result.Functions[Own] = R;
  addParameters(Function, Own);
}

void SummaryWriter::addCauses(const EffectInference::Node &N,
                              const Body &Walked, LiveEffects LiveAt) {
  const FunctionDecl &Function = *N.Function;
  for (const EffectInference::Primitive &P : N.Primitives) {
    EffectSet Effects = P.Effects & LiveAt(P.SiteIndex);
    if (!Effects)
      continue;
    const Site &S = Walked.Sites[P.SiteIndex];
    DeclaredEffects Declared = Inference.declared(S, &Function);
    Declared.Pending = Inference.pendingAt(S, Function);
    const DeadIfRange DeadIf = deadIf(Inference.deadIf(Function, P.SiteIndex));
    for (; Effects && S.Callee; Effects &= Effects - 1)
      addCause(*S.Callee, Declared, Effects & -Effects, &S, DeadIf);
  }
  if (!Walked.IsCoroutine)
    return;
  for (unsigned I = 0; I < Walked.Sites.size(); ++I)
    if (const Site &S = Walked.Sites[I];
        S.What == Site::Kind::Suspend &&
        canSuspend(*S.Node, Analysed.facts()) && (LiveAt(I) & Yields))
      addSuspension(S);
}

std::vector<CallRecord> SummaryWriter::callsIn(const EffectInference::Node &N,
                                               const Body &Walked,
                                               LiveEffects LiveAt) {
  std::vector<std::pair<unsigned, CallRecord>> Calls;
  for (const EffectInference::Edge &E : N.Edges) {
    const EffectInference::Node &Target = Inference.nodes()[E.Target];
    if (!Target.IsOpen && !(Target.Effects & E.Allowed))
      continue;
    if (EffectSet Allowed = E.Allowed & LiveAt(E.SiteIndex))
      Calls.emplace_back(E.SiteIndex, call(E, Allowed, Walked));
  }
  for (const EffectInference::OpenCall &Open : N.Open)
    if (EffectSet Allowed = Open.Allowed & LiveAt(Open.SiteIndex))
      Calls.emplace_back(Open.SiteIndex, call(Open, Allowed, Walked));
  // The first in the source counts among equals.
  llvm::stable_sort(
      Calls, [](const auto &A, const auto &B) { return A.first < B.first; });
  std::vector<CallRecord> Result;
  for (const auto &[SiteIndex, Call] : Calls)
    Result.push_back(Call);
  return Result;
}

CallRecord SummaryWriter::call(const EffectInference::Edge &E,
                               EffectSet Allowed, const Body &Walked) {
  const FunctionDecl &Target = *Inference.nodes()[E.Target].Function;
  const Site &S = Walked.Sites[E.SiteIndex];
  CallRecord R{function(Target), Allowed, point(S.Where)};
  R.Site = siteOf(S, Target);
  R.DeadIf = deadIf(Inference.deadIf(*Walked.Function, E.SiteIndex));
  return R;
}

/// Adds what other units need to know about the function's parameters.
void SummaryWriter::addParameters(const FunctionDecl &Function, uint32_t Own) {
  if (isInSystemHeader(Function))
    return;
  if (takesCallables(Function))
    for (const EffectInference::HandedOn &H : Inference.handedOn(Function))
      if (!isInSystemHeader(*H.Callee))
        Result.Forwards.push_back(
            {Own, H.Parameter, function(*H.Callee), H.Argument});
  if (isLocalToUnit(Function))
    return;
  for (const ParmVarDecl *Param : Function.parameters()) {
    const Annotations Marks = Analysed.facts().Annotations.of(*Param);
    for (ContextKind Kind : annotatedContexts(Marks))
      Result.Parameters.push_back(
          {Own, Param->getFunctionScopeIndex(), uint32_t(Kind)});
  }
}

CallRecord SummaryWriter::call(const EffectInference::OpenCall &Open,
                               EffectSet Allowed, const Body &Walked) {
  const Site &S = Walked.Sites[Open.SiteIndex];
  CallRecord R{function(*Open.Callee), Allowed, point(S.Where),
               Open.Dispatched};
  R.Site = siteOf(S, *Open.Callee);
  if (Open.Through) {
    R.Through = function(*Open.Through);
    R.Parameter = Open.Parameter;
  }
  R.DeadIf = deadIf(Inference.deadIf(*Walked.Function, Open.SiteIndex));
  return R;
}

std::pair<uint32_t, uint32_t>
SummaryWriter::callsOf(const PendingFinding &Open) {
  std::vector<CallRecord> Calls;
  if (auto Id = Inference.find(*Open.Context.Function)) {
    const EffectInference::Node &N = Inference.nodes()[*Id];
    const Body &Walked = Analysed.facts().Bodies.of(*N.Function);
    for (const EffectInference::Edge &E : N.Edges)
      if (E.SiteIndex == Open.SiteIndex && Inference.nodes()[E.Target].IsOpen)
        Calls.push_back(call(E, E.Allowed, Walked));
    for (const EffectInference::OpenCall &Call : N.Open)
      if (Call.SiteIndex == Open.SiteIndex)
        Calls.push_back(call(Call, Call.Allowed, Walked));
  }
  const uint32_t First = Result.Calls.size();
  llvm::append_range(Result.Calls, Calls);
  return {First, Result.Calls.size()};
}

void SummaryWriter::addOverrides() {
  // Numbering a base may extend the list.
  for (size_t I = 0; I < Virtual.size(); ++I) {
    if (erasesType(*Virtual[I], Analysed.facts()))
      continue;
    for (const CXXMethodDecl *Base : Virtual[I]->overridden_methods())
      if (!isInSystemHeader(*Base))
        Result.Overrides.push_back({function(*Virtual[I]), function(*Base)});
  }
}

void SummaryWriter::addPassed() {
  // The map is keyed by address, so functions are numbered in the order of
  // their USRs.
  std::vector<std::pair<std::string, const FunctionDecl *>> Found;
  for (const auto &[Function, Runs] : Analysed.contexts().passed()) {
    SmallString<128> Usr;
    if (!isLocalToUnit(*Function) && !Function->hasBody() &&
        !Function->isDependentContext() &&
        !index::generateUSRForDecl(Function, Usr))
      Found.emplace_back(Usr.str(), Function);
  }
  llvm::sort(Found);
  for (const auto &[Usr, Function] : Found) {
    const FunctionContext &Runs = Analysed.contexts().passed().at(Function);
    for (ContextKind Kind : FunctionContext::Kinds)
      if (const ContextReason *Reason = Runs.reason(Kind); *Reason)
        Result.Passed.push_back(
            {function(*Function), uint32_t(Kind), point(Reason->Where)});
  }
  for (const ContextMap::HandedOver &H : Analysed.contexts().handedOver()) {
    const FunctionDecl *Callable = H.Callable;
    Callable->hasBody(Callable);
    if (!Callable->isDependentContext() && !isInSystemHeader(*Callable))
      Result.Passed.push_back({function(*Callable), NoIndex, point(H.Where),
                               function(*H.Callee), H.Argument});
  }
}

static uint32_t numberOf(const Borrowed &What) {
  return What.What == Borrowed::Kind::Parameter ? What.Index : NoIndex;
}

/// Adds the objects of callers that tasks use, for callers in other units.
void SummaryWriter::addBorrows() {
  Tasks &Analyses = Analysed.tasks();
  for (const FunctionDecl *Function : Analysed.contexts().functions()) {
    if (isInSystemHeader(*Function))
      continue;
    if (!isLocalToUnit(*Function))
      for (const Tasks::LateBorrow &Late : Analyses.lateBorrows(*Function))
        Result.Borrows.push_back({function(*Function), numberOf(Late.What),
                                  recordOf(messageOf(Late.Use), Strings),
                                  point(Late.Use.Where)});
    for (const LentBorrow &Lent : Analyses.lent(*Function))
      if (!isInSystemHeader(*Lent.Callee))
        Result.Lent.push_back({function(*Function), numberOf(Lent.What),
                               function(*Lent.Callee), numberOf(Lent.As)});
  }
}

} // namespace corolint
