//===-- Program.cpp - All translation units together ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/Program.h"
#include "program/Shard.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/xxhash.h"
#include <map>
#include <set>

using namespace llvm;

namespace corolint {

/// The bits of `FunctionRecord::Marks`.
enum : uint32_t {
#define COROLINT_ANNOTATION(Name, Spelling, Bit) Mark##Name = 1 << (Bit),
#include "model/Annotations.def"
};

void Program::add(std::unique_ptr<Summary> Unit, MemoryBufferRef Shard) {
  Inputs.push_back({std::move(Unit), Shard});
}

Error Program::link() {
  llvm::stable_sort(Inputs, [](const Input &A, const Input &B) {
    return std::tie(A.Unit->Unit, A.Unit->Variant) <
           std::tie(B.Unit->Unit, B.Unit->Variant);
  });
  for (Input &I : Inputs) {
    if (!Units.empty() && Units.back()->Unit == I.Unit->Unit &&
        Units.back()->Variant == I.Unit->Variant) {
      if (Shards.back().getBuffer() == I.Shard.getBuffer())
        continue;
      return makeError("'" + Shards.back().getBufferIdentifier() + "' and '" +
                       I.Shard.getBufferIdentifier() +
                       "' are different shards of '" + I.Unit->Unit +
                       "'; remove the one that is out of date");
    }
    if (!Units.empty() && Units.front()->Made != I.Unit->Made)
      return makeError("the shard of '" + I.Unit->Unit + "' was made by " +
                       I.Unit->Made + ", the shard of '" + Units.front()->Unit +
                       "' by " + Units.front()->Made +
                       "; extract both with the same corolint");
    Units.push_back(std::move(I.Unit));
    Shards.push_back(I.Shard);
  }
  Inputs.clear();
  numberFunctions();
  joinParameters();
  joinContexts();
  buildGraph();
  solve();
  return Error::success();
}

void Program::numberFunctions() {
  size_t Total = 0;
  for (const auto &Unit : Units)
    Total += Unit->Functions.size();
  Ids.reserve(Total);
  DenseMap<FunctionKey, Node> ByKey;
  ByKey.reserve(Total);
  for (uint32_t U = 0; U < Units.size(); ++U) {
    FirstId.push_back(Ids.size());
    const auto &Functions = Units[U]->Functions;
    for (uint32_t F = 0; F < Functions.size(); ++F) {
      const FunctionRecord &R = Functions[F];
      Node Id = Defined.size();
      if (R.Key)
        Id = ByKey.try_emplace(R.Key, Id).first->second;
      if (Id == Defined.size())
        Defined.emplace_back();
      Definition &D = Defined[Id];
      if (D.Unit == None || (R.Defined && !D.HasBody))
        D = {U, F, R.Defined};
      Ids.push_back(Id);
    }
  }
}

const FunctionRecord &Program::recordOf(Node Id) const {
  if (isDispatch(Id))
    Id = DispatchBase[Id - Defined.size()];
  return Units[Defined[Id].Unit]->Functions[Defined[Id].Function];
}

uint32_t Program::unitOf(Node Id) const {
  if (isDispatch(Id))
    Id = DispatchBase[Id - Defined.size()];
  return Defined[Id].Unit;
}

/// Which parameters each function calls, if need be through functions of other
/// units that it hands them to; and the contexts that parameters declare.
void Program::joinParameters() {
  Invokes.assign(Defined.size(), 0);
  for (Node Id = 0; Id < Defined.size(); ++Id)
    if (Defined[Id].HasBody)
      Invokes[Id] = recordOf(Id).Invokes;
  struct Forward {
    Node Callee;
    uint32_t Argument;
    Node Function;
    uint32_t Parameter;
    auto operator<=>(const Forward &) const = default;
  };
  std::vector<Forward> Forwards;
  for (uint32_t U = 0; U < Units.size(); ++U) {
    for (const ForwardRecord &R : Units[U]->Forwards)
      if (R.Parameter < 64 && R.Argument < 64)
        Forwards.push_back({nodeOf(U, R.Callee), R.Argument,
                            nodeOf(U, R.Function), R.Parameter});
    for (const ParameterRecord &R : Units[U]->Parameters)
      Parameters.emplace_back(nodeOf(U, R.Function), R.Parameter, R.Context);
  }
  llvm::sort(Forwards);
  llvm::sort(Parameters);
  Parameters.erase(std::unique(Parameters.begin(), Parameters.end()),
                   Parameters.end());
  std::vector<std::pair<Node, uint32_t>> Queue;
  for (const Forward &F : Forwards)
    if (Invokes[F.Callee] >> F.Argument & 1)
      Queue.emplace_back(F.Callee, F.Argument);
  for (size_t I = 0; I < Queue.size(); ++I) {
    auto [Callee, Argument] = Queue[I];
    for (auto It = llvm::lower_bound(Forwards, Forward{Callee, Argument, 0, 0});
         It != Forwards.end() && It->Callee == Callee &&
         It->Argument == Argument;
         ++It) {
      const uint64_t Bit = uint64_t(1) << It->Parameter;
      if (!(std::exchange(Invokes[It->Function], Invokes[It->Function] | Bit) &
            Bit))
        Queue.emplace_back(It->Function, It->Parameter);
    }
  }
}

/// Which functions run in a context because some unit hands them over. What
/// goes wrong inside these is reported there and does not pass to their
/// callers.
void Program::joinContexts() {
  Passing.assign(Defined.size(), AllEffects);
  for (Node Id = 0; Id < Defined.size(); ++Id)
    if (Defined[Id].HasBody)
      Passing[Id] = recordOf(Id).Passing;
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (const PassedRecord &R : Units[U]->Passed) {
      const Node Function = nodeOf(U, R.Function);
      if (R.Context != None) {
        AllPassed.push_back({Function, R.Context, U, R.Where});
        continue;
      }
      const Node Callee = nodeOf(U, R.Callee);
      for (auto It = llvm::lower_bound(Parameters,
                                       std::tuple(Callee, R.Argument, 0u));
           It != Parameters.end() && std::get<0>(*It) == Callee &&
           std::get<1>(*It) == R.Argument;
           ++It)
        AllPassed.push_back({Function, std::get<2>(*It), U, R.Where});
    }
  auto Key = [](const Passed &P) { return std::tie(P.Function, P.Context); };
  llvm::stable_sort(AllPassed, [&](const Passed &A, const Passed &B) {
    return Key(A) < Key(B);
  });
  AllPassed.erase(std::unique(AllPassed.begin(), AllPassed.end(),
                              [&](const Passed &A, const Passed &B) {
                                return Key(A) == Key(B);
                              }),
                  AllPassed.end());
  for (const Passed &P : AllPassed)
    Passing[P.Function] &=
        ContextKind(P.Context) == ContextKind::NoYield ? 0 : Yields;
}

Program::Node Program::targetOf(uint32_t Unit, const CallRecord &Call) const {
  if (Call.Through != None &&
      (Call.Parameter >= 64 ||
       !(Invokes[nodeOf(Unit, Call.Through)] >> Call.Parameter & 1)))
    return None;
  Node Target = nodeOf(Unit, Call.Target);
  if (Call.Dispatched && DispatchOf[Target] != None)
    return DispatchOf[Target];
  return Target;
}

template <typename Visitor> void Program::forEachEdge(Visitor Visit) const {
  for (Node Id = 0; Id < Defined.size(); ++Id) {
    const Definition &D = Defined[Id];
    if (!D.HasBody)
      continue;
    const Summary &Unit = *Units[D.Unit];
    const FunctionRecord &R = Unit.Functions[D.Function];
    for (uint32_t C = R.FirstCall; C < R.FirstCall + R.NumCalls; ++C) {
      Node Target = targetOf(D.Unit, Unit.Calls[C]);
      if (Target != None)
        Visit(Target, Incoming{Id, Unit.Calls[C].Allowed});
    }
  }
  for (size_t I = 0; I < DispatchBase.size(); ++I)
    Visit(DispatchBase[I], Incoming{Node(Defined.size() + I), AllEffects});
  for (auto [Base, Derived] : Overrides)
    Visit(DispatchOf[Derived], Incoming{DispatchOf[Base], AllEffects});
}

void Program::buildGraph() {
  DispatchOf.assign(Defined.size(), None);
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (const OverrideRecord &R : Units[U]->Overrides)
      Overrides.emplace_back(nodeOf(U, R.Base), nodeOf(U, R.Derived));
  llvm::sort(Overrides);
  Overrides.erase(std::unique(Overrides.begin(), Overrides.end()),
                  Overrides.end());
  auto Dispatch = [&](Node Function) {
    if (DispatchOf[Function] != None)
      return;
    DispatchOf[Function] = Defined.size() + DispatchBase.size();
    DispatchBase.push_back(Function);
  };
  for (auto [Base, Derived] : Overrides) {
    Dispatch(Base);
    Dispatch(Derived);
  }
  const size_t Nodes = Defined.size() + DispatchBase.size();
  Effects.assign(Nodes, 0);
  Passing.resize(Nodes, AllEffects);

  FirstIncoming.assign(Nodes + 1, 0);
  forEachEdge(
      [&](Node Target, const Incoming &) { ++FirstIncoming[Target + 1]; });
  for (size_t I = 0; I < Nodes; ++I)
    FirstIncoming[I + 1] += FirstIncoming[I];
  Callers.resize(FirstIncoming.back());
  std::vector<uint32_t> Fill(FirstIncoming.begin(), FirstIncoming.end() - 1);
  forEachEdge([&](Node Target, const Incoming &From) {
    Callers[Fill[Target]++] = From;
  });
}

void Program::solve() {
  struct News {
    Node At;
    EffectSet Effects;
    uint16_t Distance;
  };
  std::vector<News> Queue;
  auto Raise = [&](Node At, EffectSet New, uint16_t Distance) {
    New &= ~Effects[At];
    if (!New)
      return;
    Effects[At] |= New;
    Queue.push_back({At, New, Distance});
  };
  for (Node Id = 0; Id < Defined.size(); ++Id) {
    if (!Defined[Id].HasBody)
      continue;
    const FunctionRecord &R = recordOf(Id);
    for (uint32_t C = R.FirstCause; C < R.FirstCause + R.NumCauses; ++C)
      Raise(Id, Units[Defined[Id].Unit]->Causes[C].Effect, 1);
  }
  for (size_t I = 0; I < Queue.size(); ++I) {
    const News Now = Queue[I];
    const EffectSet Through = Now.Effects & Passing[Now.At];
    if (!Through)
      continue;
    const uint16_t Distance = std::min<unsigned>(Now.Distance + 1, 0xffff);
    for (uint32_t C = FirstIncoming[Now.At]; C < FirstIncoming[Now.At + 1]; ++C)
      Raise(Callers[C].Caller, Through & Callers[C].Allowed, Distance);
  }
  // By node, then by effect.
  FirstDistance.assign(Effects.size() + 1, 0);
  for (size_t I = 0; I < Effects.size(); ++I)
    FirstDistance[I + 1] = FirstDistance[I] + llvm::popcount(Effects[I]);
  Distances.resize(FirstDistance.back());
  for (const News &N : Queue)
    for (EffectSet Left = N.Effects; Left; Left &= Left - 1) {
      const EffectSet Below = (Left & -Left) - 1;
      Distances[FirstDistance[N.At] + llvm::popcount(Effects[N.At] & Below)] =
          N.Distance;
    }
  // All that is left to do goes down, not up.
  Callers = {};
  FirstIncoming = {};
}

unsigned Program::distance(uint32_t Node, unsigned Effect) const {
  const EffectSet Bit = EffectSet(1) << Effect;
  if (!(Effects[Node] & Bit))
    return ~0u;
  return Distances[FirstDistance[Node] +
                   llvm::popcount(Effects[Node] & (Bit - 1))];
}

/// The way out of its caller that a call is, if it brings an effect.
bool Program::wayOf(uint32_t Unit, uint32_t Call, WayOut &Way) const {
  const CallRecord &R = Units[Unit]->Calls[Call];
  Way.Target = targetOf(Unit, R);
  if (Way.Target == None)
    return false;
  Way.Effects = Effects[Way.Target] & Passing[Way.Target] & R.Allowed;
  Way.Record = Call;
  return Way.Effects != 0;
}

void Program::forEachWay(uint32_t Id, WayVisitor Visit) const {
  if (isDispatch(Id)) {
    const Node Base = DispatchBase[Id - Defined.size()];
    if (EffectSet Has = Effects[Base] & Passing[Base])
      if (!Visit({Base, Has}))
        return;
    for (auto It = llvm::lower_bound(Overrides, std::pair(Base, Node(0)));
         It != Overrides.end() && It->first == Base; ++It)
      if (!Visit({DispatchOf[It->second], Effects[DispatchOf[It->second]]}))
        return;
    return;
  }
  const Definition &D = Defined[Id];
  if (!D.HasBody)
    return;
  const Summary &Unit = *Units[D.Unit];
  const FunctionRecord &R = Unit.Functions[D.Function];
  for (uint32_t C = R.FirstCause; C < R.FirstCause + R.NumCauses; ++C)
    if (!Visit({None, Unit.Causes[C].Effect, C}))
      return;
  for (uint32_t C = R.FirstCall; C < R.FirstCall + R.NumCalls; ++C)
    if (WayOut Way; wayOf(D.Unit, C, Way) && !Visit(Way))
      return;
}

Location Program::location(uint32_t Unit, const SourcePoint &P) const {
  return {pathOf(Units[Unit]->Strings[P.File]), P.Line, P.Column};
}

std::string Program::pathOf(StringRef File) const {
  if (File.empty() || File.front() == '/' || Root.empty())
    return File.str();
  return Root + "/" + File.str();
}

/// The program without the functions that a unit's options allow.
struct Program::Avoiding {
  const Program &All;
  uint32_t Unit; ///< Of the site: whose options count.
  StringRef Check;

