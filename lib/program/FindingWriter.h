//===-- FindingWriter.h - The findings of a unit as records -----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The checks report each finding twice: as data, and as a diagnostic, which
// clang-tidy may drop because of NOLINT or a header filter. This class collects
// the data of a unit and writes only the findings whose diagnostics clang-tidy
// kept. The two are joined by check, file and offset.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_FINDINGWRITER_H
#define COROLINT_PROGRAM_FINDINGWRITER_H

#include "SourceFinding.h"
#include "program/SummaryWriter.h"
#include <map>

namespace corolint {

/// The findings of one unit. Not thread-safe.
class FindingWriter {
public:
  FindingWriter(UnitPaths &Paths, StringTable &Strings, Summary &Result)
      : Paths(Paths), Strings(Strings), Result(Result) {}

  /// Takes the findings that the checks collected. The AST may be destroyed
  /// afterwards.
  void collect(llvm::ArrayRef<CollectedFinding> Findings, Analysis &Analysed,
               SummaryWriter &Functions);

  /// Writes the findings of \p Check at \p Offset in the file at \p Path.
  void write(llvm::StringRef Check, llvm::StringRef Path, unsigned Offset);

private:
  /// A part of a fix, in lines and columns.
  struct Replacement {
    Location Begin, End; ///< The end is behind the text.
    std::string Text;
  };
  /// A finding whose strings are not in the summary yet.
  struct Candidate {
    Finding Found; ///< Files are named as in summaries.
    uint32_t Within = NoIndex;
    bool Pending = false, Written = false;
    EffectSet Wanted = 0;
    uint32_t FirstCall = 0, EndCall = 0;
    uint32_t Borrower = NoIndex, Lent = NoIndex;
    uint32_t Act = NoIndex;
    DeadIfRange DeadIf;
    std::vector<Replacement> Fixes;
  };
  /// The lines of a function, for findings inside it.
  struct FunctionRange {
    unsigned Begin, End;
    std::string Name;             ///< Qualified; empty for a lambda.
    uint32_t Coroutine = NoIndex; ///< Its number in the summary.
  };
  using Key = std::tuple<std::string, std::string, unsigned>;

  void addRanges(Analysis &Analysed, SummaryWriter &Functions);
  const FunctionRange *enclosing(const std::string &Path, unsigned Offset,
                                 bool Lambdas) const;
  void addFixes(const clang::FixItHint &Hint, clang::ASTContext &Context,
                Candidate &C);
  FindingRecord recordOf(const Candidate &C);

  UnitPaths &Paths;
  StringTable &Strings;
  Summary &Result;
  std::map<Key, std::vector<Candidate>> Candidates;
  std::map<std::string, std::vector<FunctionRange>> Ranges;
};

} // namespace corolint

#endif // COROLINT_PROGRAM_FINDINGWRITER_H
