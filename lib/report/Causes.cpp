//===-- Causes.cpp - Groups findings by root cause ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/Causes.h"
#include "report/Writers.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include <map>

using namespace llvm;

namespace corolint {

/// The note about the root cause, or null if the finding has none.
static const Note *causeNote(const Finding &F) {
  auto It = llvm::find_if(F.Notes, [](const Note &N) {
    return N.What.role() == MessageRole::Cause;
  });
  if (It != F.Notes.end())
    return &*It;
  return F.Notes.empty() ? nullptr : &F.Notes.back();
}

/// The caller in the last step before the cause. Empty if the finding's own
/// site is the cause.
static StringRef lastCaller(const Finding &F) {
  StringRef Caller;
  for (const Note &N : F.Notes)
    if (N.What.role() == MessageRole::Step)
      Caller = N.What.argument(0);
  return Caller;
}

/// One line that fixes all of \p Findings, which share \p Cause.
static std::string remedyOf(const Message &Cause, ArrayRef<Finding> All,
                            ArrayRef<size_t> Findings) {
  const StringRef Caller = lastCaller(All[Findings.front()]);
  const bool OneCaller = llvm::all_of(
      Findings, [&](size_t I) { return lastCaller(All[I]) == Caller; });
  const bool OnThread = Cause.Id == MessageId::Blocks ||
                        Cause.Id == MessageId::DeclaredBlocking ||
                        Cause.Id == MessageId::WaitsForWork;
  if (OnThread && OneCaller && !Caller.empty())
    return Message{MessageId::SettleInCaller, {Caller.str()}}.text();
  return Cause.remedy();
}

std::vector<RootCause> rootCauses(ArrayRef<Finding> Findings, bool ByPlace) {
  std::map<std::pair<std::string, Location>, RootCause> Causes;
  for (size_t I = 0; I < Findings.size(); ++I) {
    const Note *Cause = causeNote(Findings[I]);
    const Message &What = Cause ? Cause->What : Findings[I].What;
    const std::string Title = What.title();
    const bool OfPlace =
        Cause && (What.isCauseOfItsPlace() ||
                  (ByPlace && Cause->Where != Findings[I].Where));
    const Location Place = OfPlace ? Cause->Where : Location();
    RootCause &Group = Causes[{Title, Place}];
    Group.Title = Title;
    Group.Findings.push_back(I);
  }
  std::vector<RootCause> Result;
  for (auto &[Key, Group] : Causes) {
    const Finding &First = Findings[Group.Findings.front()];
    if (const Note *Cause = causeNote(First))
      Group.Remedy = remedyOf(Cause->What, Findings, Group.Findings);
    Result.push_back(std::move(Group));
  }
  // Among causes with equally many findings, the one with the first finding
  // comes first.
  llvm::sort(Result, [](const RootCause &A, const RootCause &B) {
    return std::tuple(B.Findings.size(), A.Findings.front()) <
           std::tuple(A.Findings.size(), B.Findings.front());
  });
  return Result;
}

std::vector<std::string> chainOf(const Finding &F) {
  std::vector<std::string> Chain;
  Chain.push_back(F.Function.empty() ? F.Where.File : F.Function);
  bool Steps = false;
  for (const Note &N : F.Notes) {
    if (N.What.role() == MessageRole::Step) {
      if (!std::exchange(Steps, true))
        Chain.push_back(N.What.argument(0).str());
      Chain.push_back(N.What.argument(1).str());
    } else if (N.What.role() == MessageRole::Cause) {
      if (N.What.isCauseOfItsPlace())
        Chain.push_back(N.What.title());
      else if (!Steps)
        Chain.push_back(N.What.argument(0).str());
      break;
    }
  }
  return Chain;
}

void writeByCause(raw_ostream &Out, ArrayRef<Finding> Findings,
                  const ReportContext &Context) {
  const std::vector<RootCause> Causes = rootCauses(Findings, /*ByPlace=*/true);
  Out << Findings.size() << " findings have " << Causes.size()
      << (Causes.size() == 1 ? " root cause" : " root causes")
      << "; --by-cause=false lists every finding with its notes\n";
  for (const RootCause &Cause : Causes) {
    Out << '\n'
        << Cause.Title << ": " << Cause.Findings.size()
        << (Cause.Findings.size() == 1 ? " finding\n" : " findings\n");
    if (!Cause.Remedy.empty())
      Out << "settled by one line: " << Cause.Remedy << '\n';
    const Finding &First = Findings[Cause.Findings.front()];
    writeReport(Out, Format::Text, First, Context);
    for (size_t I : ArrayRef(Cause.Findings).drop_front()) {
      const Finding &F = Findings[I];
      Out << F.Where.File << ':' << F.Where.Line << ':' << F.Where.Column
          << ": warning: " << F.What.text() << " [" << F.Check << "]\n";
    }
  }
}

void writeCommonCauses(raw_ostream &Out, ArrayRef<Finding> Findings,
                       const ReportContext &Context) {
  constexpr size_t Many = 5; // fewer are read faster than their summary
  std::map<std::pair<Location, std::string>, size_t> Counts;
  for (const Finding &F : Findings)
    if (!F.Notes.empty() && F.Notes.back().Where.Line &&
        F.Notes.back().Where != F.Where)
      ++Counts[{F.Notes.back().Where, F.Notes.back().What.text()}];
  erase_if(Counts, [](const auto &Entry) { return Entry.second < Many; });
  if (Counts.empty())
    return;
  SmallVector<std::pair<size_t, std::string>> Lines;
  size_t Total = 0;
  for (const auto &[Cause, Count] : Counts) {
    const auto &[Where, Message] = Cause;
    Lines.emplace_back(Count, relativeTo(Where.File, Context) + ":" +
                                  std::to_string(Where.Line) + ": " + Message);
    Total += Count;
  }
  // Places with equal counts keep the order of their files.
  llvm::stable_sort(
      Lines, [](const auto &A, const auto &B) { return A.first > B.first; });
  Out << "corolint: " << Findings.size() << " findings; " << Total
      << " of them lead to " << (Lines.size() == 1 ? "one place" : "few places")
      << ":\n";
  for (const auto &[Count, Text] : Lines)
    Out << format_decimal(Count, 6) << "  " << Text << '\n';
  Out << "corolint: if that is not so, say it once: COROLINT_NONBLOCKING on "
         "the "
         "function, or a model\n";
}

} // namespace corolint
