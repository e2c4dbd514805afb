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
                       I.Unit->Made + ", the shard of '" +
                       Units.front()->Unit + "' by " + Units.front()->Made +
                       "; extract both with the same corolint");
    Units.push_back(std::move(I.Unit));
    Shards.push_back(I.Shard);
  }
  Inputs.clear();
  numberFunctions();
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
  if (Id >= Defined.size())
    Id = DispatchBase[Id - Defined.size()];
  return Units[Defined[Id].Unit]->Functions[Defined[Id].Function];
}

uint32_t Program::unitOf(Node Id) const {
  if (Id >= Defined.size())
    Id = DispatchBase[Id - Defined.size()];
  return Defined[Id].Unit;
}

Program::Node Program::targetOf(uint32_t Unit, const CallRecord &Call) const {
  if (Call.Through != None) {
    const FunctionRecord &Through = recordOf(nodeOf(Unit, Call.Through));
    if (Call.Parameter >= 64 || !(Through.Invokes >> Call.Parameter & 1))
      return None;
  }
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
        Visit(Target, Incoming{Id, Unit.Calls[C].Allowed, D.Unit, C});
    }
  }
  for (size_t I = 0; I < DispatchBase.size(); ++I)
    Visit(DispatchBase[I],
          Incoming{Node(Defined.size() + I), AllEffects, 0, None});
  for (auto [Derived, Base] : Overrides)
    Visit(DispatchOf[Derived],
          Incoming{DispatchOf[Base], AllEffects, 0, None});
}

void Program::buildGraph() {
  DispatchOf.assign(Defined.size(), None);
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (const OverrideRecord &R : Units[U]->Overrides)
      Overrides.emplace_back(nodeOf(U, R.Derived), nodeOf(U, R.Base));
  llvm::sort(Overrides);
  Overrides.erase(std::unique(Overrides.begin(), Overrides.end()),
                  Overrides.end());
  auto Dispatch = [&](Node Function) {
    if (DispatchOf[Function] != None)
      return;
    DispatchOf[Function] = Defined.size() + DispatchBase.size();
    DispatchBase.push_back(Function);
  };
  for (auto [Derived, Base] : Overrides) {
    Dispatch(Derived);
    Dispatch(Base);
  }
  const size_t Nodes = Defined.size() + DispatchBase.size();
  Effects.assign(Nodes, 0);
  Passing.assign(Nodes, AllEffects);
  for (Node Id = 0; Id < Defined.size(); ++Id)
    if (Defined[Id].HasBody)
      Passing[Id] = recordOf(Id).Passing;

  FirstIncoming.assign(Nodes + 1, 0);
  forEachEdge([&](Node Target, const Incoming &) {
    ++FirstIncoming[Target + 1];
  });
  for (size_t I = 0; I < Nodes; ++I)
    FirstIncoming[I + 1] += FirstIncoming[I];
  Callers.resize(FirstIncoming.back());
  std::vector<uint32_t> Fill(FirstIncoming.begin(), FirstIncoming.end() - 1);
  forEachEdge([&](Node Target, const Incoming &From) {
    Callers[Fill[Target]++] = From;
  });
}

