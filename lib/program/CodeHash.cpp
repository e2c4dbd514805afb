//===-- CodeHash.cpp - Whether a file still says the same -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A scanner of its own: the reader of indexes, which compares files too, needs
// no Clang. Wherever it is unsure, it keeps the text, and a change counts.
//
//===----------------------------------------------------------------------===//

#include "program/CodeHash.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace corolint {

namespace {

class CommentBlanker {
public:
  explicit CommentBlanker(StringRef Code) : Code(Code) {
    Result.reserve(Code.size());
  }

  std::string run() {
    while (At < Code.size())
      step();
    trimLine();
    while (!Result.empty() && Result.back() == '\n')
      Result.pop_back();
    return std::move(Result);
  }

private:
  void step();
  void copy(size_t End);
  void copyLiteral(char Quote);
  void copyRawString();
  void blank(size_t End);
  void endLine();
  void trimLine();
  StringRef wordBefore() const;

  StringRef rest() const { return Code.drop_front(At); }

  StringRef Code;
  size_t At = 0;
  std::string Result;
  /// Whether the current line began with `#`, and whether it still is blank.
  bool InDirective = false, IsBlank = true;
};

} // namespace

/// Drops the spaces at the end of the last line.
void CommentBlanker::trimLine() {
  while (!Result.empty() && (Result.back() == ' ' || Result.back() == '\t' ||
                             Result.back() == '\r'))
    Result.pop_back();
}

void CommentBlanker::endLine() {
  trimLine();
  Result += '\n';
  ++At;
  InDirective = false;
  IsBlank = true;
}

/// Copies the text up to the offset \p End.
void CommentBlanker::copy(size_t End) {
  End = std::min(End, Code.size());
  Result += Code.slice(At, End);
  At = End;
  IsBlank = false;
}

/// Replaces the comment up to the offset \p End by spaces, or keeps it.
void CommentBlanker::blank(size_t End) {
  End = std::min(End, Code.size());
  const StringRef Comment = Code.slice(At, End);
  if (InDirective || Comment.contains("NOLINT") ||
      StringRef(Result).rtrim(" \t").ends_with("\\"))
    return copy(End);
  for (char C : Comment) {
    if (C == '\n') {
      trimLine();
      IsBlank = true;
    }
    Result += C == '\n' ? '\n' : ' ';
  }
  At = End;
}

/// The identifier or number that ends here.
StringRef CommentBlanker::wordBefore() const {
  return StringRef(Result).take_back(
      Result.size() -
      (StringRef(Result).find_last_not_of("abcdefghijklmnopqrstuvwxyz"
                                          "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                          "0123456789_.'") +
       1));
}

/// Copies a string or character literal. One without an end ends with the line.
void CommentBlanker::copyLiteral(char Quote) {
  size_t End = At + 1;
  while (End < Code.size() && Code[End] != Quote && Code[End] != '\n')
    End += Code[End] == '\\' ? 2 : 1;
  copy(End < Code.size() && Code[End] == Quote ? End + 1 : End);
}

void CommentBlanker::copyRawString() {
  const size_t Open = Code.find('(', At);
  if (Open == StringRef::npos)
    return copy(Code.size());
  const std::string Close = (")" + Code.slice(At + 1, Open) + "\"").str();
  const size_t End = Code.find(Close, Open);
  copy(End == StringRef::npos ? Code.size() : End + Close.size());
}

void CommentBlanker::step() {
  const char C = Code[At];
  if (C == '\n')
    return endLine();
  if (rest().starts_with("//")) {
    size_t End = At;
    do
      End = Code.find('\n', End + 1);
    while (End != StringRef::npos &&
           Code.slice(At, End).rtrim("\r").ends_with("\\"));
    return blank(End);
  }
  if (rest().starts_with("/*")) {
    const size_t End = Code.find("*/", At + 2);
    return blank(End == StringRef::npos ? End : End + 2);
  }
  if (C == '"') {
    const StringRef Prefix = wordBefore();
    const bool IsRaw = StringSwitch<bool>(Prefix)
                           .Case("R", true)
                           .Case("u8R", true)
                           .Case("uR", true)
                           .Case("UR", true)
                           .Case("LR", true)
                           .Default(false);
    return IsRaw ? copyRawString() : copyLiteral(C);
  }
  // A quote within a number separates its digits.
  if (C == '\'') {
    const StringRef Word = wordBefore();
    return Word.empty() || !isDigit(Word.ltrim('.').front()) ? copyLiteral(C)
                                                             : copy(At + 1);
  }
  if (IsBlank && C == '#')
    InDirective = true;
  const bool WasBlank = IsBlank;
  copy(At + 1);
  IsBlank = WasBlank && isSpace(C);
}

std::string withoutComments(StringRef Code) {
  return CommentBlanker(Code).run();
}

/// Whether \p Name is that of a C, C++ or Objective-C source or header. A file
/// without an extension may be anything.
static bool isCode(StringRef Name) {
  const std::string Extension = sys::path::extension(Name).lower();
  for (const char *Known :
       {".h",   ".hh",  ".hpp",  ".hxx", ".h++",  ".c",   ".cc",  ".cpp",
        ".cxx", ".c++", ".cppm", ".ccm", ".cxxm", ".ixx", ".inc", ".inl",
        ".ipp", ".tpp", ".txx",  ".tcc", ".m",    ".mm"})
    if (Extension == Known)
      return true;
  return false;
}

bool isCodeOfProject(StringRef Name) {
  return !sys::path::is_absolute(Name) && isCode(Name);
}

uint64_t hashOfFile(StringRef Name, StringRef Content) {
  if (!isCodeOfProject(Name))
    return xxh3_64bits(Content);
  return xxh3_64bits(StringRef(withoutComments(Content)));
}

} // namespace corolint
