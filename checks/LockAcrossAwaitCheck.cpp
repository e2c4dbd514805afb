//===-- LockAcrossAwaitCheck.cpp - Thread locks held while suspended ------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LockAcrossAwaitCheck.h"

using namespace clang;

namespace corolint {

LockAcrossAwaitCheck::LockAcrossAwaitCheck(StringRef Name,
                                           tidy::ClangTidyContext *Context,
                                           std::shared_ptr<Session> Shared)
    : CoroCheck(Name, Context, std::move(Shared)),
      AllowedGuards(parseList(Options.get("AllowedGuards", ""))),
      ManualLocks(Options.get("ManualLocks", true)) {}

void LockAcrossAwaitCheck::storeOptions(
    tidy::ClangTidyOptions::OptionMap &Opts) {
  CoroCheck::storeOptions(Opts);
  Options.store(Opts, "AllowedGuards", joinList(AllowedGuards));
  Options.store(Opts, "ManualLocks", ManualLocks);
}

void LockAcrossAwaitCheck::report(Analysis &Analysed) {
  for (const LockFinding &Finding : Analysed.locks()) {
    llvm::SmallVector<const HeldObject *, 2> Held;
    for (const HeldObject &Lock : Finding.Locks) {
      const bool Manual = !Lock.Class || Lock.Class->IsMutex;
      if (Manual && !ManualLocks)
        continue;
      if (Lock.Class && llvm::any_of(AllowedGuards, [&](StringRef Name) {
            return hasQualifiedName(*Lock.Class->Class, Name);
          }))
        continue;
      Held.push_back(&Lock);
    }
    if (Held.empty())
      continue;
    if (Held.front()->Name.empty())
      diag(Finding.At->Where,
           "a temporary lock is held across a suspension point");
    else
      diag(Finding.At->Where, "lock '%0' is held across a suspension point")
          << Held.front()->Name;
    for (const HeldObject *Lock : Held) {
      if (Lock == Held.front() || Lock->Name.empty())
        diag(Lock->Since, "acquired here", DiagnosticIDs::Note);
      else
        diag(Lock->Since, "'%0' is held too; acquired here",
             DiagnosticIDs::Note)
            << Lock->Name;
    }
  }
}

} // namespace corolint