void Program::solve() {
  std::vector<Origin> Raised;
  struct News {
    Node At;
    EffectSet Effects;
    uint16_t Distance;
  };
  std::vector<News> Queue;
  auto Raise = [&](Node At, EffectSet New, uint16_t Distance, Node Next,
                   uint32_t Unit, uint32_t Record) {
    New &= ~Effects[At];
    if (!New)
      return;
    Effects[At] |= New;
    Queue.push_back({At, New, Distance});
    for (EffectSet Left = New; Left; Left &= Left - 1)
      Raised.push_back({At, uint16_t(llvm::countr_zero(Left)), Distance, Next,
                        Unit, Record});
  };
  for (Node Id = 0; Id < Defined.size(); ++Id) {
    if (!Defined[Id].HasBody)
      continue;
    const FunctionRecord &R = recordOf(Id);
    for (uint32_t C = R.FirstCause; C < R.FirstCause + R.NumCauses; ++C)
      Raise(Id, Units[Defined[Id].Unit]->Causes[C].Effect, 1, None,
            Defined[Id].Unit, C);
  }
  for (size_t I = 0; I < Queue.size(); ++I) {
    const News Now = Queue[I];
    const EffectSet Through = Now.Effects & Passing[Now.At];
    if (!Through)
      continue;
    const uint16_t Distance = std::min<unsigned>(Now.Distance + 1, 0xffff);
    for (uint32_t C = FirstIncoming[Now.At]; C < FirstIncoming[Now.At + 1]; ++C)
      Raise(Callers[C].Caller, Through & Callers[C].Allowed, Distance, Now.At,
            Callers[C].Unit, Callers[C].Record);
  }
  // By node, then by effect.
  FirstOrigin.assign(Effects.size() + 1, 0);
  for (size_t I = 0; I < Effects.size(); ++I)
    FirstOrigin[I + 1] = FirstOrigin[I] + llvm::popcount(Effects[I]);
  Origins.resize(Raised.size());
  for (const Origin &O : Raised) {
    const EffectSet Below = (EffectSet(1) << O.Effect) - 1;
    Origins[FirstOrigin[O.At] + llvm::popcount(Effects[O.At] & Below)] = O;
  }
  // All that is left to do follows origins, not calls.
  Callers = {};
  FirstIncoming = {};
}

const Program::Origin *Program::originOf(Node Id, unsigned Effect) const {
  const EffectSet Bit = EffectSet(1) << Effect;
  if (!(Effects[Id] & Bit))
    return nullptr;
  return &Origins[FirstOrigin[Id] + llvm::popcount(Effects[Id] & (Bit - 1))];
}

/// The function that a virtual call ends in.
Program::Node Program::skipDispatch(Node Id, unsigned Effect) const {
  while (Id >= Defined.size()) {
    const Origin *O = originOf(Id, Effect);
    if (!O)
      return DispatchBase[Id - Defined.size()];
    Id = O->Next;
  }
  return Id;
}

Location Program::location(uint32_t Unit, const SourcePoint &P) const {
  return {Units[Unit]->Strings[P.File], P.Line, P.Column};
}

Program::Way Program::follow(Node Id, unsigned Effect) const {
  Way Result;
  while (true) {
    Id = skipDispatch(Id, Effect);
    const Origin *O = originOf(Id, Effect);
    const FunctionRecord &R = recordOf(Id);
    const Summary &Own = *Units[unitOf(Id)];
    const std::string Name = Own.Strings[R.Name];
    Result.Through.push_back(Own.Strings[R.Qualified]);
    if (!O)
      return Result;
    const Summary &Unit = *Units[O->Unit];
    if (O->Next == None) {
      const CauseRecord &Cause = Unit.Causes[O->Record];
      if (Cause.Callee)
        Result.Notes.push_back({"'" + Name + "' calls '" +
                                    Unit.Strings[Cause.Callee] + "' here",
                                location(O->Unit, Cause.Where)});
      Result.Notes.push_back(
          {Unit.Strings[Cause.Message], location(O->Unit, Cause.Note)});
      Result.Through.push_back(Unit.Strings[Cause.Qualified]);
      Result.Reason = Unit.Strings[Cause.Reason];
      return Result;
    }
    Node Next = skipDispatch(O->Next, Effect);
    const FunctionRecord &Callee = recordOf(Next);
    Result.Notes.push_back(
        {"'" + Name + "' calls '" + Units[unitOf(Next)]->Strings[Callee.Name] +
             "' here",
         location(O->Unit, Unit.Calls[O->Record].Where)});
    Id = Next;
  }
}

