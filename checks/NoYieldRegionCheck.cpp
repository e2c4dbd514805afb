//===-- NoYieldRegionCheck.cpp - Yields where none may be -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NoYieldRegionCheck.h"

using namespace clang;

namespace corolint {

void NoYieldRegionCheck::report(Analysis &Analysed) {
  for (const EffectFinding &Finding : Analysed.effects()) {
    if (!(Finding.Effects & Yields))
      continue;
    if (Finding.At->What == Site::Kind::Suspend) {
      diag(Finding.At->Where, "%0 yields inside a no-yield region")
          << describe(*Finding.At);
      noteRegion(Finding.Context);
      continue;
    }
    Inference::Witness Cause = witness(Finding, Yields);
    if (Cause.Steps.empty())
      continue;
    diag(Finding.At->Where, "%0 yields inside a no-yield region")
        << describe(*Finding.At);
    noteRegion(Finding.Context);
    noteWitness(Cause);
  }
  if (Shared->isWholeProgram())
    reportPending(Analysed);
}

void NoYieldRegionCheck::reportPending(Analysis &Analysed) {
  unsigned Index = 0;
  for (const PendingFinding &Pending : Analysed.pending()) {
    const std::string Mark = Session::pendingMark(Index++);
    if (!(Pending.Possible & Yields) || (Pending.Found & Yields))
      continue;
    diag(Pending.At->Where, "%0%1 yields inside a no-yield region")
        << Mark << describe(*Pending.At);
    noteRegion(Pending.Context);
  }
}

} // namespace corolint
