//===-- TaskMessages.h - Messages about tasks and lifetimes -----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TASKMESSAGES_H
#define COROLINT_TASKMESSAGES_H

#include "SourceFinding.h"
#include "access/TaskFindings.h"

namespace corolint {

/// The message of \p Note.
Message messageOf(const TaskNote &Note);

/// Converts \p Found to a finding with its notes.
SourceFinding sourceFinding(const TaskFinding &Found);

} // namespace corolint

#endif // COROLINT_TASKMESSAGES_H
