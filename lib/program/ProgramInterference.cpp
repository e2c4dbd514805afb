//===-- ProgramInterference.cpp - Interferers across units ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Searches all units for code that changes some state while a coroutine that
// relies on it is suspended. The rule (access/EntryRoots.h) is the same as
// within a unit, applied to the calls of the whole program.
//
//===----------------------------------------------------------------------===//

#include "program/Program.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace corolint {

void Program::joinChanges() {
  if (llvm::none_of(Units,
                    [](const auto &Unit) { return !Unit->StaleActs.empty(); }))
    return;
  for (uint32_t U = 0; U < Units.size(); ++U) {
    const Summary &S = *Units[U];
    for (uint32_t I = 0; I < S.Entries.size(); ++I)
      Entries.push_back({nodeOf(U, S.Entries[I].Callee),
                         nodeOf(U, S.Entries[I].Caller), U, I});
    for (uint32_t I = 0; I < S.Changes.size(); ++I)
      Changes.emplace_back(S.Changes[I].State.Key, U, I);
    for (const OverrideRecord &R : S.Overrides)
      Bases.emplace_back(nodeOf(U, R.Derived), nodeOf(U, R.Base));
  }
  // Units were joined in order. A stable sort keeps that order for equal
  // callees.
  llvm::stable_sort(Entries, [](const Entry &A, const Entry &B) {
    return A.Callee < B.Callee;
  });
  llvm::sort(Changes);
  llvm::sort(Bases);
  Bases.erase(llvm::unique(Bases), Bases.end());
}

/// Calls \p V for every way into \p Callee and the functions it overrides.
template <typename Visit>
void Program::forEachEntry(Node Callee, Visit V) const {
  SmallSetVector<Node, 4> Asked;
  Asked.insert(Callee);
  for (unsigned I = 0; I < Asked.size() && I < MaxCallers; ++I) {
    const Node Each = Asked[I];
    for (auto It = llvm::lower_bound(
             Entries, Each,
             [](const Entry &E, Node Wanted) { return E.Callee < Wanted; });
         It != Entries.end() && It->Callee == Each; ++It)
      V(*It, Units[It->Unit]->Entries[It->Record]);
    for (auto It = llvm::lower_bound(Bases, std::pair(Each, Node(0)));
         It != Bases.end() && It->first == Each; ++It)
      Asked.insert(It->second);
  }
}

/// The calls of the program, for EntryRoots.h.
struct Program::EntryGraph {
  const Program &All;

  EntryKind entryKind(Node Function) const {
    return EntryKind(All.recordOf(Function).Entry);
  }
  template <typename Visit> void forEachEntry(Node Function, Visit V) const {
    All.forEachEntry(Function, [&](const Entry &E, const EntryRecord &R) {
      V(E.Caller, R);
    });
  }
  bool isPartOf(Node Function, Node Starter) const {
    bool Found = Function == Starter;
    // A callable without a name, passed by its starter.
    if (!Found && !All.recordOf(Function).Key)
      forEachEntry(Function, [&](Node Caller, const EntryRecord &) {
        Found |= Caller == Starter;
      });
    return Found;
  }
};

/// Whether a change of \p Theirs may change \p Ours. The keys are equal.
static bool mayBeSame(const StateRecord &Theirs, const StateRecord &Ours) {
  return Theirs.Owner == StateRecord::AnyOwner ||
         Ours.Owner == StateRecord::AnyOwner || Ours.Owner == 0 ||
         Theirs.Owner == Ours.Owner;
}

/// The finding for a coroutine that acts on state that code of another unit
/// changes, or nothing.
std::optional<Finding> Program::staleFinding(uint32_t Unit,
                                             const PendingRecord &P) const {
  const Summary &Own = *Units[Unit];
  const StaleActRecord &Act = Own.StaleActs[P.Act];
  const Node Coroutine = nodeOf(Unit, Act.Coroutine);
  const EntryGraph Graph{*this};
  const RootSet<Node> Roots = findRoots(Graph, Coroutine);
  // The unit has already judged the code that is visible to it.
  StringSet<> Seen;
  for (const FileRecord &File : Own.Files)
    Seen.insert(Own.Strings[File.Path]);
  auto Report = [&](MessageId Id, std::vector<std::string> Arguments,
                    uint32_t Where, const SourcePoint &Point) {
    Finding Result = finding(Unit, Own.PendingFindings[P.Finding]);
    Result.Notes.push_back(
        {{Id, std::move(Arguments)}, location(Where, Point)});
    return Result;
  };
  /// Whether the function sets a flag that the coroutine tests again.
  auto Honours = [&](uint32_t Where, uint32_t Function) {
    const ArrayRef<uint64_t> Since =
        ArrayRef(Own.CheckedSince).slice(Act.FirstSince, Act.NumSince);
    return !Since.empty() &&
           llvm::any_of(Units[Where]->Changes, [&](const ChangeRecord &R) {
             return R.Function == Function &&
                    llvm::is_contained(Since, R.State.Key);
           });
  };
  for (auto It = llvm::lower_bound(Changes, std::tuple(Act.State.Key, 0u, 0u));
       It != Changes.end() && std::get<0>(*It) == Act.State.Key; ++It) {
    const auto [Key, Where, Index] = *It;
    const ChangeRecord &R = Units[Where]->Changes[Index];
    if (!(Act.Harmful >> R.Class & 1) ||
        (R.IsConstant && Act.HasHarmless && R.Constant == Act.Harmless) ||
        !mayBeSame(R.State, Act.State) ||
        Seen.contains(Units[Where]->Strings[R.Where.File]) ||
        Honours(Where, R.Function))
      continue;
    const RootSet<Node> Its = findRoots(Graph, nodeOf(Where, R.Function));
    if (const auto Root = findInterferingRoot(Graph, Coroutine, Roots, Its))
      return Report(recordOf(*Root).Coroutine ? MessageId::CoroutineInterferes
                                              : MessageId::FunctionInterferes,
                    {Units[Where]->Strings[R.Name], Own.Strings[Act.StateName]},
                    Where, R.Where);
  }
  std::optional<Finding> Found;
  if (Act.Again)
    for (const Node Root : Roots)
      forEachEntry(Root, [&](const Entry &E, const EntryRecord &R) {
        if (!Found && R.Repeats &&
            !Seen.contains(Units[E.Unit]->Strings[R.Where.File]))
          Found = Report(MessageId::StartedInLoop,
                         {Own.Strings[Act.CoroutineName]}, E.Unit, R.Where);
      });
  return Found;
}

} // namespace corolint
