//===-- BlockingCallCheck.cpp - Implements coro-blocking-call -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BlockingCallCheck.h"
#include "Matchers.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace corolint {

namespace {

std::string defaultKinds() {
  std::string Result;
#define COROLINT_BLOCK_KIND(Name, Spelling, Default, Text)                     \
  if (BlockDefault::Default == BlockDefault::On)                               \
    Result += (Result.empty() ? "" : ";") + std::string(Spelling);
#include "model/BlockKinds.def"
  return Result;
}

/// The kinds reported outside coroutines by default.
EffectSet kindsOutsideCoroutines() {
  EffectSet Result = 0;
#define COROLINT_BLOCK_KIND(Name, Spelling, Default, Text)                     \
  if (BlockDefault::Default == BlockDefault::OutsideCoroutines)                \
    Result |= bit(BlockKind::Name);
#include "model/BlockKinds.def"
  return Result;
}

} // namespace

BlockingCallCheck::BlockingCallCheck(StringRef Name,
                                     tidy::ClangTidyContext *Context,
                                     std::shared_ptr<Session> Shared)
    : EffectCheck(Name, Context, std::move(Shared)),
      Kinds(Options.get("Kinds", defaultKinds())), Enabled(parseKinds(Kinds)),
      EnabledOutsideCoroutines(
          Enabled | (Kinds == defaultKinds() ? kindsOutsideCoroutines() : 0)) {}

void BlockingCallCheck::storeOptions(tidy::ClangTidyOptions::OptionMap &Opts) {
  EffectCheck::storeOptions(Opts);
  Options.store(Opts, "Kinds", Kinds);
}

EffectSet BlockingCallCheck::parseKinds(StringRef List) {
  EffectSet Result = DeclaredBlocking;
  SmallVector<StringRef, 16> Names;
  List.split(Names, ';', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (StringRef Name : Names) {
    Name = Name.trim();
    bool Found = false;
    StringRef Nearest;
    unsigned Distance = 3;
#define COROLINT_BLOCK_KIND(Kind, Spelling, Default, Text)                     \
  if (Name == (Spelling)) {                                                    \
    Result |= bit(BlockKind::Kind);                                            \
    Found = true;                                                              \
  } else if (Name.edit_distance(Spelling) < Distance) {                        \
    Nearest = Spelling;                                                        \
    Distance = Name.edit_distance(Spelling);                                   \
  }
#include "model/BlockKinds.def"
    if (Found)
      continue;
    if (Nearest.empty())
      configurationDiag("option coro-blocking-call.Kinds: unknown kind '%0'; "
                        "known are sleep, wait, net, dns, file, "
                        "file-metadata, process, input, ipc, db, rpc, lock, "
                        "output, cpu and other",
                        DiagnosticIDs::Error)
          << Name;
    else
      configurationDiag("option coro-blocking-call.Kinds: unknown kind '%0'; "
                        "did you mean '%1'?",
                        DiagnosticIDs::Error)
          << Name << Nearest;
  }
  return Result;
}

void BlockingCallCheck::registerMatchers(MatchFinder *Finder) {
  CoroCheck::registerMatchers(Finder);
  Finder->addMatcher(functionDecl(mustNotBlock(Shared.get())).bind(Judged),
                     this);
}

} // namespace corolint