std::vector<Note> Program::witness(FunctionId Id, EffectSet Effect) const {
  return follow(Id, llvm::countr_zero(Effect)).Notes;
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
    Result.Notes.push_back({S.Strings[S.Notes[I].Message],
                            location(Unit, S.Notes[I].Where)});
  for (uint32_t I = R.FirstFix; I < R.FirstFix + R.NumFixes; ++I)
    Result.Fixes.push_back({S.Strings[S.Fixes[I].File], S.Fixes[I].Offset,
                            S.Fixes[I].Length, S.Strings[S.Fixes[I].Text]});
  return Result;
}

static void replaceReason(std::string &Message, StringRef Reason) {
  static constexpr StringRef Slot = "@reason@";
  size_t At = Message.find(Slot);
  if (At != std::string::npos)
    Message.replace(At, Slot.size(),
                    Reason.empty() ? "" : (" (" + Reason + ")").str());
}

void Program::pendingFindings(uint32_t Unit, std::vector<Finding> &Found) const {
  const Summary &S = *Units[Unit];
  for (const PendingRecord &P : S.Pending) {
    struct Candidate {
      unsigned Distance, Effect;
      uint32_t Call;
      Node Target;
    };
    SmallVector<Candidate, 4> Candidates;
    for (uint32_t C = P.FirstCall; C < P.FirstCall + P.NumCalls; ++C) {
      const CallRecord &Call = S.Calls[C];
      Node Target = targetOf(Unit, Call);
      if (Target == None)
        continue;
      EffectSet Has =
          Effects[Target] & Passing[Target] & Call.Allowed & P.Wanted;
      for (; Has; Has &= Has - 1) {
        unsigned Effect = llvm::countr_zero(Has);
        Candidates.push_back(
            {originOf(Target, Effect)->Distance, Effect, C, Target});
      }
    }
    llvm::sort(Candidates, [](const Candidate &A, const Candidate &B) {
      return std::tie(A.Distance, A.Effect, A.Call) <
             std::tie(B.Distance, B.Effect, B.Call);
    });
    const FindingRecord &R = S.PendingFindings[P.Finding];
    for (const Candidate &C : Candidates) {
      Way Witness = follow(C.Target, C.Effect);
      if (llvm::any_of(S.Allowed, [&](const AllowedRecord &A) {
            return A.Check == R.Check &&
                   llvm::is_contained(Witness.Through, S.Strings[A.Function]);
          }))
        continue;
      Finding Result = finding(Unit, R);
      replaceReason(Result.Message, Witness.Reason);
      for (Note &N : Witness.Notes)
        Result.Notes.push_back(std::move(N));
      Found.push_back(std::move(Result));
      break;
    }
  }
}

