//===-- Program.cpp - Links all translation units -------------------------===//
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
                       I.Unit->Made + ", the shard of '" + Units.front()->Unit +
                       "' by " + Units.front()->Made +
                       "; extract both with the same corolint");
    Units.push_back(std::move(I.Unit));
    Shards.push_back(I.Shard);
  }
  Inputs.clear();
  numberFunctions();
  joinParameters();
  joinBorrows();
  joinChanges();
  joinEnds();
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
      if (D.Unit == NoIndex || (R.Defined && !D.HasBody))
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

/// Computes which parameters each function calls, directly or through functions
/// of other units to which it passes them, and the contexts that parameters
/// declare.
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

/// Computes which functions run in a context because some unit passes them
/// there. Problems inside these are reported there and do not pass to their
/// callers.
void Program::joinContexts() {
  Passing.assign(Defined.size(), AllEffects);
  for (Node Id = 0; Id < Defined.size(); ++Id)
    if (Defined[Id].HasBody)
      Passing[Id] = recordOf(Id).Passing;
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (const PassedRecord &R : Units[U]->Passed) {
      const Node Function = nodeOf(U, R.Function);
      if (R.Context != NoIndex) {
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

/// Computes which functions end the process, directly or because others do.
void Program::joinEnds() {
  EndsProcess.assign(Defined.size(), false);
  std::vector<std::pair<Node, Node>> Because; // The other, the function.
  std::vector<Node> Queue;
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (const EndRecord &R : Units[U]->Ends)
      Because.emplace_back(nodeOf(U, R.By), nodeOf(U, R.Function));
  llvm::sort(Because);
  for (Node Id = 0; Id < Defined.size(); ++Id)
    if (Defined[Id].HasBody && recordOf(Id).Ends) {
      EndsProcess[Id] = true;
      Queue.push_back(Id);
    }
  while (!Queue.empty()) {
    const Node By = Queue.back();
    Queue.pop_back();
    for (auto It = llvm::lower_bound(Because, std::pair(By, Node(0)));
         It != Because.end() && It->first == By; ++It)
      if (!EndsProcess[It->second]) {
        EndsProcess[It->second] = true;
        Queue.push_back(It->second);
      }
  }
}

Program::Node Program::targetOf(uint32_t Unit, const CallRecord &Call) const {
  if (isDead(Unit, Call.DeadIf))
    return NoIndex;
  if (Call.Through != NoIndex &&
      (Call.Parameter >= 64 ||
       !(Invokes[nodeOf(Unit, Call.Through)] >> Call.Parameter & 1)))
    return NoIndex;
  Node Target = nodeOf(Unit, Call.Target);
  if (Call.Dispatched && DispatchOf[Target] != NoIndex)
    return DispatchOf[Target];
  return Target;
}

void Program::forEachEdge(
    function_ref<void(Node Target, const Incoming &From)> Visit) const {
  for (Node Id = 0; Id < Defined.size(); ++Id) {
    const Definition &D = Defined[Id];
    if (!D.HasBody)
      continue;
    const Summary &Unit = *Units[D.Unit];
    const FunctionRecord &R = Unit.Functions[D.Function];
    for (uint32_t C = R.FirstCall; C < R.FirstCall + R.NumCalls; ++C) {
      Node Target = targetOf(D.Unit, Unit.Calls[C]);
      if (Target != NoIndex)
        Visit(Target, Incoming{Id, Unit.Calls[C].Allowed});
    }
  }
  for (size_t I = 0; I < DispatchBase.size(); ++I)
    Visit(DispatchBase[I], Incoming{Node(Defined.size() + I), AllEffects});
  for (auto [Base, Derived] : Overrides)
    Visit(DispatchOf[Derived], Incoming{DispatchOf[Base], AllEffects});
}

void Program::buildGraph() {
  DispatchOf.assign(Defined.size(), NoIndex);
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (const OverrideRecord &R : Units[U]->Overrides)
      Overrides.emplace_back(nodeOf(U, R.Base), nodeOf(U, R.Derived));
  llvm::sort(Overrides);
  Overrides.erase(std::unique(Overrides.begin(), Overrides.end()),
                  Overrides.end());
  auto Dispatch = [&](Node Function) {
    if (DispatchOf[Function] != NoIndex)
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
      if (const uint32_t U = Defined[Id].Unit;
          !isDead(U, Units[U]->Causes[C].DeadIf))
        Raise(Id, Units[U]->Causes[C].Effect, 1);
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
  // Indexed by node, then by effect.
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
  // The remaining steps follow calls only downwards.
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

/// Sets \p Way to the call as a way out of its caller, and returns whether it
/// has an effect.
bool Program::wayOf(uint32_t Unit, uint32_t Call, WayOut &Way) const {
  const CallRecord &R = Units[Unit]->Calls[Call];
  Way.Target = targetOf(Unit, R);
  if (Way.Target == NoIndex)
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
    if (!isDead(D.Unit, Unit.Causes[C].DeadIf) &&
        !Visit({WayOut::Nowhere, Unit.Causes[C].Effect, C}))
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

Message Program::messageOf(uint32_t Unit, const MessageRecord &R) const {
  const Summary &S = *Units[Unit];
  Message Result;
  // Shards of another version are refused, so only a damaged shard has unknown
  // names.
  Result.Id = messageNamed(S.Strings[R.Name]).value_or(MessageId::Verbatim);
  for (StringId Argument : R.Arguments)
    Result.Arguments.push_back(S.Strings[Argument]);
  while (!Result.Arguments.empty() && Result.Arguments.back().empty())
    Result.Arguments.pop_back();
  return Result;
}

} // namespace corolint
