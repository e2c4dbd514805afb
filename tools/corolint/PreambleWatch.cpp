//===-- PreambleWatch.cpp - Detects order-dependent headers ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PreambleWatch.h"
#include "IncludeClosures.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/MacroInfo.h"

using namespace clang;
using namespace llvm;

namespace corolint {

unsigned PreambleWatch::indexOf(FileEntryRef File) {
  auto [It, Inserted] = Indexes.try_emplace(&File.getFileEntry(), Names.size());
  if (Inserted)
    Names.emplace_back();
  return It->second;
}

/// The header of the preamble that contains \p Loc.
unsigned PreambleWatch::headerOf(SourceLocation Loc) {
  const FileID File = Sources.getFileID(Sources.getExpansionLoc(Loc));
  if (File.isInvalid())
    return NoHeader; // The command line or the compiler.
  auto [It, Inserted] = HeaderOfFile.try_emplace(File, NoHeader);
  if (Inserted)
    if (OptionalFileEntryRef Entry = Sources.getFileEntryRefForID(File))
      if (auto Known = Indexes.find(&Entry->getFileEntry());
          Known != Indexes.end())
        It->second = Known->second;
  return It->second;
}

void PreambleWatch::InclusionDirective(SourceLocation HashLoc, const Token &,
                                       StringRef, bool, CharSourceRange,
                                       OptionalFileEntryRef File, StringRef,
                                       StringRef, const clang::Module *, bool,
                                       SrcMgr::CharacteristicKind Kind) {
  if (!File)
    return;
  if (InUnit) {
    if (auto It = Indexes.find(&File->getFileEntry()); It != Indexes.end())
      visit(It->second);
    return;
  }
  const unsigned Named = indexOf(*File);
  System.resize(Names.size());
  if (SrcMgr::isSystem(Kind))
    System.set(Named);
  if (Sources.getFileID(HashLoc) == PP.getPredefinesFileID())
    Forced.push_back(Named);
  if (unsigned Includer = headerOf(HashLoc); Includer != NoHeader)
    Names[Includer].push_back(Named);
}

void PreambleWatch::noteUse(const Token &Name, const MacroDefinition &D) {
  if (InUnit)
    return;
  const unsigned User = headerOf(Name.getLocation());
  if (User == NoHeader)
    return;
  const MacroInfo *Macro = D.getMacroInfo();
  if (!Macro) {
    auto &Places = Missed[Name.getIdentifierInfo()];
    if (!is_contained(Places, User))
      Places.push_back(User);
    return;
  }
  const unsigned Definer = headerOf(Macro->getDefinitionLoc());
  if (Definer != NoHeader && Definer != User)
    Ordered.insert({Definer, User});
}

void PreambleWatch::MacroDefined(const Token &Name, const MacroDirective *) {
  if (InUnit)
    return noteChange(Name);
  auto It = Missed.find(Name.getIdentifierInfo());
  if (It == Missed.end())
    return;
  const unsigned Definer = headerOf(Name.getLocation());
  for (unsigned User : It->second)
    if (Definer != NoHeader && Definer != User)
      Ordered.insert({User, Definer});
}

void PreambleWatch::MacroUndefined(const Token &Name, const MacroDefinition &,
                                   const MacroDirective *) {
  if (InUnit)
    noteChange(Name);
}

/// The unit defines or undefines \p Name. Headers of the preamble without a
/// guard are read again, and repeat their own changes.
void PreambleWatch::noteChange(const Token &Name) {
  const SourceLocation Loc = Name.getLocation();
  if (Words.contains(Name.getIdentifierInfo()) && headerOf(Loc) == NoHeader &&
      !Sources.isInSystemHeader(Loc))
    HasChangedWord = true;
}

bool PreambleWatch::isComplete() const {
  BitVector Rest = System;
  Rest |= Seen;
  return Rest.all();
}

void PreambleWatch::beginUnit() {
  Closures = includeClosures(Names);
  Before.resize(Names.size());
  for (auto [First, Second] : Ordered)
    if (!Closures[Second].test(First) &&
        !(System.test(First) && System.test(Second)))
      Before[Second].push_back(First);
  for (const auto &Entry : PP.getIdentifierTable())
    Words.insert(Entry.getValue());
  Seen.resize(Names.size());
  for (unsigned Header : Forced)
    Seen |= Closures[Header];
  PP.setTokenWatcher([this](const Token &Next) {
    if (Next.is(tok::l_brace)) {
      Braces.push_back(AfterString);
      Scopes += !AfterString;
    } else if (Next.is(tok::r_brace) && !Braces.empty()) {
      Scopes -= !Braces.pop_back_val();
    }
    AfterString = Next.is(tok::string_literal);
  });
  InUnit = true;
}

/// The unit includes \p Header, and everything that it includes.
void PreambleWatch::visit(unsigned Header) {
  if (Seen.test(Header))
    return;
  BitVector Now = Closures[Header];
  Now |= Seen;
  BitVector New = Now;
  New.reset(Seen);
  // System headers have C linkage wherever they are included, if at all.
  BitVector Own = New;
  Own.reset(System);
  bool Differs =
      HasChangedWord || Scopes != 0 || (!Braces.empty() && Own.any());
  for (unsigned Each : New.set_bits())
    for (unsigned First : Before[Each])
      Differs |= !Now.test(First);
  Seen = std::move(Now);
  if (Differs)
    GiveUp();
}

} // namespace corolint