/// What a callable does that another unit hands to a parameter which runs it on
/// an event loop or must not yield: reported inside the callable.
void Program::passedFindings(uint32_t Unit, std::vector<Finding> &Found) const {
  const Summary &S = *Units[Unit];
  for (const PassedRecord &P : S.Passed) {
    Node Id = nodeOf(Unit, P.Function);
    const bool NoYield = ContextKind(P.Context) == ContextKind::NoYield;
    if (!NoYield && ContextKind(P.Context) != ContextKind::EventLoop)
      continue;
    if (Id >= Defined.size() || !Defined[Id].HasBody || !Passing[Id])
      continue;
    struct Rule {
      StringRef Check;
      EffectSet Wanted;
    };
    // The options of the unit that has the body count, as for its other sites.
    const Summary &Own = *Units[Defined[Id].Unit];
    auto IsOn = [&](StringRef Check) {
      return llvm::any_of(Own.Checks, [&](StringId Name) {
        return Own.Strings[Name] == Check;
      });
    };
    for (const Rule &Each :
         {Rule{"coro-blocking-call", Own.Kinds & AnyBlocking},
          Rule{"coro-sync-over-async", SyncWaits},
          Rule{"coro-no-yield-region", NoYield ? Yields : 0}}) {
      EffectSet Has = Effects[Id] & Each.Wanted;
      if (!Has || !IsOn(Each.Check))
        continue;
      unsigned Effect = llvm::countr_zero(Has);
      Way Witness = follow(Id, Effect);
      if (Witness.Notes.size() < 2)
        continue; // Declared so on the callable itself: its caller's business.
      if (llvm::any_of(Own.Allowed, [&](const AllowedRecord &A) {
            return Own.Strings[A.Check] == Each.Check &&
                   llvm::is_contained(Witness.Through,
                                      Own.Strings[A.Function]);
          }))
        continue;
      const Note First = Witness.Notes.front();
      // "'f' calls 'g' here"
      StringRef Callee = StringRef(First.Message).rsplit("' here").first;
      Callee = Callee.rsplit('\'').second;
      Finding Result;
      Result.Check = Each.Check.str();
      Result.MayBeSuppressed = true;
      Result.Where = First.Where;
      const std::string Call = "call to '" + Callee.str() + "'";
      const std::string In =
          NoYield ? "a no-yield region" : "an event-loop callable";
      if (Each.Wanted & Yields)
        Result.Message = Call + " yields inside a no-yield region";
      else if (Each.Wanted & SyncWaits)
        Result.Message =
            Call + " waits synchronously for asynchronous work in " + In;
      else
        Result.Message = Call + " may block@reason@ in " + In;
      replaceReason(Result.Message, Witness.Reason);
      Result.Function = Witness.Through.front();
      Result.Notes.push_back(
          {NoYield ? "the callable is passed to a no-yield parameter here"
                   : "the callable runs on an event loop: it is passed to an "
                     "event-loop parameter here",
           location(Unit, P.Where)});
      Result.Notes.insert(Result.Notes.end(), Witness.Notes.begin() + 1,
                          Witness.Notes.end());
      Found.push_back(std::move(Result));
    }
  }
}

std::vector<Finding> Program::findings() const {
  std::vector<Finding> Found;
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (const FindingRecord &R : Units[U]->Findings)
      Found.push_back(finding(U, R));
  for (uint32_t U = 0; U < Units.size(); ++U)
    pendingFindings(U, Found);
  for (uint32_t U = 0; U < Units.size(); ++U)
    passedFindings(U, Found);

  // Many units include a header; what is certain in one and takes the whole
  // program in another is one finding.
  std::set<std::tuple<Location, std::string, std::string>> Seen;
  std::vector<Finding> Result;
  size_t Certain = 0;
  for (const auto &Unit : Units)
    Certain += Unit->Findings.size();
  for (size_t I = 0; I < Found.size(); ++I) {
    Finding &F = Found[I];
    bool New = Seen.emplace(F.Where, F.Check, "").second;
    if (I < Certain)
      New = Seen.emplace(F.Where, F.Check, F.Message).second;
    if (New)
      Result.push_back(std::move(F));
  }
  llvm::stable_sort(Result, [](const Finding &A, const Finding &B) {
    return std::tie(A.Where, A.Check, A.Message) <
           std::tie(B.Where, B.Check, B.Message);
  });
  std::map<std::tuple<std::string, std::string, std::string>, unsigned> Alike;
  for (Finding &F : Result) {
    unsigned Which = Alike[{F.Check, F.Function, F.Line}]++;
    const std::string Text = F.Check + '\0' + F.Function + '\0' + F.Line + '\0' +
                             std::to_string(Which);
    F.Fingerprint =
        utohexstr(xxh3_64bits(StringRef(Text)), /*LowerCase=*/true, 16);
  }
  return Result;
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

std::vector<Program::FunctionId>
Program::functionsNamed(StringRef Name) const {
  Name.consume_front("::");
  std::vector<FunctionId> Result;
  for (Node Id = 0; Id < Defined.size(); ++Id) {
    const std::string Own = qualifiedName(Id);
    StringRef Qualified = Own;
    if (Qualified == Name ||
        (Qualified.ends_with(Name) &&
         Qualified.drop_back(Name.size()).ends_with("::")))
      Result.push_back(Id);
  }
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
