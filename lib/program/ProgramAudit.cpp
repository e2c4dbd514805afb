//===-- ProgramAudit.cpp - Unknown callees of asynchronous code -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/Program.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <map>
#include <set>

using namespace llvm;

namespace corolint {

/// Whether the function called \p Name is a destructor or an operator, which
/// code does not call by name.
static bool isSpecial(StringRef Name) {
  const size_t Scope = Name.rfind("::");
  StringRef Last = Scope == StringRef::npos ? Name : Name.substr(Scope + 2);
  return Last.starts_with("~") ||
         (Last.consume_front("operator") &&
          (Last.empty() || (!isAlnum(Last.front()) && Last.front() != '_')));
}

/// The functions that run where blocking is wrong: contexts, and everything
/// they call.
std::vector<bool> Program::reachableFromContexts() const {
  std::vector<std::pair<Node, Node>> Calls;
  auto Passes = [&](Node Target) { return Passing[Target] & AnyBlocking; };
  forEachEdge([&](Node Target, const Incoming &From) {
    if ((From.Allowed & AnyBlocking) && Passes(Target))
      Calls.emplace_back(From.Caller, Target);
  });
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (const ReachRecord &R : Units[U]->Reaches)
      if (Passes(nodeOf(U, R.Callee)))
        Calls.emplace_back(nodeOf(U, R.Caller), nodeOf(U, R.Callee));
  llvm::sort(Calls);
  std::vector<bool> Reached(Defined.size() + DispatchBase.size());
  std::vector<Node> Queue;
  auto Reach = [&](Node Id) {
    if (!Reached[Id]) {
      Reached[Id] = true;
      Queue.push_back(Id);
    }
  };
  for (Node Id = 0; Id < Defined.size(); ++Id)
    if (Defined[Id].HasBody && recordOf(Id).InContext &&
        !isPassedAs(Id, ContextKind::AllowBlocking))
      Reach(Id);
  for (const Passed &P : AllPassed)
    if ((forbiddenIn(ContextKind(P.Context)) & AnyBlocking) &&
        !isPassedAs(P.Function, ContextKind::AllowBlocking))
      Reach(P.Function);
  while (!Queue.empty()) {
    const Node From = Queue.back();
    Queue.pop_back();
    for (auto It = llvm::lower_bound(Calls, std::pair(From, Node(0)));
         It != Calls.end() && It->first == From; ++It)
      Reach(It->second);
  }
  return Reached;
}

/// The functions that some unit describes (SummaryWriter::isDescribed), or an
/// override of which some unit defines.
std::vector<bool> Program::describedFunctions() const {
  std::vector<bool> Described(Defined.size());
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (uint32_t F = 0; F < Units[U]->Functions.size(); ++F) {
      const FunctionRecord &R = Units[U]->Functions[F];
      if (R.Described)
        Described[nodeOf(U, F)] = true;
    }
  for (auto [Base, Derived] : Overrides)
    if (Defined[Derived].HasBody)
      Described[Base] = true;
  return Described;
}

std::vector<Program::Unknown> Program::unknownCallees() const {
  const std::vector<bool> Reached = reachableFromContexts();
  const std::vector<bool> Described = describedFunctions();
  struct Calls {
    Location Declared;
    std::set<Location> Places;
  };
  std::map<std::string, Calls> Found;
  auto Add = [&](uint32_t Unit, uint32_t Callee, const SourcePoint &Where) {
    if (Described[nodeOf(Unit, Callee)])
      return;
    const FunctionRecord &R = Units[Unit]->Functions[Callee];
    if (isSpecial(Units[Unit]->Strings[R.Name]))
      return;
    Calls &Known =
        Found[withoutTemplateArguments(Units[Unit]->Strings[R.Qualified])];
    if (Known.Places.empty())
      Known.Declared = location(Unit, R.Where);
    Known.Places.insert(location(Unit, Where));
  };
  for (Node Id = 0; Id < Defined.size(); ++Id) {
    const Definition &D = Defined[Id];
    if (!D.HasBody || !Reached[Id])
      continue;
    const Summary &Unit = *Units[D.Unit];
    const FunctionRecord &R = Unit.Functions[D.Function];
    for (uint32_t C = R.FirstCall; C < R.FirstCall + R.NumCalls; ++C)
      if (const CallRecord &Call = Unit.Calls[C];
          Call.Through == NoIndex && (Call.Allowed & AnyBlocking))
        Add(D.Unit, Call.Target, Call.Where);
  }
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (const UnknownCallRecord &R : Units[U]->UnknownCalls)
      if (Reached[nodeOf(U, R.Caller)])
        Add(U, R.Callee, R.Where);
  std::vector<Unknown> Result;
  Result.reserve(Found.size());
  for (const auto &[Name, Known] : Found)
    Result.push_back({Name, Known.Declared, *Known.Places.begin(),
                      unsigned(Known.Places.size())});
  llvm::stable_sort(Result, [](const Unknown &A, const Unknown &B) {
    return A.NumCalls > B.NumCalls;
  });
  return Result;
}

} // namespace corolint
