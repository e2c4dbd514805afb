//===-- Knowledge.cpp - A coroutine's knowledge at one point --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/Knowledge.h"

using namespace clang;

namespace corolint {

Mutexes Knowledge::held() const {
  Mutexes Result;
  for (const auto &[Guard, Mutex] : Guards) {
    if (!Mutex)
      return {};
    Result.insert(Mutex);
  }
  return Result;
}

void Knowledge::suspend(const Stmt &S) {
  for (auto &[Of, Known] : Taken) {
    if (Known.Suspension && !(Known.Guarded && !isIsolated()))
      continue;
    Known.Suspension = &S;
    Known.Guarded = isIsolated();
    Known.Held = held();
  }
  if (isIsolated()) {
    if (const Mutexes Held = held(); !Held.empty())
      for (auto &[Of, Known] : Checks)
        if (!Known.Suspension && !Known.Guarded) {
          Known.Guarded = &S;
          Known.Held = Held;
        }
    return;
  }
  auto Age = [&](auto &Map) {
    for (auto &[Of, Known] : Map)
      if (!Known.Suspension)
        Known.Suspension = &S;
  };
  Age(Checks);
  Age(Required);
  Age(Copies);
  Since.clear();
  Asserted.clear();
  for (auto &[Path, Suspended] : Claimed)
    Suspended = true;
}

void Knowledge::revalidate() {
  auto Renew = [](auto &Map) {
    for (auto &[Of, Known] : Map)
      Known.Suspension = nullptr;
  };
  Renew(Checks);
  Renew(Required);
  for (auto &[Path, Known] : Checks)
    Known.Guarded = nullptr;
  Renew(Taken);
  Renew(Copies);
}

void Knowledge::forget(const VarDecl &Variable) {
  Taken.erase(&Variable);
  Copies.erase(&Variable);
  Guards.erase(&Variable);
  auto IsPart = [&](const auto &Entry) {
    return Entry.first.Root == &Variable;
  };
  std::erase_if(Checks, IsPart);
  std::erase_if(Required, IsPart);
}

void Knowledge::touched(const AccessPath &Path) {
  std::erase_if(Required,
                [&](const auto &Entry) { return Path.contains(Entry.first); });
}

void Knowledge::changed(const AccessPath &Path, bool Assigned) {
  touched(Path);
  // A flag that is written again after the suspension is released.
  for (auto It = Claimed.begin(); It != Claimed.end();)
    It = It->second && Path.contains(It->first) ? Claimed.erase(It)
                                                : std::next(It);
  std::erase_if(Copies, [&](const auto &Entry) {
    return llvm::any_of(Entry.second.Of, [&](const AccessPath &Of) {
      return Path.contains(Of);
    });
  });
  // References into state that the coroutine itself replaces are not reported.
  if (Assigned)
    std::erase_if(Taken, [&](const auto &Entry) {
      return Path.contains(Entry.second.Path);
    });
}

/// Merges the checks \p Theirs into \p Ours at a join.
static void joinChecks(std::map<AccessPath, Check> &Ours,
                       const std::map<AccessPath, Check> &Theirs) {
  for (auto It = Ours.begin(); It != Ours.end();) {
    auto Its = Theirs.find(It->first);
    if (Its == Theirs.end() || Its->second.Truth != It->second.Truth ||
        Its->second.Condition != It->second.Condition) {
      It = Ours.erase(It);
      continue;
    }
    if (!It->second.Suspension)
      It->second.Suspension = Its->second.Suspension;
    if (!It->second.Guarded) {
      It->second.Guarded = Its->second.Guarded;
      It->second.Held = Its->second.Held;
    }
    It->second.Doubled |= Its->second.Doubled;
    ++It;
  }
}

bool Knowledge::join(const Knowledge &Other) {
  const Knowledge Before = *this;
  joinChecks(Checks, Other.Checks);
  joinChecks(Required, Other.Required);
  for (const auto &[Of, Known] : Other.Taken) {
    auto [It, Inserted] = Taken.try_emplace(Of, Known);
    Kept &Mine = It->second;
    if (!Inserted && Known.Suspension &&
        (!Mine.Suspension || (Mine.Guarded && !Known.Guarded))) {
      Mine.Suspension = Known.Suspension;
      Mine.Guarded = Known.Guarded;
      Mine.Held = Known.Held;
    }
  }
  for (const auto &[Of, Known] : Other.Copies) {
    auto [It, Inserted] = Copies.try_emplace(Of, Known);
    if (!Inserted && !It->second.Suspension)
      It->second.Suspension = Known.Suspension;
  }
  auto Intersect = [](auto &Into, const auto &From) {
    std::erase_if(Into, [&](const auto &Each) { return !From.contains(Each); });
  };
  Intersect(Since, Other.Since);
  Intersect(Asserted, Other.Asserted);
  for (auto It = Claimed.begin(); It != Claimed.end();) {
    auto Its = Other.Claimed.find(It->first);
    if (Its == Other.Claimed.end()) {
      It = Claimed.erase(It);
      continue;
    }
    It->second |= Its->second;
    ++It;
  }
  std::erase_if(Guards, [&](const auto &Each) {
    return !Other.Guards.contains(Each.first);
  });
  return Checks != Before.Checks || Required != Before.Required ||
         Taken != Before.Taken || Copies != Before.Copies ||
         Since != Before.Since || Asserted != Before.Asserted ||
         Claimed != Before.Claimed || Guards != Before.Guards;
}

} // namespace corolint
