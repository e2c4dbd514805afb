//===-- AllChecks.cpp - Creates checks by name ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AllChecks.h"
#include "BlockingCallCheck.h"
#include "BusyWaitCheck.h"
#include "DanglingReferenceCheck.h"
#include "DiscardedTaskCheck.h"
#include "EarlyReleaseCheck.h"
#include "LockAcrossAwaitCheck.h"
#include "NeverSuspendsCheck.h"
#include "NoYieldRegionCheck.h"
#include "SerialAwaitsCheck.h"
#include "StaleStateCheck.h"
#include "SyncOverAsyncCheck.h"

using namespace clang;

namespace corolint {

std::unique_ptr<CoroCheck> createCheck(StringRef Name,
                                       tidy::ClangTidyContext *Context,
                                       std::shared_ptr<Session> Shared) {
#define COROLINT_CHECK(Class, Spelling, Sentence, Effects, When)               \
  if (Name == (Spelling))                                                      \
    return std::make_unique<Class>(Name, Context, std::move(Shared));
#include "Checks.def"
  llvm_unreachable("no check of Checks.def");
}

} // namespace corolint
