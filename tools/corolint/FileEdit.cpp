//===-- FileEdit.cpp - Edits that only move code --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FileEdit.h"
#include "clang/Basic/IdentifierTable.h"
#include "clang/Basic/LangOptions.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;
using namespace llvm;

namespace corolint {

namespace {

/// A range of offsets.
struct Region {
  size_t Begin, End;
};

/// A token and, for an identifier or a keyword, its text.
struct Word {
  tok::TokenKind Kind; ///< `tok::identifier` only for what is no keyword.
  StringRef Text;
};

LangOptions languageOf() {
  LangOptions Result;
  Result.CPlusPlus = Result.CPlusPlus11 = Result.CPlusPlus14 =
      Result.CPlusPlus17 = Result.CPlusPlus20 = true;
  Result.LineComment = Result.Bool = Result.WChar = Result.Char8 = true;
  Result.Coroutines = true;
  return Result;
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

/// Reads one added declaration.
class Declaration {
public:
  /// \p Tokens are those of the declaration without its semicolon. Other names
  /// than the declared one must be in \p Known.
  Declaration(ArrayRef<Word> Tokens, const StringSet<> &Known, bool IsHeader)
      : Tokens(Tokens), Known(Known), IsHeader(IsHeader) {}

  /// The declared name, or nothing if the declaration might do more than
  /// declare a name.
  std::optional<StringRef> name() {
    if (Tokens.size() < 2 || !hasOnlyPlainTokens())
      return std::nullopt;
    const size_t At = findName();
    if (!At || !is(At, tok::identifier))
      return std::nullopt;
    for (size_t I = 0; I < Tokens.size(); ++I)
      if (I != At && is(I, tok::identifier) && !Known.contains(text(I)) &&
          !llvm::is_contained(Parameters, I))
        return std::nullopt;
    return text(At);
  }

private:
  bool is(size_t I, tok::TokenKind Kind) const {
    return I < Tokens.size() && Tokens[I].Kind == Kind;
  }
  StringRef text(size_t I) const { return Tokens[I].Text; }
  bool hasOnlyPlainTokens() const;
  size_t findName();
  size_t nameOfFunction();
  bool readParameters(size_t Open, size_t &Close);
  bool readParameter(size_t Begin, size_t End);
  bool endsType(size_t I) const;

  ArrayRef<Word> Tokens;
  const StringSet<> &Known;
  bool IsHeader;
  SmallVector<size_t, 4> Parameters; ///< The tokens that name parameters.
  bool IsCertain = false;            ///< Some parameter can be no expression.
};

} // namespace

/// Whether \p Kind is a keyword that names a type.
static bool namesType(tok::TokenKind Kind) {
  switch (Kind) {
  case tok::kw_void:
  case tok::kw_bool:
  case tok::kw_char:
  case tok::kw_char8_t:
  case tok::kw_char16_t:
  case tok::kw_char32_t:
  case tok::kw_wchar_t:
  case tok::kw_short:
  case tok::kw_int:
  case tok::kw_long:
  case tok::kw_signed:
  case tok::kw_unsigned:
  case tok::kw_float:
  case tok::kw_double:
    return true;
  default:
    return false;
  }
}

/// Whether a plain declaration may contain \p Kind.
static bool isPlain(tok::TokenKind Kind) {
  switch (Kind) {
  case tok::identifier:
  case tok::numeric_constant:
  case tok::star:
  case tok::amp:
  case tok::ampamp:
  case tok::l_paren:
  case tok::r_paren:
  case tok::comma:
  case tok::less:
  case tok::greater:
  case tok::coloncolon:
  case tok::colon:
  case tok::equal:
  case tok::kw_const:
  case tok::kw_volatile:
  case tok::kw_class:
  case tok::kw_struct:
  case tok::kw_union:
  case tok::kw_enum:
  case tok::kw_extern:
  case tok::kw_static:
  case tok::kw_inline:
  case tok::kw_noexcept:
  case tok::kw_using:
    return true;
  default:
    return namesType(Kind);
  }
}

bool Declaration::hasOnlyPlainTokens() const {
  for (size_t I = 0; I < Tokens.size(); ++I) {
    if (!isPlain(Tokens[I].Kind))
      return false;
    // A member of a specialisation instantiates its class.
    if (is(I, tok::greater) && is(I + 1, tok::coloncolon))
      return false;
  }
  return true;
}

/// Whether a name may follow the token \p I, which ends a type.
bool Declaration::endsType(size_t I) const {
  return is(I, tok::identifier) || is(I, tok::greater) || is(I, tok::star) ||
         is(I, tok::amp) || is(I, tok::ampamp) || namesType(Tokens[I].Kind);
}

/// Reads the parameter in [\p Begin, \p End). Returns false for an empty one.
bool Declaration::readParameter(size_t Begin, size_t End) {
  if (Begin == End)
    return false;
  const size_t Last = End - 1;
  const bool IsNamed =
      Last > Begin && is(Last, tok::identifier) && endsType(Last - 1);
  if (IsNamed)
    Parameters.push_back(Last);
  for (size_t I = Begin; I < End; ++I)
    IsCertain |= namesType(Tokens[I].Kind) || is(I, tok::kw_const);
  IsCertain |=
      IsNamed && (is(Last - 1, tok::identifier) || is(Last - 1, tok::greater));
  IsCertain |=
      is(Last, tok::amp) || is(Last, tok::ampamp) || is(Last, tok::star);
  return true;
}

/// Reads the parameters behind the token \p Open. Sets \p Close to the matching
/// parenthesis.
bool Declaration::readParameters(size_t Open, size_t &Close) {
  unsigned Parens = 0, Angles = 0;
  size_t Begin = Open + 1;
  for (Close = Begin; Close < Tokens.size(); ++Close) {
    if (is(Close, tok::equal) || is(Close, tok::colon))
      return false;
    const bool Ends = !Parens && is(Close, tok::r_paren);
    if (Ends || (!Parens && !Angles && is(Close, tok::comma))) {
      const bool IsEmpty = !readParameter(Begin, Close);
      if (Ends) {
        IsCertain |= IsEmpty && Begin == Open + 1;
        return Angles == 0 && (!IsEmpty || Begin == Open + 1);
      }
      if (IsEmpty)
        return false;
      Begin = Close + 1;
    }
    Parens += is(Close, tok::l_paren);
    Parens -= is(Close, tok::r_paren);
    Angles += is(Close, tok::less);
    if (is(Close, tok::greater) && Angles-- == 0)
      return false;
  }
  return false;
}

/// The token that names the declared function, or 0.
size_t Declaration::nameOfFunction() {
  unsigned Angles = 0;
  size_t Open = 0;
  for (; Open < Tokens.size(); ++Open) {
    if (is(Open, tok::equal) || is(Open, tok::colon))
      return 0;
    Angles += is(Open, tok::less);
    if (is(Open, tok::greater) && Angles-- == 0)
      return 0;
    if (is(Open, tok::l_paren) && !Angles)
      break;
  }
  size_t Close = 0;
  if (Open < 2 || Open == Tokens.size() || !endsType(Open - 2) ||
      !readParameters(Open, Close))
    return 0;
  const bool IsLast = Close + 1 == Tokens.size();
  if (!IsLast &&
      (!is(Close + 1, tok::kw_noexcept) || Close + 2 != Tokens.size()))
    return 0;
  // `const Lock L(M);` may define a variable, which a header rarely does.
  const bool MayDefine = !IsHeader || is(0, tok::kw_static) ||
                         is(0, tok::kw_inline) || is(0, tok::kw_const);
  return !MayDefine || IsCertain ? Open - 1 : 0;
}

/// The token with the declared name, or 0.
size_t Declaration::findName() {
  switch (Tokens.front().Kind) {
  case tok::kw_class:
  case tok::kw_struct:
  case tok::kw_union:
    return Tokens.size() == 2 ? 1 : nameOfFunction();
  case tok::kw_enum: {
    const size_t Name = is(1, tok::kw_class) || is(1, tok::kw_struct) ? 2 : 1;
    const bool IsOpaque = Name + 1 == Tokens.size() || is(Name + 1, tok::colon);
    return IsOpaque ? Name : 0;
  }
  case tok::kw_using:
    return is(2, tok::equal) && Tokens.size() > 3 ? 1 : 0;
  default:
    break;
  }
  const size_t Last = Tokens.size() - 1;
  const bool IsVariable = is(0, tok::kw_extern) && Last >= 2 &&
                          llvm::none_of(Tokens, [](const Word &W) {
                            return W.Kind == tok::l_paren ||
                                   W.Kind == tok::equal ||
                                   W.Kind == tok::colon || W.Kind == tok::comma;
                          });
  return IsVariable && endsType(Last - 1) ? Last : nameOfFunction();
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

namespace {

/// Reads the later version, of which some regions are new.
class EditedFile {
public:
  EditedFile(StringRef Code, ArrayRef<Region> Added, bool IsHeader,
             FileEdit &Edit)
      : Code(Code), Rest(Added), IsHeader(IsHeader), Edit(Edit) {}

  /// Returns false if the regions might be more than declarations.
  bool read();

private:
  /// A scope that is open.
  enum class Scope : char { Namespace, Function, Other };

  bool isWhole(size_t Begin, size_t End) const;
  bool readAdded(const Word &Next);
  bool readKept(const Word &Next);
  bool readHead(tok::TokenKind Kind);
  void open();
  bool close();
  bool startsDeclaration() const {
    return Head == Heads::None && Parens == 0 && Added.empty() &&
           llvm::all_of(Scopes, [](Scope S) { return S == Scope::Namespace; });
  }
  void endDeclaration() { Head = Heads::None, Angles = 0; }

  /// What the current declaration has been found to be, as bits.
  struct Heads {
    enum : unsigned {
      None = 0,
      Any = 1,
      Namespace = 2,
      Extern = 4,
      Linkage = 8,
      Type = 16,
      Value = 32,
      Parameters = 64,
      Template = 128,
    };
  };

  StringRef Code;
  ArrayRef<Region> Rest; ///< The regions that have not been passed.
  bool IsHeader;
  FileEdit &Edit;
  SmallVector<Scope, 16> Scopes;
  unsigned Head = Heads::None;
  unsigned Parens = 0;         ///< That are open in the current declaration.
  unsigned Angles = 0;         ///< That are open behind `template`.
  SmallVector<Word, 32> Added; ///< The tokens of the current new declaration.
  StringSet<> Known;           ///< Names that occurred.
};

} // namespace

/// The opening brace of a scope.
void EditedFile::open() {
  if (Head & (Heads::Namespace | Heads::Linkage)) {
    Scopes.push_back(Scope::Namespace);
    return endDeclaration();
  }
  const bool IsFunction =
      (Head & Heads::Parameters) && !(Head & (Heads::Type | Heads::Value));
  Scopes.push_back(IsFunction ? Scope::Function : Scope::Other);
}

bool EditedFile::close() {
  if (Scopes.empty())
    return false;
  if (Scopes.pop_back_val() != Scope::Other)
    endDeclaration();
  return true;
}

/// Notes what \p Kind says of the current declaration.
bool EditedFile::readHead(tok::TokenKind Kind) {
  const bool InTemplate = Angles > 0;
  if ((Head & Heads::Template) && (Kind == tok::less || InTemplate)) {
    Angles += Kind == tok::less;
    Angles -= Kind == tok::greater;
    if (Angles == 0)
      Head &= ~Heads::Template;
    return true;
  }
  Head &= ~Heads::Linkage; // A brace must follow.
  if (Kind == tok::kw_template)
    Head |= Heads::Template;
  else if (Kind == tok::kw_namespace)
    Head |= Heads::Namespace;
  else if (Kind == tok::kw_extern)
    Head |= Heads::Extern;
  else if (Kind == tok::string_literal && (Head & Heads::Extern))
    Head |= Heads::Linkage;
  else if (Kind == tok::kw_class || Kind == tok::kw_struct ||
           Kind == tok::kw_union || Kind == tok::kw_enum)
    Head |= Heads::Type;
  else if (Kind == tok::equal)
    Head |= Heads::Value;
  else if (Kind == tok::l_paren)
    ++Parens, Head |= Heads::Parameters;
  else if (Kind == tok::r_paren && Parens-- == 0)
    return false;
  Head |= Heads::Any;
  return true;
}

bool EditedFile::readKept(const Word &Next) {
  if (!Added.empty())
    return false; // A new declaration ends in old code.
  if (Next.Kind == tok::identifier)
    Known.insert(Next.Text);
  if (Next.Kind == tok::l_brace) {
    open();
    return true;
  }
  if (Next.Kind == tok::r_brace)
    return close();
  const bool InBody = !Scopes.empty() && Scopes.back() != Scope::Namespace;
  if (InBody)
    return true;
  if (Next.Kind == tok::semi && Parens == 0) {
    endDeclaration();
    return true;
  }
  return readHead(Next.Kind);
}

bool EditedFile::readAdded(const Word &Next) {
  if (Added.empty() && !startsDeclaration())
    return false;
  if (Next.Kind == tok::identifier)
    Edit.Words.push_back(Next.Text.str());
  if (Next.Kind != tok::semi) {
    Added.push_back(Next);
    return true;
  }
  const std::optional<StringRef> Name =
      Declaration(Added, Known, IsHeader).name();
  if (!Name)
    return false;
  Edit.Declared.push_back(Name->str());
  Known.insert(*Name);
  Added.clear();
  return true;
}

/// Whether the lines of the token from \p Begin to \p End also followed each
/// other in the earlier version.
bool EditedFile::isWhole(size_t Begin, size_t End) const {
  const size_t First = Code.take_front(Begin).count('\n') + 1;
  const size_t Last = First + Code.slice(Begin, End).count('\n');
  const auto It = llvm::find(Edit.LineOf, uint32_t(First));
  const size_t Old = It - Edit.LineOf.begin();
  for (size_t Line = First; Line <= Last; ++Line) {
    const size_t I = Old + (Line - First);
    if (I >= Edit.LineOf.size() || Edit.LineOf[I] != Line)
      return false;
  }
  return true;
}

bool EditedFile::read() {
  const LangOptions Language = languageOf();
  IdentifierTable Keywords(Language);
  Lexer Reader(SourceLocation(), Language, Code.begin(), Code.begin(),
               Code.end());
  Reader.SetCommentRetentionState(true);
  bool InDirective = false;
  // The result says that the file ends behind the token.
  for (Token Next;;) {
    Reader.LexFromRawLexer(Next);
    if (Next.is(tok::eof))
      break;
    // As a byte order mark behind the beginning.
    if (Next.is(tok::unknown) && !InDirective)
      return false;
    const size_t End = Reader.getCurrentBufferOffset();
    const size_t Begin = End - Next.getLength();
    while (!Rest.empty() && Rest.front().End <= Begin)
      Rest = Rest.drop_front();
    const bool IsNew = !Rest.empty() && Rest.front().Begin < End;
    const StringRef Text = Code.slice(Begin, End);
    if ((Text.contains('\n') && !isWhole(Begin, End)) ||
        (IsNew && Begin < Rest.front().Begin))
      return false;
    if (Next.is(tok::hash) && Next.isAtStartOfLine())
      InDirective = true;
    else if (Next.isAtStartOfLine())
      InDirective = false;
    if (IsNew && (InDirective || Next.is(tok::comment)))
      return false;
    if (InDirective || Next.is(tok::comment))
      continue;
    Word Read{Next.getKind(), Text};
    if (Next.is(tok::raw_identifier))
      Read.Kind = Keywords.get(Text).getTokenID();
    else if (Next.is(tok::greatergreater) && !IsNew)
      Read.Kind = tok::greater; // Closes at least one.
    if (IsNew ? !readAdded(Read) : !readKept(Read))
      return false;
  }
  return Scopes.empty() && Added.empty();
}

/// Sets the lines of \p Edit and collects the regions of \p After that are not
/// in \p Before.
static bool matchLines(StringRef Before, StringRef After, FileEdit &Edit,
                       std::vector<Region> &Added) {
  SmallVector<StringRef, 0> Old, New;
  Before.split(Old, '\n');
  After.split(New, '\n');
  Edit.LineOf.assign(Old.size(), 0);
  size_t Next = 0; // In `Old`.
  auto SkipBlank = [&] {
    while (Next < Old.size() && Old[Next].trim().empty())
      ++Next;
  };
  for (size_t I = 0; I < New.size(); ++I) {
    if (New[I].trim().empty())
      continue;
    SkipBlank();
    if (Next < Old.size() && Old[Next] == New[I]) {
      Edit.LineOf[Next++] = I + 1;
      // The next line continues this one, or is the one that is meant.
      if ((New[I].ends_with("\\") || New[I].contains("NOLINTNEXTLINE")) &&
          (Next >= Old.size() || I + 1 >= New.size() ||
           Old[Next] != New[I + 1]))
        return false;
      continue;
    }
    if (New[I].ends_with("\\"))
      return false;
    const size_t Begin = New[I].begin() - After.begin();
    Added.push_back({Begin, Begin + New[I].size()});
  }
  SkipBlank();
  return Next == Old.size();
}

std::optional<FileEdit> compareVersions(StringRef Before, StringRef After,
                                        bool IsHeader) {
  FileEdit Result;
  std::vector<Region> Added;
  if (!matchLines(Before, After, Result, Added))
    return std::nullopt;
  const std::string Code = After.str(); // Ends with a null character.
  if (!EditedFile(Code, Added, IsHeader, Result).read())
    return std::nullopt;
  return Result;
}

} // namespace corolint
