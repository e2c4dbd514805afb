//===-- Checks.h - The list of checks, for reports --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_REPORT_CHECKS_H
#define COROLINT_REPORT_CHECKS_H

#include "effect/EffectSet.h"
#include "report/Message.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace corolint {

/// An entry of checks/Checks.def.
struct CheckInfo {
  llvm::StringRef Name;     ///< "coro-blocking-call".
  llvm::StringRef Sentence; ///< The rule, as on the check's page.
  EffectSet Effects;        ///< The effects that the check reports at a call.
  enum When : uint8_t {
    ByDefault,
    OnlyIfNamed, ///< Patterns such as `coro-*` do not enable it.
  };
  When On = ByDefault;

  /// Whether a check that \p Globs, in the form of clang-tidy's `Checks`,
  /// enable is really on.
  bool isOn(llvm::StringRef Globs) const;

  /// The warning at a call with these effects.
  MessageId warning() const;
};

/// All checks, in alphabetical order.
llvm::ArrayRef<CheckInfo> allChecks();

/// The check called \p Name, or null if there is none.
const CheckInfo *findCheck(llvm::StringRef Name);

} // namespace corolint

#endif // COROLINT_REPORT_CHECKS_H
