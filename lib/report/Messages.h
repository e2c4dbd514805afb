//===-- Messages.h - What findings say --------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The texts that the checks and the summaries of the driver share, so that a
// finding reads the same whether its cause stands in this file or in another.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_REPORT_MESSAGES_H
#define COROLINT_REPORT_MESSAGES_H

#include "effect/Effects.h"
#include <string>

namespace corolint {

/// How messages name \p Function: unqualified, "lambda" for a lambda.
std::string nameOf(const clang::FunctionDecl &Function);

/// How a message names a site: "call to 'f'", "construction of 'C'".
std::string describeSite(const Site &At);

/// The last note of a witness: why the primitive has its effect.
struct CauseNote {
  std::string Message;
  std::string Reason; ///< The kind of blocking, or as declared; or empty.
  clang::SourceLocation Where; ///< Invalid: at the call.
};

/// Why calling \p Callee has \p Effect (one bit), which \p Cause says.
CauseNote describeCause(const clang::FunctionDecl &Callee,
                        const DeclaredEffects &Cause, EffectSet Effect);

} // namespace corolint

#endif // COROLINT_REPORT_MESSAGES_H
