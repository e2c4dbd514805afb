//===-- SharedExtraction.h - Units that share a parse -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Units of one project read mostly the same headers. One process parses those,
// and then forks once for each unit, which goes on from there: what took
// seconds is copied on write. Findings are those of units that are parsed one
// by one; a unit of which this cannot be known is left to that.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_SHAREDEXTRACTION_H
#define COROLINT_TOOLS_SHAREDEXTRACTION_H

#include "Extractor.h"
#include "JobSlots.h"
#include "llvm/ADT/ArrayRef.h"

namespace corolint {

/// Jobs with the same key may share a parse; without any, a job shares none.
std::string sharingKey(const ExtractionJob &Job);

/// What follows a unit's answer in its pipe.
struct SharedStatus {
  int32_t Status = 0;        ///< As of `wait`; not 0: extract the unit alone.
  uint32_t Milliseconds = 0; ///< Of the unit, without what it shares.
  StepTimes Common; ///< For the first unit only: of what all of them share.
};

/// Extracts \p Jobs, which have one key, in processes that this one forks. Each
/// unit's answer, as of `writeAnswer`, goes to its pipe, then its status. A
/// pipe that is closed without one leaves its unit to be extracted alone. The
/// caller holds one of \p Slots; more are taken as they are free. \p Timed:
/// answers tell what each step cost.
[[noreturn]] void extractTogether(llvm::ArrayRef<const ExtractionJob *> Jobs,
                                  llvm::ArrayRef<int> Pipes, JobSlots &Slots,
                                  bool Timed);

/// Writes to \p Pipe what became of a unit: 'S' and a shard, or 'E' and an
/// error; then the bytes of \p Costs, to which it adds the writing. Returns
/// whether all of it was taken.
bool writeAnswer(int Pipe, llvm::Expected<std::unique_ptr<Summary>> Unit,
                 UnitCosts &Costs);

} // namespace corolint

#endif // COROLINT_TOOLS_SHAREDEXTRACTION_H
