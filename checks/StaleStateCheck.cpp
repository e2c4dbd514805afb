//===-- StaleStateCheck.cpp - Implements coro-stale-state -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StaleStateCheck.h"
#include "Matchers.h"
#include "StaleStateFixes.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace corolint {

namespace {

/// The warning, without its notes.
SourceFinding describeAct(const StaleFinding &Finding) {
  const StaleAct &Act = Finding.Act;
  const std::string State = Act.Place.name();
  switch (Act.What) {
  case StaleAct::Form::Check:
  case StaleAct::Form::Woken:
    return {Act.Does == AccessKind::Use ? MessageId::StaleUse
                                        : MessageId::StaleChange,
            {State},
            Act.Act};
  case StaleAct::Form::Premise:
    return {MessageId::StalePremise, {Act.Created.name(), State}, Act.Act};
  case StaleAct::Form::Position:
    return {MessageId::StalePosition,
            {State, Act.Variable->getNameAsString()},
            Act.Act};
  case StaleAct::Form::Torn:
    return {MessageId::TornUpdate, {State}, Act.Act};
  case StaleAct::Form::Kept:
    if (Act.Loop || Act.Walk)
      return {
          MessageId::LoopSuspends, {State, Finding.Changed.name()}, Act.Act};
    return {MessageId::KeptAcross,
            {Act.Variable->getNameAsString(), Finding.Changed.name()},
            Act.Act};
  }
  llvm_unreachable("all forms are covered");
}

/// Adds the notes about how the coroutine learned the state.
void addLearned(SourceFinding &Found, const StaleFinding &Finding) {
  const StaleAct &Act = Finding.Act;
  const std::string State = Act.Place.name();
  switch (Act.What) {
  case StaleAct::Form::Check:
  case StaleAct::Form::Premise:
    Found.note(MessageId::CheckedHere, {State}, Act.Learned);
    break;
  case StaleAct::Form::Woken:
    Found.note(MessageId::CheckedByPredicate, {State}, Act.Learned);
    break;
  case StaleAct::Form::Position:
    Found.note(MessageId::PositionHere, {State}, Act.Learned);
    break;
  case StaleAct::Form::Torn:
    Found.note(MessageId::ReadHere, {State}, Act.Learned);
    break;
  case StaleAct::Form::Kept:
    if (Act.Variable && !Act.Loop)
      Found.note(MessageId::TakenHere, {}, Act.Learned);
    break;
  }
  Found.note(isSuspensionPoint(*Act.Suspension) ? MessageId::MaySuspendHere
                                                : MessageId::OthersRunHere,
             {}, keywordOf(*Act.Suspension));
}

MessageId messageFor(Reentry::Why Because) {
  switch (Because) {
  case Reentry::Why::Loop:
    return MessageId::StartedInLoop;
  case Reentry::Why::Twice:
    return MessageId::StartedTwice;
  case Reentry::Why::Roots:
    return MessageId::CalledFromSeveral;
  case Reentry::Why::Locked:
    return MessageId::ClassHasLock;
  case Reentry::Why::Open:
    return MessageId::CalledAgain;
  }
  llvm_unreachable("all reasons are covered");
}

void addInterferer(SourceFinding &Found, const StaleFinding &Finding) {
  if (!Finding.By)
    return;
  const Interferer &By = *Finding.By;
  switch (By.What) {
  case Interferer::Kind::Function:
  case Interferer::Kind::Callback:
  case Interferer::Kind::Coroutine:
    Found.note(
        By.What == Interferer::Kind::Coroutine ? MessageId::CoroutineInterferes
                                               : MessageId::FunctionInterferes,
        {describeFunction(*By.Function), Finding.Changed.name()}, By.Where);
    break;
  case Interferer::Kind::Declared:
    Found.note(MessageId::DeclaredShared, {}, By.Where);
    break;
  case Interferer::Kind::Again:
    if (Finding.Again)
      Found.note(messageFor(Finding.Again->Because),
                 {describeFunction(*Finding.Coroutine)}, By.Where);
    break;
  }
}

} // namespace

StaleStateCheck::StaleStateCheck(StringRef Name,
                                 tidy::ClangTidyContext *Context,
                                 std::shared_ptr<Session> Shared)
    : CoroCheck(Name, Context, std::move(Shared)),
      Forms(Options.get("Forms", "check;kept;torn;woken")),
      Interferer(Options.get("Interferer", "required")),
      Exclusive(Options.get("Exclusive", "")) {
  parseForms(Name);
  if (Interferer != "required" && Interferer != "any")
    configurationDiag("option %0.Interferer: unknown value '%1'; use required "
                      "or any",
                      DiagnosticIDs::Error)
        << Name << Interferer;
  Rules.AnyInterferer = Interferer == "any";
  Rules.Exclusive = parseList(Exclusive);
}

void StaleStateCheck::parseForms(StringRef Name) {
  Rules.Check = Rules.Kept = Rules.Torn = Rules.Woken = false;
  for (StringRef Form : parseList(Forms)) {
    if (Form == "check")
      Rules.Check = true;
    else if (Form == "kept")
      Rules.Kept = true;
    else if (Form == "torn")
      Rules.Torn = true;
    else if (Form == "woken")
      Rules.Woken = true;
    else
      configurationDiag("option %0.Forms: unknown form '%1'; use check, kept, "
                        "torn or woken",
                        DiagnosticIDs::Error)
          << Name << Form;
  }
}

void StaleStateCheck::storeOptions(tidy::ClangTidyOptions::OptionMap &Opts) {
  CoroCheck::storeOptions(Opts);
  Options.store(Opts, "Forms", Forms);
  Options.store(Opts, "Interferer", Interferer);
  Options.store(Opts, "Exclusive", Exclusive);
}

void StaleStateCheck::registerMatchers(MatchFinder *Finder) {
  CoroCheck::registerMatchers(Finder);
  Finder->addMatcher(functionDecl(isInterleaved(Shared.get())).bind(Judged),
                     this);
}

void StaleStateCheck::judge(const FunctionDecl &Function, Analysis &Analysed) {
  if (RuleOf != &Analysed) {
    Rules.KeepOpen = Shared->isWholeProgram();
    Rule = std::make_unique<StaleStateAnalysis>(
        Analysed.facts(), Analysed.guards(), Analysed.flows(),
        Analysed.accesses(), Analysed.interference(), Analysed.inference(),
        Rules);
    RuleOf = &Analysed;
    Reported.clear();
  }
  for (const StaleFinding &Finding :
       Rule->judge(Function, Analysed.contexts().of(Function).EventLoop)) {
    if (!Reported.insert(Finding.Act.Act).second)
      continue;
    SourceFinding Found = describeAct(Finding);
    addLearned(Found, Finding);
    addInterferer(Found, Finding);
    Found.Fix = fixStaleState(Finding, Analysed.facts());
    if (Finding.Open)
      emitPending(std::move(Found), Finding);
    else
      emit(std::move(Found));
  }
}

} // namespace corolint
