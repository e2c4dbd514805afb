//===-- UnitRefresh.cpp - Adapts old summaries to edited files ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnitRefresh.h"
#include "Compat.h"
#include "program/CodeHash.h"
#include "program/Shard.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {

std::string UnitRefresh::textPath(uint64_t Hash) const {
  return Directory + "/" + utohexstr(Hash, true, 16) + ".code";
}

/// The text of the file at \p Path, if its hash is \p Hash.
static std::optional<std::string> textOf(StringRef Name, StringRef Path,
                                         uint64_t Hash) {
  auto Buffer = MemoryBuffer::getFile(Path, false, false);
  if (!Buffer || hashOfFile(Name, (*Buffer)->getBuffer()) != Hash)
    return std::nullopt;
  return withoutComments((*Buffer)->getBuffer());
}

void UnitRefresh::keepText(StringRef Name, StringRef Path, uint64_t Hash) {
  const std::string Target = textPath(Hash);
  if (sys::fs::exists(Target))
    return;
  // Without the text, a later edit counts as any other.
  if (const std::optional<std::string> Text = textOf(Name, Path, Hash))
    consumeError(writeFileAtomically(Target, *Text));
}

void UnitRefresh::keepTexts(const Summary &Unit, StringRef Root) {
  for (const FileRecord &File : Unit.Files) {
    const StringRef Name = Unit.string(File.Path);
    if (!isCodeOfProject(Name))
      continue;
    SmallString<256> Path(Name);
    compat::makeAbsolute(Root, Path);
    keepText(Name, Path, File.Hash);
  }
}

const std::optional<FileEdit> &UnitRefresh::editOf(const Summary &Unit,
                                                   const Change &C) {
  const FileRecord &File = Unit.Files[C.File];
  const bool IsHeader = C.File != 0; // The main file is the first.
  auto [It, IsNew] = Edits.try_emplace({File.Hash, C.NewHash, IsHeader});
  const StringRef Name = Unit.string(File.Path);
  if (!IsNew || !isCodeOfProject(Name))
    return It->second;
  auto Before = MemoryBuffer::getFile(textPath(File.Hash), false, false);
  const std::optional<std::string> After = textOf(Name, C.Path, C.NewHash);
  // A damaged entry is as good as none.
  if (Before && After && hashOfFile(Name, (*Before)->getBuffer()) == File.Hash)
    It->second = compareVersions((*Before)->getBuffer(), *After, IsHeader);
  return It->second;
}

static bool isWordCharacter(char C) { return isAlnum(C) || C == '_'; }

/// Whether a word of \p Text seems to end with a line among \p Lines, as does a
/// variable that a macro named after its line. Words that \p IsWritten accepts
/// were not made by a macro.
static bool mentionsLine(StringRef Text, const DenseSet<uint32_t> &Lines,
                         function_ref<bool(StringRef)> IsWritten) {
  while (!Text.empty()) {
    Text = Text.drop_until(isWordCharacter);
    const StringRef Word = Text.take_while(isWordCharacter);
    Text = Text.drop_front(Word.size());
    const StringRef Name = Word.rtrim("0123456789");
    uint32_t Number = 0;
    if (!Word.drop_front(Name.size()).getAsInteger(10, Number) &&
        Lines.contains(Number) && !IsWritten(Word))
      return true;
  }
  return false;
}

bool UnitRefresh::refresh(Summary &Unit, ArrayRef<Change> Changes,
                          const UnitWords &Words) {
  if (!Unit.Errors.empty())
    return false;
  DenseMap<StringId, const FileEdit *> Edited; // By the name of the file.
  for (const Change &C : Changes) {
    const std::optional<FileEdit> &Edit = editOf(Unit, C);
    if (!Edit ||
        llvm::any_of(Edit->Declared,
                     [&](StringRef Name) { return Words.mayContain(Name); }) ||
        llvm::any_of(Edit->Words,
                     [&](StringRef Word) { return Words.mayBeMacro(Word); }))
      return false;
    Edited[Unit.Files[C.File].Path] = &*Edit;
  }
  bool Good = true;
  DenseSet<uint32_t> Moved;
  forEachPoint(Unit, [&](SourcePoint &Where) {
    const FileEdit *Edit = Edited.lookup(Where.File);
    if (!Edit)
      return;
    const uint32_t Line =
        Where.Line <= Edit->LineOf.size() ? Edit->LineOf[Where.Line - 1] : 0;
    Good &= Line != 0;
    if (Line != Where.Line)
      Moved.insert(Where.Line);
    Where.Line = Line;
  });
  if (!Good || llvm::any_of(Unit.Strings, [&](StringRef Text) {
        return mentionsLine(Text, Moved, [&](StringRef Word) {
          return llvm::any_of(Edited, [&](const auto &Entry) {
            return StringRef(Entry.second->Text).contains(Word);
          });
        });
      }))
    return false;
  for (const Change &C : Changes) {
    FileRecord &File = Unit.Files[C.File];
    File.Hash = C.NewHash;
    keepText(Unit.string(File.Path), C.Path, C.NewHash);
  }
  return true;
}

} // namespace corolint
