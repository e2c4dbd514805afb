//===-- StateRecords.cpp - Summarises uses of shared state ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Writes the part of the summary that records which functions change which
// state, who calls them, and which coroutines rely on that state while they are
// suspended (ProgramInterference.cpp joins the units).
//
//===----------------------------------------------------------------------===//

#include "SourceFinding.h"
#include "program/FunctionKeys.h"
#include "program/SummaryWriter.h"
#include "clang/Index/USRGeneration.h"
#include <set>

using namespace clang;

namespace corolint {

/// The key of the state, or 0 if other units cannot name it.
static uint64_t keyOfState(const ValueDecl &State) {
  SmallString<128> Usr;
  if (!isNamedElsewhere(State) || isInSystemHeader(State) ||
      index::generateUSRForDecl(&State, Usr))
    return 0;
  // 1 is `AnyOwner`.
  return std::max<uint64_t>(FunctionKey::of(Usr).Low, 2);
}

static StateRecord stateOf(const AccessPath &Path) {
  StateRecord Result;
  const ValueDecl *Key = Path.key();
  Result.Key = Key ? keyOfState(*Key) : 0;
  const auto *At =
      llvm::find_if(llvm::reverse(Path.Steps), [](const FieldDecl *Step) {
        return Step;
      }).base();
  if (At - Path.Steps.begin() < 2)
    return Result;
  const FieldDecl *Owner = *(At - 2);
  Result.Owner = !Owner || Owner->getType()->isReferenceType()
                     ? StateRecord::AnyOwner
                     : keyOfState(*Owner);
  return Result;
}

/// Whether \p Function belongs to the project, so that entering it matters.
static bool isOfProject(const FunctionDecl &Function, Facts &Unit) {
  return !isInSystemHeader(Function) && !Unit.Models.isLibrary(Function) &&
         !Function.isDependentContext();
}

void SummaryWriter::addEntries() {
  Interference &Others = Analysed.interference();
  const Callers &Graph = Others.graph();
  Graph.forEachWay([&](const FunctionDecl &Callee, const WayIn &Way) {
    const FunctionDecl &Caller = *Way.Caller->getCanonicalDecl();
    if (&Caller == &Callee || !isOfProject(Callee, Analysed.facts()))
      return;
    EntryRecord R{function(Callee),
                  function(Caller),
                  Way.Started,
                  Way.Conditional,
                  false,
                  {}};
    R.Repeats = Others.startsRepeatedly(Way, Callee);
    if (R.Repeats)
      R.Where = point(Way.Node->getBeginLoc());
    Result.Entries.push_back(R);
  });
  auto Key = [](const EntryRecord &R) {
    return std::tuple(R.Callee, R.Caller, R.Started, R.Conditional, R.Repeats);
  };
  llvm::stable_sort(Result.Entries, [&](const auto &A, const auto &B) {
    return Key(A) < Key(B);
  });
  Result.Entries.erase(llvm::unique(Result.Entries,
                                    [&](const auto &A, const auto &B) {
                                      return Key(A) == Key(B);
                                    }),
                       Result.Entries.end());
  for (const auto &[Function, Id] : Ids)
    Result.Functions[Id].Entry = uint32_t(Graph.entryKind(Function));
}

void SummaryWriter::addChanges() {
  std::set<std::tuple<uint32_t, uint64_t, uint64_t, uint32_t, uint64_t>> Known;
  Analysed.interference().forEachChange([&](const Interference::Change &Made) {
    const FunctionDecl &Function = *Made.Function;
    const StateRecord State = stateOf(Made.What.Path);
    if (!State.Key || !isOfProject(Function, Analysed.facts()))
      return;
    const StateChange Change = changeOf(Made.What, Analysed.facts());
    ChangeRecord R{function(*Function.getCanonicalDecl()),
                   State,
                   Change.classNumber(),
                   false,
                   0,
                   0,
                   {}};
    R.IsConstant = Change.Constant.has_value();
    R.Constant = uint64_t(Change.Constant.value_or(0));
    if (!Known.emplace(R.Function, State.Key, State.Owner, R.Class, R.Constant)
             .second)
      return;
    R.Name = Strings.id(describeFunction(Function));
    R.Where = point(Made.What.Where);
    Result.Changes.push_back(R);
  });
}

uint32_t SummaryWriter::staleAct(const StaleFinding &Finding) {
  assert(Finding.Open);
  StaleActRecord R;
  R.Coroutine = function(*Finding.Coroutine);
  R.State = stateOf(Finding.Changed);
  R.StateName = Strings.id(Finding.Changed.name());
  R.CoroutineName = Strings.id(describeFunction(*Finding.Coroutine));
  R.Harmful = Finding.Open->Harmful;
  R.HasHarmless = Finding.Open->Harmless.has_value();
  R.Harmless = uint64_t(Finding.Open->Harmless.value_or(0));
  R.Again = Finding.Open->Again;
  R.FirstSince = Result.CheckedSince.size();
  for (const AccessPath &Checked : Finding.Act.CheckedSince)
    if (const StateRecord State = stateOf(Checked);
        State.Key && State.Key != R.State.Key)
      Result.CheckedSince.push_back(State.Key);
  R.NumSince = Result.CheckedSince.size() - R.FirstSince;
  Result.StaleActs.push_back(R);
  return Result.StaleActs.size() - 1;
}

} // namespace corolint
