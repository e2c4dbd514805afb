//===-- FindingWriter.cpp - The findings of a unit as records -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/FindingWriter.h"
#include "program/CodeHash.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace corolint {

/// Line number \p Line of \p File without white space and comments.
static std::string normalisedLine(const SourceManager &Sources, FileID File,
                                  unsigned Line) {
  bool Invalid = false;
  const StringRef Buffer = Sources.getBufferData(File, &Invalid);
  if (Invalid)
    return {};
  const SourceLocation Begin = Sources.translateLineCol(File, Line, 1);
  const StringRef Written =
      Buffer.drop_front(Sources.getFileOffset(Begin)).take_until([](char C) {
        return C == '\n';
      });
  std::string Result;
  for (char C : withoutComments(Written))
    if (!llvm::isSpace(C))
      Result += C;
  return Result;
}

void FindingWriter::addRanges(Analysis &Analysed, SummaryWriter &Functions) {
  const SourceManager &Sources = Analysed.context().getSourceManager();
  for (const FunctionDecl *Function : Analysed.contexts().functions()) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Function);
    const bool IsLambda = Method && Method->getParent()->isLambda();
    const bool IsCoroutine =
        isa_and_nonnull<CoroutineBodyStmt>(Function->getBody()) &&
        !Function->isDependentContext();
    if ((IsLambda && !IsCoroutine) || isInSystemHeader(*Function))
      continue;
    auto [File, Begin] =
        Sources.getDecomposedLoc(Sources.getFileLoc(Function->getBeginLoc()));
    auto [EndFile, End] =
        Sources.getDecomposedLoc(Sources.getFileLoc(Function->getEndLoc()));
    OptionalFileEntryRef Entry = Sources.getFileEntryRefForID(File);
    if (!Entry || File != EndFile)
      continue;
    Ranges[Paths.absolute(Entry->getName())].push_back(
        {Begin, End, IsLambda ? "" : Function->getQualifiedNameAsString(),
         IsCoroutine ? Functions.function(*Function) : NoIndex});
  }
}

/// The innermost function, or lambda if these count, that contains a place.
const FindingWriter::FunctionRange *
FindingWriter::enclosing(const std::string &Path, unsigned Offset,
                         bool Lambdas) const {
  auto It = Ranges.find(Path);
  if (It == Ranges.end())
    return nullptr;
  const FunctionRange *Best = nullptr;
  for (const FunctionRange &R : It->second)
    if (R.Begin <= Offset && Offset <= R.End && (Lambdas || !R.Name.empty()) &&
        (!Best || R.End - R.Begin < Best->End - Best->Begin))
      Best = &R;
  return Best;
}

void FindingWriter::addFixes(const FixItHint &Hint, ASTContext &Context,
                             Candidate &C) {
  if (Hint.isNull())
    return;
  const SourceManager &Sources = Context.getSourceManager();
  const tooling::Replacement Change(Sources, Hint.RemoveRange,
                                    Hint.CodeToInsert, Context.getLangOpts());
  if (!Change.isApplicable())
    return;
  const FileID File =
      Sources.getFileID(Sources.getFileLoc(Hint.RemoveRange.getBegin()));
  const std::string Name = Paths.nameOf(Change.getFilePath());
  auto PointAt = [&](unsigned Offset) -> Location {
    return {Name, Sources.getLineNumber(File, Offset),
            Sources.getColumnNumber(File, Offset)};
  };
  C.Fixes.push_back({PointAt(Change.getOffset()),
                     PointAt(Change.getOffset() + Change.getLength()),
                     Change.getReplacementText().str()});
}

