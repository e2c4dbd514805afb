//===-- UnitRefresh.cpp - Adapts old summaries to edited files ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnitRefresh.h"
#include "Command.h"
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
  // Most units read the same headers.
  if (!Kept.insert(Hash).second || sys::fs::exists(Target))
    return;
  // Without the text, a later edit counts as any other.
  if (const std::optional<std::string> Text = textOf(Name, Path, Hash))
    consumeError(writeFileAtomically(Target, *Text));
}

void UnitRefresh::keepTexts(const Summary &Unit, StringRef Root) {
  for (const FileRecord &File : Unit.Files) {
    const StringRef Name = Unit.string(File.Path);
    if (isCodeOfProject(Name))
      keepText(Name, absolutePath(Name, Root), File.Hash);
  }
}

/// The text that the cache keeps of the file with \p Hash, or nothing.
StringRef UnitRefresh::oldText(uint64_t Hash) {
  auto [It, IsNew] = Texts.try_emplace(Hash);
  if (IsNew)
    if (auto Buffer = MemoryBuffer::getFile(textPath(Hash), false, false))
      It->second = std::move(*Buffer);
  return It->second ? It->second->getBuffer() : StringRef();
}

const std::optional<FileEdit> &UnitRefresh::editOf(const Summary &Unit,
                                                   const Change &C) {
  const FileRecord &File = Unit.Files[C.File];
  const bool IsHeader = C.File != 0; // The main file is the first.
  auto [It, IsNew] = Edits.try_emplace({File.Hash, C.NewHash, IsHeader});
  const StringRef Name = Unit.string(File.Path);
  if (!IsNew || !isCodeOfProject(Name))
    return It->second;
  const StringRef Before = oldText(File.Hash);
  const std::optional<std::string> After = textOf(Name, C.Path, C.NewHash);
  // A damaged entry is as good as none.
  if (After && hashOfFile(Name, Before) == File.Hash)
    It->second = compareVersions(Before, *After, IsHeader);
  return It->second;
}

static bool isWordCharacter(char C) { return isAlnum(C) || C == '_'; }

namespace {

/// Recognises names that depend on the number of a line that moved.
class LineNames {
public:
  explicit LineNames(const DenseSet<uint32_t> &Moved) : Moved(Moved) {}

  /// Adds the name of an edited file.
  void addFile(StringRef Name) {
    Names.push_back((sys::path::filename(Name) + ":").str());
  }

  /// Adds the text of a file of the unit.
  void addText(StringRef Text) { Texts.push_back(Text); }

  /// Whether \p Text has such a name: of a lambda, which is named after its
  /// place, or one that a macro seems to have made of its line. Such a name
  /// ends with the number, and is written in no file.
  bool areIn(StringRef Text) const {
    for (StringRef Rest = Text; !Rest.empty();) {
      Rest = Rest.drop_until(isWordCharacter);
      const StringRef Word = Rest.take_while(isWordCharacter);
      Rest = Rest.drop_front(Word.size());
      const StringRef Name = Word.rtrim("0123456789");
      uint32_t Number = 0;
      if (Word.drop_front(Name.size()).getAsInteger(10, Number) ||
          !Moved.contains(Number))
        continue;
      const StringRef Before = Text.take_front(Word.begin() - Text.begin());
      if (Name.empty() ? isPlace(Before) : !isWritten(Word))
        return true;
    }
    return false;
  }

private:
  bool isPlace(StringRef Before) const {
    return llvm::any_of(
        Names, [&](const std::string &Name) { return Before.ends_with(Name); });
  }
  bool isWritten(StringRef Word) const {
    return llvm::any_of(Texts,
                        [&](StringRef Text) { return Text.contains(Word); });
  }

  const DenseSet<uint32_t> &Moved;
  SmallVector<std::string, 2> Names;
  SmallVector<StringRef, 2> Texts;
};

} // namespace

/// The names that only functions outside the files \p Edited have, and the
/// names of files.
static DenseSet<StringId>
namesElsewhere(const Summary &Unit,
               const DenseMap<StringId, const FileEdit *> &Edited) {
  DenseSet<StringId> Result;
  for (const FileRecord &File : Unit.Files)
    Result.insert(File.Path);
  for (const bool InEdited : {false, true})
    for (const FunctionRecord &F : Unit.Functions)
      if (Edited.contains(F.Where.File) == InEdited)
        for (const StringId Name : {F.Name, F.Qualified})
          if (InEdited)
            Result.erase(Name);
          else
            Result.insert(Name);
  return Result;
}

/// Whether a name in \p Unit may depend on the lines \p Moved of the files \p
/// Edited.
bool UnitRefresh::dependsOnLines(const Summary &Unit,
                                 const DenseSet<uint32_t> &Moved,
                                 const EditedFiles &Edited) {
  LineNames Named(Moved);
  for (const auto &[Name, Edit] : Edited)
    Named.addFile(Unit.string(Name));
  for (const FileRecord &File : Unit.Files)
    if (isCodeOfProject(Unit.string(File.Path)))
      Named.addText(oldText(File.Hash));
  const DenseSet<StringId> Elsewhere = namesElsewhere(Unit, Edited);
  for (StringId Id = 0; Id < Unit.Strings.size(); ++Id)
    if (!Elsewhere.contains(Id) && Named.areIn(Unit.Strings[Id]))
      return true;
  return false;
}

bool UnitRefresh::refresh(Summary &Unit, ArrayRef<Change> Changes,
                          const UnitWords &Words) {
  if (!Unit.Errors.empty())
    return false;
  EditedFiles Edited;
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
  if (!Good || dependsOnLines(Unit, Moved, Edited))
    return false;
  for (const Change &C : Changes) {
    FileRecord &File = Unit.Files[C.File];
    File.Hash = C.NewHash;
    keepText(Unit.string(File.Path), C.Path, C.NewHash);
  }
  return true;
}

} // namespace corolint
