//===-- NameHints.cpp - Guesses effects from names ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/NameHints.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include <string>

using namespace llvm;

namespace corolint {

/// The words of \p Name in lower case: `ReadAll`, `read_all` and `HTTPRead`
/// have two each.
static SmallVector<std::string, 4> wordsOf(StringRef Name) {
  auto IsUpper = [](char C) { return C >= 'A' && C <= 'Z'; };
  SmallVector<std::string, 4> Words{""};
  for (size_t I = 0; I < Name.size(); ++I) {
    const bool Upper = IsUpper(Name[I]);
    const bool AfterLower =
        I > 0 && isAlnum(Name[I - 1]) && !IsUpper(Name[I - 1]);
    const bool BeforeLower = I > 0 && I + 1 < Name.size() &&
                             isAlpha(Name[I + 1]) && !IsUpper(Name[I + 1]);
    if ((!isAlnum(Name[I]) || (Upper && (AfterLower || BeforeLower))) &&
        !Words.back().empty())
      Words.emplace_back();
    if (isAlnum(Name[I]))
      Words.back() += toLower(Name[I]);
  }
  if (Words.back().empty())
    Words.pop_back();
  return Words;
}

static bool isInnocent(StringRef Word) {
#define COROLINT_NAME_INNOCENT(Spelling)                                       \
  if (Word == (Spelling))                                                      \
    return true;
#include "program/NameHints.def"
  return false;
}

static std::optional<BlockKind> kindOf(StringRef Word) {
#define COROLINT_NAME_HINT(Spelling, Kind)                                     \
  if (Word == (Spelling))                                                      \
    return BlockKind::Kind;
#include "program/NameHints.def"
  return std::nullopt;
}

std::optional<BlockKind> hintOf(StringRef Qualified) {
  const size_t Scope = Qualified.rfind("::");
  const SmallVector<std::string, 4> Words = wordsOf(
      Scope == StringRef::npos ? Qualified : Qualified.substr(Scope + 2));
  if (Words.empty() || isInnocent(Words.front()) || isInnocent(Words.back()))
    return std::nullopt;
  for (const std::string &Word : Words)
    if (std::optional<BlockKind> Kind = kindOf(Word))
      return Kind;
  return std::nullopt;
}

} // namespace corolint