void FindingWriter::collect(llvm::ArrayRef<CollectedFinding> Findings,
                            Analysis &Analysed, SummaryWriter &Functions) {
  addRanges(Analysed, Functions);
  ASTContext &Context = Analysed.context();
  const SourceManager &Sources = Context.getSourceManager();
  auto PlaceOf = [&](SourceLocation Where) -> Location {
    PresumedLoc Place = Sources.getPresumedLoc(Sources.getFileLoc(Where),
                                               /*UseLineDirectives=*/false);
    if (Place.isInvalid())
      return {};
    return {Paths.nameOf(Place.getFilename()), Place.getLine(),
            Place.getColumn()};
  };
  for (const CollectedFinding &Collected : Findings) {
    const SourceFinding &Source = Collected.Found;
    const SourceLocation Where = Sources.getFileLoc(Source.Where);
    const auto [File, Offset] = Sources.getDecomposedLoc(Where);
    const std::string Path = Paths.absolute(Sources.getFilename(Where));
    Candidate C;
    C.Found.Check = Collected.Check;
    C.Found.What = Source.What;
    C.Found.Where = PlaceOf(Source.Where);
    C.Found.Line = normalisedLine(Sources, File, C.Found.Where.Line);
    if (const FunctionRange *Named = enclosing(Path, Offset, false))
      C.Found.Function = Named->Name;
    if (const FunctionRange *Inner = enclosing(Path, Offset, true))
      C.Within = Inner->Coroutine;
    for (const SourceNote &Note : Source.Notes)
      C.Found.Notes.push_back(
          {Note.What, Note.Elsewhere ? *Note.Elsewhere : PlaceOf(Note.Where)});
    addFixes(Source.Fix, Context, C);
    C.Pending = Collected.Open || Collected.Borrower || Collected.Stale;
    C.Wanted = Collected.Wanted;
    if (Collected.Open)
      std::tie(C.FirstCall, C.EndCall) = Functions.callsOf(*Collected.Open);
    if (Collected.Borrower) {
      C.Borrower = Functions.function(*Collected.Borrower);
      C.Lent = Collected.Lent.value_or(NoIndex);
    }
    C.DeadIf = Functions.deadIf(Collected.DeadIf);
    if (Collected.Stale)
      C.Act = Functions.staleAct(*Collected.Stale);
    std::vector<Candidate> &Here = Candidates[{Collected.Check, Path, Offset}];
    // Instantiations of one template report the same finding.
    if (llvm::none_of(Here, [&](const Candidate &Other) {
          return Other.Found.What == C.Found.What && Other.Pending == C.Pending;
        }))
      Here.push_back(std::move(C));
  }
}

FindingRecord FindingWriter::recordOf(const Candidate &C) {
  auto Point = [&](const Location &Where) -> SourcePoint {
    return {Strings.id(Where.File), Where.Line, Where.Column};
  };
  FindingRecord R;
  R.Check = Strings.id(C.Found.Check);
  R.What = corolint::recordOf(C.Found.What, Strings);
  R.Where = Point(C.Found.Where);
  R.Function = Strings.id(C.Found.Function);
  R.Within = C.Within;
  R.DeadIf = C.DeadIf;
  R.Line = Strings.id(C.Found.Line);
  R.FirstNote = Result.Notes.size();
  R.NumNotes = C.Found.Notes.size();
  for (const Note &N : C.Found.Notes)
    Result.Notes.push_back(
        {corolint::recordOf(N.What, Strings), Point(N.Where)});
  R.FirstFix = Result.Fixes.size();
  R.NumFixes = C.Fixes.size();
  for (const Replacement &Part : C.Fixes)
    Result.Fixes.push_back(
        {Point(Part.Begin), Point(Part.End), Strings.id(Part.Text)});
  return R;
}

void FindingWriter::write(llvm::StringRef Check, llvm::StringRef Path,
                          unsigned Offset) {
  auto It = Candidates.find({Check.str(), Paths.absolute(Path), Offset});
  if (It == Candidates.end())
    return;
  for (Candidate &C : It->second) {
    if (std::exchange(C.Written, true))
      continue;
    const FindingRecord R = recordOf(C);
    if (!C.Pending) {
      Result.Findings.push_back(R);
      continue;
    }
    Result.Pending.push_back({uint32_t(Result.PendingFindings.size()), C.Wanted,
                              C.FirstCall, C.EndCall - C.FirstCall, C.Borrower,
                              C.Lent, C.Act});
    Result.PendingFindings.push_back(R);
  }
}

} // namespace corolint
