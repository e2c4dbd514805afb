//===-- ProgramNames.cpp - Looks functions up by name ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/Program.h"
#include <set>

using namespace llvm;

namespace corolint {

std::string Program::qualifiedName(FunctionId Id) const {
  return Units[unitOf(Id)]->Strings[recordOf(Id).Qualified];
}

Location Program::whereIs(FunctionId Id) const {
  return location(unitOf(Id), recordOf(Id).Where);
}

bool Program::isDefined(FunctionId Id) const { return Defined[Id].HasBody; }

/// Whether \p Name is \p Qualified or consists of its last components.
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
        Result.push_back(
            {Qualified, R.Effect, {messageOf(U, R.What), location(U, R.Note)}});
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
