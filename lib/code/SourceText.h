//===-- SourceText.h - Text of the source -----------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CODE_SOURCETEXT_H
#define COROLINT_CODE_SOURCETEXT_H

#include "clang/AST/ASTContext.h"
#include <string>

namespace corolint {

/// The source text of \p Range, as an edit may repeat it. Empty if the range is
/// invalid or comes from a macro.
std::string sourceText(clang::CharSourceRange Range,
                       const clang::ASTContext &Context);

/// The same for a range of tokens, such as that of an expression.
inline std::string sourceText(clang::SourceRange Range,
                              const clang::ASTContext &Context) {
  return sourceText(clang::CharSourceRange::getTokenRange(Range), Context);
}

} // namespace corolint

#endif // COROLINT_CODE_SOURCETEXT_H
