//===-- SummaryCheck.h - Whether a summary holds together -------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_SUMMARYCHECK_H
#define COROLINT_PROGRAM_SUMMARYCHECK_H

#include "program/Summary.h"

namespace corolint {

/// Whether every number in \p Unit refers to an existing record. A shard with a
/// correct checksum may still come from a broken program.
bool isConsistent(const Summary &Unit);

} // namespace corolint

#endif // COROLINT_PROGRAM_SUMMARYCHECK_H