  void forEachWay(uint32_t Id, WayVisitor Visit) const {
    All.forEachWay(Id, Visit);
  }
  unsigned distance(uint32_t Id, unsigned Effect) const {
    return All.distance(Id, Effect);
  }
  bool isAvoided(const WayOut &Way) const {
    const Summary &Own = *All.Units[Unit];
    if (Own.Allowed.empty() || Check.empty())
      return false;
    const uint32_t Where = Way.Target != None ? All.unitOf(Way.Target)
                           : Way.From != None ? All.unitOf(Way.From)
                                              : Unit;
    const Summary &Other = *All.Units[Where];
    const StringRef Name =
        Other.Strings[Way.Target != None ? All.recordOf(Way.Target).Qualified
                                         : Other.Causes[Way.Record].Qualified];
    return llvm::any_of(Own.Allowed, [&](const AllowedRecord &R) {
      return Own.Strings[R.Check] == Check && Own.Strings[R.Function] == Name;
    });
  }
};

/// The notes from a site of \p Unit, whose ways out are \p Starts, down to a
/// primitive.
Program::Witness Program::follow(uint32_t Unit, ArrayRef<WayOut> Starts,
                                 StringRef Check) const {
  Witness Result;
  uint32_t Within = Unit;
  for (const WayOut &Way : shortestWay(Avoiding{*this, Unit, Check}, Starts)) {
    const bool First = Way.From == None;
    if (!First)
      Within = unitOf(Way.From);
    const Summary &Own = *Units[Within];
    auto Note = [&](const std::string &Callee, const SourcePoint &Where) {
      if (First)
        return; // The finding says so itself.
      Result.Notes.push_back({"'" + Own.Strings[recordOf(Way.From).Name] +
                                  "' calls '" + Callee + "' here",
                              location(Within, Where)});
    };
    if (Way.Target != None) {
      if (!First && !isDispatch(Way.From))
        Note(Units[unitOf(Way.Target)]->Strings[recordOf(Way.Target).Name],
             Own.Calls[Way.Record].Where);
      continue;
    }
    const CauseRecord &Cause = Own.Causes[Way.Record];
    if (Cause.Callee)
      Note(Own.Strings[Cause.Callee], Cause.Where);
    if (Cause.Callee || !First) // Else the finding says so itself.
      Result.Notes.push_back(
          {Own.Strings[Cause.Message], location(Within, Cause.Note)});
    Result.Reason = Own.Strings[Cause.Reason];
    Result.Found = true;
  }
  return Result;
}

std::vector<Note> Program::witness(FunctionId Id, EffectSet Effect) const {
  return follow(unitOf(Id), WayOut{Id, Effect}, "").Notes;
}

//===----------------------------------------------------------------------===//
// Findings
//===----------------------------------------------------------------------===//

Finding Program::finding(uint32_t Unit, const FindingRecord &R) const {
  const Summary &S = *Units[Unit];
  Finding Result;
  Result.Check = S.Strings[R.Check];
  Result.Message = S.Strings[R.Message];
  Result.Where = location(Unit, R.Where);
  Result.Function = S.Strings[R.Function];
  Result.Line = S.Strings[R.Line];
  for (uint32_t I = R.FirstNote; I < R.FirstNote + R.NumNotes; ++I)
    Result.Notes.push_back(
        {S.Strings[S.Notes[I].Message], location(Unit, S.Notes[I].Where)});
  for (uint32_t I = R.FirstFix; I < R.FirstFix + R.NumFixes; ++I)
    Result.Fixes.push_back({location(Unit, {S.Fixes[I].File}).File,
                            S.Fixes[I].Offset, S.Fixes[I].Length,
                            S.Strings[S.Fixes[I].Text]});
  return Result;
}

static void replaceReason(std::string &Message, StringRef Reason) {
  static constexpr StringRef Slot = "@reason@";
  size_t At = Message.find(Slot);
  if (At != std::string::npos)
    Message.replace(At, Slot.size(),
                    Reason.empty() ? "" : (" (" + Reason + ")").str());
}

void Program::pendingFindings(uint32_t Unit,
                              std::vector<Finding> &Found) const {
  const Summary &S = *Units[Unit];
  for (const PendingRecord &P : S.Pending) {
    SmallVector<WayOut, 4> Starts;
    for (uint32_t C = P.FirstCall; C < P.FirstCall + P.NumCalls; ++C)
      if (WayOut Way; wayOf(Unit, C, Way) && (Way.Effects &= P.Wanted))
        Starts.push_back(Way);
    if (Starts.empty())
      continue;
    const FindingRecord &R = S.PendingFindings[P.Finding];
    if (isMeantToBlock(Unit, R))
      continue;
    Witness Cause = follow(Unit, Starts, S.Strings[R.Check]);
    if (!Cause.Found)
      continue;
    Finding Result = finding(Unit, R);
    replaceReason(Result.Message, Cause.Reason);
    llvm::append_range(Result.Notes, Cause.Notes);
    Found.push_back(std::move(Result));
  }
}

bool Program::isOn(uint32_t Unit, StringRef Check) const {
  const Summary &S = *Units[Unit];
  return llvm::any_of(S.Checks,
                      [&](StringId Name) { return S.Strings[Name] == Check; });
}

bool Program::isPassedAs(Node Function, ContextKind Kind) const {
  auto It = llvm::lower_bound(
      AllPassed, Function,
      [](const Passed &Other, Node Wanted) { return Other.Function < Wanted; });
  for (; It != AllPassed.end() && It->Function == Function; ++It)
    if (ContextKind(It->Context) == Kind)
      return true;
  return false;
}

/// A coroutine that must not yield is judged as no other: at its awaits.
bool Program::judgesAwaits(const Passed &P) const {
  const FunctionRecord &R = recordOf(P.Function);
  return R.Coroutine && ContextKind(P.Context) == ContextKind::NoYield &&
         !(R.Marks & MarkNoYield);
}

/// Whether what a coroutine does is meant to block, as only another unit knows
/// that hands it over.
bool Program::isMeantToBlock(uint32_t Unit, const FindingRecord &R) const {
  const StringRef Check = Units[Unit]->Strings[R.Check];
  return R.Within != None &&
         (Check == "coro-blocking-call" || Check == "coro-sync-over-async") &&
         isPassedAs(nodeOf(Unit, R.Within), ContextKind::AllowBlocking);
}

/// What a callable does that another unit hands to a parameter which runs it on
/// an event loop or must not yield: reported inside the callable, site by site.
void Program::passedFindings(const Passed &P,
                             std::vector<Finding> &Found) const {
  const bool NoYield = ContextKind(P.Context) == ContextKind::NoYield;
  if (ContextKind(P.Context) == ContextKind::AllowBlocking ||
      !Defined[P.Function].HasBody)
    return;
  // The options of the unit that has the body count, as for its other sites.
  const uint32_t Unit = unitOf(P.Function);
  const Summary &Own = *Units[Unit];
  const FunctionRecord &Function = recordOf(P.Function);
  const bool MayBlock = isPassedAs(P.Function, ContextKind::AllowBlocking) ||
                        (Function.Marks & MarkAllowBlocking);
  // What is reported there anyhow does not pass.
  const EffectSet Open = (judgesAwaits(P) ? AllEffects : Function.Passing) &
                         ~(MayBlock ? OnThread : 0);

  struct Site {
    SourcePoint Where;
    std::string Text;
    SmallVector<WayOut, 2> Starts;
  };
  std::vector<Site> Sites;
  auto SiteAt = [&](const SourcePoint &Where, StringId Text,
                    StringRef Callee) -> Site & {
    for (Site &S : Sites)
      if (S.Where.Line == Where.Line && S.Where.Column == Where.Column &&
          S.Where.File == Where.File)
        return S;
    return Sites.emplace_back(
        Site{Where,
             Text ? Own.Strings[Text] : ("call to '" + Callee + "'").str(),
             {}});
  };
  forEachWay(P.Function, [&](const WayOut &Way) {
    if (Way.Target != None) {
      const CallRecord &R = Own.Calls[Way.Record];
      SiteAt(R.Where, R.Site,
             Units[unitOf(Way.Target)]->Strings[recordOf(Way.Target).Name])
          .Starts.push_back(Way);
    } else if (const CauseRecord &R = Own.Causes[Way.Record];
               R.Callee || R.Site) {
      SiteAt(R.Where, R.Site, Own.Strings[R.Callee]).Starts.push_back(Way);
    } // Declared so on the callable itself: its caller's business.
    return true;
  });

  struct Rule {
    StringRef Check, Says;
    EffectSet Wanted;
  };
  const std::string In =
      NoYield ? "a no-yield region" : "an event-loop callable";
  for (const Rule &Each :
       {Rule{"coro-blocking-call", " may block@reason@ in ",
             Own.Kinds & AnyBlocking},
        Rule{"coro-sync-over-async",
             " waits synchronously for asynchronous work in ", SyncWaits},
        Rule{"coro-no-yield-region", " yields inside ",
             NoYield ? Yields : 0}}) {
    if (!(Each.Wanted & Open) || !isOn(Unit, Each.Check))
      continue;
    for (const Site &S : Sites) {
      SmallVector<WayOut, 2> Starts;
      for (WayOut Way : S.Starts)
        if (Way.Effects &= Each.Wanted & Open)
          Starts.push_back(Way);
      if (Starts.empty())
        continue;
      Witness Cause = follow(Unit, Starts, Each.Check);
      if (!Cause.Found)
        continue;
      Finding Result;
      Result.Check = Each.Check.str();
      Result.MayBeSuppressed = true;
      Result.Where = location(Unit, S.Where);
      Result.Message = (S.Text + Each.Says + In).str();
      replaceReason(Result.Message, Cause.Reason);
      Result.Function = Own.Strings[Function.Qualified];
      Result.Notes.push_back(
          {NoYield ? "the callable is passed to a no-yield parameter here"
                   : "the callable runs on an event loop: it is passed to an "
                     "event-loop parameter here",
           location(P.Unit, P.Where)});
      if (NoYield && (Each.Wanted & AnyBlocking))
        Result.Notes.push_back(
            {"every coroutine on this thread stalls meanwhile; an async mutex "
             "would isolate only this state",
             Result.Where});
      llvm::append_range(Result.Notes, Cause.Notes);
      Found.push_back(std::move(Result));
    }
  }
}

std::vector<Finding> Program::findings() const {
  std::vector<Finding> Found;
  // Many units include a header; what is certain in one and takes the whole
  // program in another is one finding.
  std::set<std::tuple<Location, std::string, std::string>> Seen;
  std::vector<Finding> Result;
  auto Take = [&](bool Certain) {
    for (Finding &F : Found) {
      const std::string Message = Certain ? F.Message : "";
      if (Seen.emplace(F.Where, F.Check, Message).second)
        Result.push_back(std::move(F));
    }
    Found.clear();
  };
  // A coroutine in a region is in the region first of all.
  for (const Passed &P : AllPassed)
    if (judgesAwaits(P))
      passedFindings(P, Found);
  Take(/*Certain=*/false);
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (const FindingRecord &R : Units[U]->Findings)
      if (!isMeantToBlock(U, R))
        Found.push_back(finding(U, R));
  llvm::erase_if(Found, [&](const Finding &F) {
    return Seen.contains({F.Where, F.Check, ""});
  });
  for (const Finding &F : Found)
    Seen.emplace(F.Where, F.Check, "");
  Take(/*Certain=*/true);
  for (uint32_t U = 0; U < Units.size(); ++U)
    pendingFindings(U, Found);
  for (const Passed &P : AllPassed)
    if (!judgesAwaits(P))
      passedFindings(P, Found);
  Take(/*Certain=*/false);
  llvm::stable_sort(Result, [](const Finding &A, const Finding &B) {
    return std::tie(A.Where, A.Check, A.Message) <
           std::tie(B.Where, B.Check, B.Message);
  });
  return Result;
}

void addFingerprints(std::vector<Finding> &Findings) {
  std::map<std::tuple<std::string, std::string, std::string>, unsigned> Alike;
  for (Finding &F : Findings) {
    unsigned Which = Alike[{F.Check, F.Function, F.Line}]++;
    const std::string Text = F.Check + '\0' + F.Function + '\0' + F.Line +
                             '\0' + std::to_string(Which);
    F.Fingerprint =
        utohexstr(xxh3_64bits(StringRef(Text)), /*LowerCase=*/true, 16);
  }
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

std::string Program::qualifiedName(FunctionId Id) const {
  return Units[unitOf(Id)]->Strings[recordOf(Id).Qualified];
}

Location Program::whereIs(FunctionId Id) const {
  return location(unitOf(Id), recordOf(Id).Where);
}

bool Program::isDefined(FunctionId Id) const { return Defined[Id].HasBody; }

/// Whether \p Name names what \p Qualified does, or its last parts.
static bool isNamed(StringRef Qualified, StringRef Name) {
  Name.consume_front("::");
  return Qualified == Name ||
         (Qualified.ends_with(Name) &&
          Qualified.drop_back(Name.size()).ends_with("::"));
}

std::vector<Program::FunctionId> Program::functionsNamed(StringRef Name) const {
  std::vector<FunctionId> Result;
  for (Node Id = 0; Id < Defined.size(); ++Id)
    if (isNamed(qualifiedName(Id), Name))
      Result.push_back(Id);
  return Result;
}

std::pair<uint32_t, Location> Program::marks(FunctionId Id) const {
  std::pair<uint32_t, Location> Result{0, {}};
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (uint32_t F = 0; F < Units[U]->Functions.size(); ++F) {
      const FunctionRecord &R = Units[U]->Functions[F];
      if (!R.Marks || nodeOf(U, F) != Id)
        continue;
      if (!Result.first)
        Result.second = location(U, R.Marked);
      Result.first |= R.Marks;
    }
  return Result;
}

std::vector<Program::Declared> Program::declaredOf(StringRef Name) const {
  std::vector<Declared> Result;
  std::set<std::pair<std::string, EffectSet>> Seen;
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (const CauseRecord &R : Units[U]->Causes) {
      const std::string &Qualified = Units[U]->Strings[R.Qualified];
      if (isNamed(Qualified, Name) && Seen.emplace(Qualified, R.Effect).second)
        Result.push_back({Qualified,
                          R.Effect,
                          {Units[U]->Strings[R.Message], location(U, R.Note)}});
    }
  llvm::sort(Result, [](const Declared &A, const Declared &B) {
    return std::tie(A.Qualified, A.Effect) < std::tie(B.Qualified, B.Effect);
  });
  return Result;
}

std::vector<std::string> Program::namesLike(StringRef Name) const {
  std::set<std::pair<unsigned, std::string>> Near;
  StringRef Last = Name.rsplit("::").second;
  if (Last.empty())
    Last = Name;
  for (Node Id = 0; Id < Defined.size(); ++Id) {
    StringRef Own = Units[unitOf(Id)]->Strings[recordOf(Id).Name];
    unsigned Distance = Own.edit_distance(Last, true, 3);
    if (Distance <= 2)
      Near.emplace(Distance, qualifiedName(Id));
  }
  std::vector<std::string> Result;
  for (const auto &[Distance, Qualified] : Near)
    if (Result.size() < 3)
      Result.push_back(Qualified);
  return Result;
}

} // namespace corolint
