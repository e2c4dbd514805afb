//===-- Baseline.cpp - Accepted findings ----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/Report.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace corolint {

static constexpr StringRef BaselineTitle = "# corolint baseline, version 1";

std::string writeBaseline(ArrayRef<Finding> Findings) {
  std::string Result = BaselineTitle.str() + "\n";
  Result +=
      "# Findings that are accepted: fingerprint, check, function. Write "
      "it with\n# 'corolint check --write-baseline'; remove a line to see "
      "its finding again.\n";
  std::vector<std::string> Lines;
  for (const Finding &F : Findings)
    Lines.push_back(F.Fingerprint + " " + F.Check + " " + F.Function);
  llvm::sort(Lines);
  for (const std::string &Line : Lines)
    Result += StringRef(Line).rtrim().str() + "\n";
  return Result;
}

Error applyBaseline(MemoryBufferRef File, std::vector<Finding> &Findings) {
  auto Fail = [&](unsigned Line, const Twine &What) {
    return createStringError(inconvertibleErrorCode(),
                             File.getBufferIdentifier() + ":" + Twine(Line) +
                                 ": error: " + What);
  };
  StringSet<> Accepted;
  unsigned Number = 0;
  StringRef Rest = File.getBuffer();
  if (!Rest.starts_with(BaselineTitle))
    return Fail(1, "this is no baseline of corolint; write one with 'corolint "
                   "check --write-baseline FILE'");
  while (!Rest.empty()) {
    auto [Line, After] = Rest.split('\n');
    Rest = After;
    ++Number;
    Line = Line.trim();
    if (Line.empty() || Line.starts_with("#"))
      continue;
    StringRef Print = Line.split(' ').first;
    if (Print.size() != 16 || !llvm::all_of(Print, isHexDigit))
      return Fail(Number, "'" + Print +
                              "' is no fingerprint of 16 hexadecimal digits; "
                              "remove the line or write the baseline again");
    Accepted.insert(Print);
  }
  llvm::erase_if(Findings, [&](const Finding &F) {
    return Accepted.contains(F.Fingerprint);
  });
  return Error::success();
}

} // namespace corolint
