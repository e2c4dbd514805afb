//===-- Checks.h - The checks, as reports name them -------------*- C++ -*-===//
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
  EffectSet Effects;        ///< Those that the check reports at a call.
  enum When : uint8_t {
    ByDefault,
    OnlyIfNamed, ///< No pattern turns it on, such as `coro-*`.
  };
  When On = ByDefault;

  /// Whether a check that \p Globs, as clang-tidy's `Checks`, turn on is really
  /// on.
  bool isOn(llvm::StringRef Globs) const;

  /// The warning at a call that has these effects.
  MessageId warning() const;
};

/// All checks, in alphabetical order.
llvm::ArrayRef<CheckInfo> allChecks();

/// The check called \p Name; null if there is none.
const CheckInfo *findCheck(llvm::StringRef Name);

} // namespace corolint

#endif // COROLINT_REPORT_CHECKS_H
