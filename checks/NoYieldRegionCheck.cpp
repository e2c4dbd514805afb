//===-- NoYieldRegionCheck.cpp - Yields where none may be -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NoYieldRegionCheck.h"
#include "report/Messages.h"

using namespace clang;

namespace corolint {

void NoYieldRegionCheck::report(Analysis &Analysed) {
  llvm::DenseSet<SourceLocation> Certain;
  for (const EffectFinding &Finding : Analysed.effects()) {
    if (!(Finding.Effects & Yields))
      continue;
    if (Finding.At->What == Site::Kind::Suspend) {
      diag(Finding.At->Where, "%0 yields inside a no-yield region")
          << describeSite(*Finding.At);
      noteRegion(Finding.Context);
      continue;
    }
    EffectInference::Witness Cause = witness(Finding, Yields);
    if (Cause.Steps.empty())
      continue;
    Certain.insert(Finding.At->Where);
    diag(Finding.At->Where, "%0 yields inside a no-yield region")
        << describeSite(*Finding.At);
    noteRegion(Finding.Context);
    noteWitness(Cause);
  }
  if (Shared->isWholeProgram())
    reportPending(Analysed, Certain);
}

void NoYieldRegionCheck::reportPending(
    Analysis &Analysed, const llvm::DenseSet<SourceLocation> &Certain) {
  unsigned Index = 0;
  for (const PendingFinding &Pending : Analysed.pending()) {
    const std::string Mark = Session::pendingMark(Index++);
    if (!(Pending.Possible & Yields) || Certain.contains(Pending.At->Where))
      continue;
    diag(Pending.At->Where, "%0%1 yields inside a no-yield region")
        << Mark << describeSite(*Pending.At);
    noteRegion(Pending.Context);
  }
}

} // namespace corolint
