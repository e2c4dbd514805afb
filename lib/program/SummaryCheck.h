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

/// Whether every number in \p Unit refers to something that is there: a shard
/// whose checksum is right may still have been written by a broken program.
bool isConsistent(const Summary &Unit);

} // namespace corolint

#endif // COROLINT_PROGRAM_SUMMARYCHECK_H
