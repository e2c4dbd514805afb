//===-- Checks.cpp - The list of checks, for reports ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/Checks.h"
#include "llvm/ADT/STLExtras.h"

namespace corolint {

static constexpr CheckInfo Checks[] = {
#define COROLINT_CHECK(Class, Name, Sentence, Effects, When)                   \
  {Name, Sentence, Effects, CheckInfo::When},
#include "../../checks/Checks.def"
};

bool CheckInfo::isOn(llvm::StringRef Globs) const {
  if (On == ByDefault)
    return true;
  llvm::SmallVector<llvm::StringRef, 16> Entries;
  Globs.split(Entries, ',');
  return llvm::any_of(
      Entries, [&](llvm::StringRef Entry) { return Entry.trim() == Name; });
}

MessageId CheckInfo::warning() const {
  assert(Effects && "a check that reports no effects");
  if (Effects & Yields)
    return MessageId::YieldsInside;
  return Effects & SyncWaits ? MessageId::WaitsSynchronously
                             : MessageId::MayBlock;
}

llvm::ArrayRef<CheckInfo> allChecks() { return Checks; }

const CheckInfo *findCheck(llvm::StringRef Name) {
  const auto *It = llvm::find_if(
      Checks, [&](const CheckInfo &Check) { return Check.Name == Name; });
  return It == std::end(Checks) ? nullptr : It;
}

} // namespace corolint
