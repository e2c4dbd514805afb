//===-- LockAcrossAwaitCheck.cpp - Implements coro-lock-across-await ------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LockAcrossAwaitCheck.h"
#include "Matchers.h"

using namespace clang;
using namespace clang::ast_matchers;

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

void LockAcrossAwaitCheck::registerMatchers(MatchFinder *Finder) {
  CoroCheck::registerMatchers(Finder);
  Finder->addMatcher(functionDecl(holdsThreadLock(Shared.get())).bind(Judged),
                     this);
}

void LockAcrossAwaitCheck::judge(const FunctionDecl &Function,
                                 Analysis &Analysed) {
  for (const LockFinding &Finding : Analysed.findingsIn(Function).Locks) {
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
    const HeldObject &First = *Held.front();
    const bool Unnamed = First.Name.empty();
    const MessageId Id =
        Finding.InCallable ? MessageId::LockInCallable
        : Finding.Inference
            ? (Unnamed ? MessageId::TemporaryLockHeldAtYield
                       : MessageId::LockHeldAtYield)
            : (Unnamed ? MessageId::TemporaryLockHeld : MessageId::LockHeld);
    SourceFinding Found(Id, {First.Name, describeSite(*Finding.At)},
                        Finding.At->Where);
    for (const HeldObject *Lock : Held)
      Found.note(Lock->Name.empty()     ? MessageId::TemporaryAcquired
                 : Lock == Held.front() ? MessageId::Acquired
                                        : MessageId::AcquiredToo,
                 {Lock->Name}, Lock->Since);
    if (Finding.Inference)
      addWitness(Found, Finding.witness(),
                 Analysed.context().getSourceManager());
    emit(std::move(Found));
  }
}

} // namespace corolint
