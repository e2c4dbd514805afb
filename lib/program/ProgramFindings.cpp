//===-- ProgramFindings.cpp - The findings of a linked program ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/Program.h"
#include "report/Checks.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"
#include <map>
#include <set>

using namespace llvm;

namespace corolint {

/// The bits of `FunctionRecord::Marks`.
enum : uint32_t {
#define COROLINT_ANNOTATION(Name, Spelling, Bit) Mark##Name = 1 << (Bit),
#include "model/Annotations.def"
};

/// The program without the functions that a unit's options allow.
struct Program::Avoiding {
  const Program &All;
  uint32_t Unit; ///< The site's: its options count.
  StringRef Check;

  void forEachWay(uint32_t Id, EffectSet /*Wanted*/, WayVisitor Visit) const {
    All.forEachWay(Id, Visit);
  }
  unsigned distance(uint32_t Id, unsigned Effect) const {
    return All.distance(Id, Effect);
  }
  bool isAvoided(const WayOut &Way) const {
    const Summary &Own = *All.Units[Unit];
    if (Own.Allowed.empty() || Check.empty())
      return false;
    const uint32_t Where = !Way.endsAtPrimitive() ? All.unitOf(Way.Target)
                           : Way.hasOrigin()      ? All.unitOf(Way.From)
                                                  : Unit;
    const Summary &Other = *All.Units[Where];
    const StringRef Name =
        Other.Strings[Way.endsAtPrimitive()
                          ? Other.Causes[Way.Record].Qualified
                          : All.recordOf(Way.Target).Qualified];
    return llvm::any_of(Own.Allowed, [&](const AllowedRecord &R) {
      return Own.Strings[R.Check] == Check && Own.Strings[R.Function] == Name;
    });
  }
};

/// The notes from a site of \p Unit, whose ways out are \p Starts, down to a
/// primitive.
Program::Witness Program::follow(uint32_t Unit, ArrayRef<WayOut> Starts,
                                 StringRef Check) const {
  Witness Result;
  uint32_t Within = Unit;
  bool InLibrary = false;
  for (const WayOut &Way : shortestWay(Avoiding{*this, Unit, Check}, Starts)) {
    const bool First = !Way.hasOrigin();
    if (!First)
      Within = unitOf(Way.From);
    const Summary &Own = *Units[Within];
    auto AddStep = [&](const std::string &Callee, const SourcePoint &Where) {
      if (First) // The finding itself describes it.
        return;
      // Consecutive steps inside library headers are joined to one.
      const FunctionRecord &Caller = recordOf(Way.From);
      const bool WasInLibrary = std::exchange(InLibrary, Caller.Library);
      if (WasInLibrary && InLibrary)
        Result.Notes.back().What.Arguments[1] = Callee;
      else
        Result.Notes.push_back(
            {{MessageId::Calls, {Own.Strings[Caller.Name], Callee}},
             location(Within, Where)});
    };
    if (!Way.endsAtPrimitive()) {
      if (!First && !isDispatch(Way.From))
        AddStep(Units[unitOf(Way.Target)]->Strings[recordOf(Way.Target).Name],
                Own.Calls[Way.Record].Where);
      continue;
    }
    const CauseRecord &Cause = Own.Causes[Way.Record];
    if (Cause.Callee)
      AddStep(Own.Strings[Cause.Callee], Cause.Where);
    if (Cause.Callee || !First) // Else the finding describes it.
      Result.Notes.push_back(
          {messageOf(Within, Cause.What), location(Within, Cause.Note)});
    Result.Reason = Own.Strings[Cause.Reason];
    Result.Found = true;
  }
  return Result;
}

std::vector<Note> Program::witness(FunctionId Id, EffectSet Effect) const {
  return follow(unitOf(Id), WayOut{Id, Effect}, "").Notes;
}

/// The offset of a line and column in \p Code; beyond its end if it has no such
/// line.
static size_t offsetOf(StringRef Code, const Location &Where) {
  size_t At = 0;
  for (unsigned Line = 1; Line < Where.Line; ++Line) {
    const size_t End = Code.find('\n', At);
    if (End == StringRef::npos)
      return StringRef::npos;
    At = End + 1;
  }
  return At + Where.Column - 1;
}

/// Replaces the code from \p Begin to \p End, which are in one file. Nothing if
/// the file does not have these places.
static std::optional<Fix> fixBetween(const Location &Begin,
                                     const Location &End) {
  auto Buffer = MemoryBuffer::getFile(Begin.File);
  if (!Buffer)
    return std::nullopt;
  const StringRef Code = (*Buffer)->getBuffer();
  const size_t From = offsetOf(Code, Begin), To = offsetOf(Code, End);
  if (From > To || To > Code.size())
    return std::nullopt;
  return Fix{Begin.File, unsigned(From), unsigned(To - From), ""};
}

Finding Program::finding(uint32_t Unit, const FindingRecord &R) const {
  const Summary &S = *Units[Unit];
  Finding Result;
  Result.Check = S.Strings[R.Check];
  Result.What = messageOf(Unit, R.What);
  Result.Where = location(Unit, R.Where);
  Result.Function = S.Strings[R.Function];
  Result.Line = S.Strings[R.Line];
  for (uint32_t I = R.FirstNote; I < R.FirstNote + R.NumNotes; ++I)
    Result.Notes.push_back(
        {messageOf(Unit, S.Notes[I].What), location(Unit, S.Notes[I].Where)});
  for (uint32_t I = R.FirstFix; I < R.FirstFix + R.NumFixes; ++I) {
    const FixRecord &Record = S.Fixes[I];
    std::optional<Fix> Part =
        fixBetween(location(Unit, Record.Begin), location(Unit, Record.End));
    if (!Part) {
      Result.Fixes.clear();
      break;
    }
    Part->Text = S.Strings[Record.Text];
    Result.Fixes.push_back(std::move(*Part));
  }
  return Result;
}

void Program::pendingFindings(uint32_t Unit,
                              std::vector<Finding> &Found) const {
  const Summary &S = *Units[Unit];
  for (const PendingRecord &P : S.Pending) {
    if (P.Borrower != NoIndex) {
      if (std::optional<Finding> Lent = lentFinding(Unit, P))
        Found.push_back(std::move(*Lent));
      continue;
    }
    if (P.Act != NoIndex) {
      if (std::optional<Finding> Stale = staleFinding(Unit, P))
        Found.push_back(std::move(*Stale));
      continue;
    }
    SmallVector<WayOut, 4> Starts;
    for (uint32_t C = P.FirstCall; C < P.FirstCall + P.NumCalls; ++C)
      if (WayOut Way; wayOf(Unit, C, Way) && (Way.Effects &= P.Wanted))
        Starts.push_back(Way);
    if (Starts.empty())
      continue;
    const FindingRecord &R = S.PendingFindings[P.Finding];
    if (isMeantToBlock(Unit, R))
      continue;
    Witness Cause = follow(Unit, Starts, S.Strings[R.Check]);
    if (!Cause.Found)
      continue;
    Finding Result = finding(Unit, R);
    Result.What.setReason(Cause.Reason);
    llvm::append_range(Result.Notes, Cause.Notes);
    Found.push_back(std::move(Result));
  }
}

EffectSet Program::reportedBy(uint32_t Unit, StringRef Check) const {
  const Summary &S = *Units[Unit];
  for (const CheckRecord &R : S.Checks)
    if (S.Strings[R.Name] == Check)
      return R.Effects;
  return 0;
}

bool Program::isPassedAs(Node Function, ContextKind Kind) const {
  auto It = llvm::lower_bound(
      AllPassed, Function,
      [](const Passed &Other, Node Wanted) { return Other.Function < Wanted; });
  for (; It != AllPassed.end() && It->Function == Function; ++It)
    if (ContextKind(It->Context) == Kind)
      return true;
  return false;
}

/// Only a coroutine that must not yield is also judged at its awaits.
bool Program::judgesAwaits(const Passed &P) const {
  const FunctionRecord &R = recordOf(P.Function);
  return R.Coroutine && ContextKind(P.Context) == ContextKind::NoYield &&
         !(R.Marks & MarkNoYield);
}

/// Whether the coroutine is allowed to block because another unit passes it to
/// such a context.
bool Program::isMeantToBlock(uint32_t Unit, const FindingRecord &R) const {
  const CheckInfo *Check = findCheck(Units[Unit]->Strings[R.Check]);
  return R.Within != NoIndex && Check && Check->Effects &&
         !(Check->Effects & ~OnThread) &&
         isPassedAs(nodeOf(Unit, R.Within), ContextKind::AllowBlocking);
}

std::vector<Program::CallableSite> Program::sitesOf(Node Function) const {
  const Summary &Own = *Units[unitOf(Function)];
  std::vector<CallableSite> Sites;
  auto Add = [&](const SourcePoint &Where, StringId Described, StringRef Callee,
                 const WayOut &Way) {
    auto It = llvm::find_if(Sites, [&](const CallableSite &S) {
      return S.Where.Line == Where.Line && S.Where.Column == Where.Column &&
             S.Where.File == Where.File;
    });
    if (It == Sites.end())
      It = Sites.insert(
          It, {Where,
               Described ? Own.Strings[Described]
                         : Message{MessageId::CallTo, {Callee.str()}}.text(),
               {}});
    It->Ways.push_back(Way);
  };
  forEachWay(Function, [&](const WayOut &Way) {
    if (!Way.endsAtPrimitive()) {
      const CallRecord &R = Own.Calls[Way.Record];
      Add(R.Where, R.Site,
          Units[unitOf(Way.Target)]->Strings[recordOf(Way.Target).Name], Way);
    } else if (const CauseRecord &R = Own.Causes[Way.Record];
               R.Callee || R.Site) {
      Add(R.Where, R.Site, Own.Strings[R.Callee], Way);
    } // Else declared on the callable: reported at its caller.
    return true;
  });
  return Sites;
}

/// Finds the problems of a callable that another unit passes to a parameter
/// that runs it on an event loop or must not yield. They are reported inside
/// the callable, site by site.
void Program::passedFindings(const Passed &P,
                             std::vector<Finding> &Found) const {
  const ContextKind Kind = ContextKind(P.Context);
  if (Kind == ContextKind::AllowBlocking || !Defined[P.Function].HasBody)
    return;
  const FunctionRecord &Function = recordOf(P.Function);
  const bool MayBlock = isPassedAs(P.Function, ContextKind::AllowBlocking) ||
                        (Function.Marks & MarkAllowBlocking);
  // Effects that are reported there anyway do not pass.
  const EffectSet Open = (judgesAwaits(P) ? AllEffects : Function.Passing) &
                         ~(MayBlock ? OnThread : 0) & forbiddenIn(Kind);
  const std::vector<CallableSite> Sites = sitesOf(P.Function);
  for (const CheckInfo &Check : allChecks()) {
    // The options of the unit that has the body apply, as for its other sites.
    const EffectSet Wanted =
        reportedBy(unitOf(P.Function), Check.Name) & Check.Effects & Open;
    if (!Wanted)
      continue;
    for (const CallableSite &S : Sites)
      if (std::optional<Finding> Result = findingAt(S, P, Check, Wanted))
        Found.push_back(std::move(*Result));
  }
}

std::optional<Finding> Program::findingAt(const CallableSite &S,
                                          const Passed &P,
                                          const CheckInfo &Check,
                                          EffectSet Wanted) const {
  const uint32_t Unit = unitOf(P.Function);
  const bool NoYield = ContextKind(P.Context) == ContextKind::NoYield;
  SmallVector<WayOut, 2> Starts;
  for (WayOut Way : S.Ways)
    if (Way.Effects &= Wanted)
      Starts.push_back(Way);
  if (Starts.empty())
    return std::nullopt;
  Witness Cause = follow(Unit, Starts, Check.Name);
  if (!Cause.Found)
    return std::nullopt;
  const Message In{NoYield ? MessageId::InNoYieldRegion
                           : MessageId::InEventLoopCallable,
                   {}};
  Finding Result;
  Result.Check = Check.Name.str();
  Result.MayBeSuppressed = true;
  Result.Where = location(Unit, S.Where);
  Result.What = {Check.warning(), {S.Text, In.text()}};
  Result.What.setReason(Cause.Reason);
  Result.Function = Units[Unit]->Strings[recordOf(P.Function).Qualified];
  Result.Notes.push_back(
      {{NoYield ? MessageId::PassedToNoYield : MessageId::PassedToEventLoop,
        {}},
       location(P.Unit, P.Where)});
  if (NoYield && (Wanted & AnyBlocking))
    Result.Notes.push_back(
        {{MessageId::EveryCoroutineStalls, {}}, Result.Where});
  llvm::append_range(Result.Notes, Cause.Notes);
  return Result;
}

std::vector<Finding> Program::findings() const {
  std::vector<Finding> Found;
  // Many units include the same header. A finding that is certain in one unit
  // and needs the whole program in another is one finding.
  std::set<std::tuple<Location, std::string, std::string>> Seen;
  std::vector<Finding> Result;
  auto Take = [&](bool Certain) {
    for (Finding &F : Found) {
      const std::string Text = Certain ? F.What.text() : "";
      if (Seen.emplace(F.Where, F.Check, Text).second)
        Result.push_back(std::move(F));
    }
    Found.clear();
  };
  // For a coroutine in a region, the region is reported first.
  for (const Passed &P : AllPassed)
    if (judgesAwaits(P))
      passedFindings(P, Found);
  Take(/*Certain=*/false);
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (const FindingRecord &R : Units[U]->Findings)
      if (!isDead(U, R.DeadIf))
        if (!isMeantToBlock(U, R))
          Found.push_back(finding(U, R));
  llvm::erase_if(Found, [&](const Finding &F) {
    return Seen.contains({F.Where, F.Check, ""});
  });
  for (const Finding &F : Found)
    Seen.emplace(F.Where, F.Check, "");
  Take(/*Certain=*/true);
  for (uint32_t U = 0; U < Units.size(); ++U)
    pendingFindings(U, Found);
  for (const Passed &P : AllPassed)
    if (!judgesAwaits(P))
      passedFindings(P, Found);
  Take(/*Certain=*/false);
  llvm::stable_sort(Result, [](const Finding &A, const Finding &B) {
    return std::tuple(std::tie(A.Where, A.Check), A.What.text()) <
           std::tuple(std::tie(B.Where, B.Check), B.What.text());
  });
  return Result;
}

void addFingerprints(std::vector<Finding> &Findings) {
  std::map<std::tuple<std::string, std::string, std::string>, unsigned> Alike;
  for (Finding &F : Findings) {
    unsigned Which = Alike[{F.Check, F.Function, F.Line}]++;
    const std::string Text = F.Check + '\0' + F.Function + '\0' + F.Line +
                             '\0' + std::to_string(Which);
    F.Fingerprint =
        utohexstr(xxh3_64bits(StringRef(Text)), /*LowerCase=*/true, 16);
  }
}

} // namespace corolint
