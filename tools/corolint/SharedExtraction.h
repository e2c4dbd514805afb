//===-- SharedExtraction.h - Extracts units in one parse --------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Units of one project include mostly the same headers. One process parses
// those headers, then forks once for each unit, so that seconds of parsing are
// shared by copy on write. The findings are the same as for units parsed one by
// one; a unit for which this is uncertain is parsed alone.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_SHAREDEXTRACTION_H
#define COROLINT_TOOLS_SHAREDEXTRACTION_H

#include "Extractor.h"
#include "JobSlots.h"
#include "llvm/ADT/ArrayRef.h"

namespace corolint {

/// Jobs with the same key may share a parse. A job with an empty key shares
/// none.
std::string sharingKey(const ExtractionJob &Job);

/// Follows a unit's answer in its pipe.
struct SharedStatus {
  int32_t Status = 0;        ///< As from `wait`; not 0: extract the unit alone.
  uint32_t Milliseconds = 0; ///< For the unit, without shared work.
  StepTimes Common; ///< For the first unit only: the cost of shared work.
};

/// Extracts \p Jobs, which have one key, in processes forked from this one.
/// Each unit's pipe receives its answer, as written by `writeAnswer`, then its
/// status. A pipe that is closed without one leaves its unit to be extracted
/// alone. The caller holds one of \p Slots; more are taken as they become free.
/// If \p Timed, answers include the cost of each step.
[[noreturn]] void extractTogether(llvm::ArrayRef<const ExtractionJob *> Jobs,
                                  llvm::ArrayRef<int> Pipes, JobSlots &Slots,
                                  bool Timed);

/// Writes a unit's result to \p Pipe: 'S', a shard and the unit's words, or
/// 'E' and an error; then the bytes of \p Costs, to which the time of writing
/// is added. Returns whether everything was written.
bool writeAnswer(int Pipe, llvm::Expected<std::unique_ptr<Summary>> Unit,
                 UnitCosts &Costs);

} // namespace corolint

#endif // COROLINT_TOOLS_SHAREDEXTRACTION_H
