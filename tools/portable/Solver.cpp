//===-- Solver.cpp - Replaces Z3 ------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Clang's static analyser can use Z3, which has no static library in Debian. It
// does so only under a flag that clang-tidy does not set. These definitions
// replace LLVM's, so that the program links without Z3.
//
//===----------------------------------------------------------------------===//

#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/SMTAPI.h"

namespace llvm {

SMTSolverRef CreateZ3Solver() {
  reportFatalUsageError("this build contains no Z3");
}

void SMTSort::dump() const {}
void SMTExpr::dump() const {}
void SMTSolver::dump() const {}

} // namespace llvm
