//===-- Cache.cpp - Shards of earlier runs --------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Cache.h"
#include "Compat.h"
#include "UnitWords.h"
#include "program/CodeHash.h"
#include "program/Shard.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Chrono.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"
#include <cstring>
#include <fcntl.h>
#include <link.h>
#include <sys/stat.h>
#include <tuple>

using namespace llvm;

namespace corolint {

/// Sets the access time, which some file systems do not update themselves.
static void touch(const std::string &Path) {
  const timespec Times[2] = {{0, UTIME_NOW}, {0, UTIME_OMIT}};
  utimensat(AT_FDCWD, Path.c_str(), Times, 0);
}

Cache::Cache(StringRef Directory) : Directory(Directory) {
  if (Directory.empty())
    return;
  if (std::error_code EC = sys::fs::create_directories(Directory)) {
    errs() << "corolint: warning: no cache: cannot make '" << Directory
           << "': " << EC.message() << "; name another with --cache\n";
    this->Directory.clear();
    return;
  }
  loadStamps();
}

std::string Cache::pathOf(const ExtractionJob &Job) {
  // The variant identifies the command wherever the project is located.
  std::string Text = Self;
  for (const std::string &Part : {Job.paths().nameOf(Job.File), Job.Variant})
    Text += '\0' + Part;
  Text += '\0' + clang::tidy::configurationAsText(Job.Options);
  XXH128_hash_t Hash = xxh3_128bits(arrayRefFromStringRef(Text));
  return Directory + "/" + utohexstr(Hash.high64, true, 16) +
         utohexstr(Hash.low64, true, 16) + ".shard";
}

/// The path of the words that belong to the entry at \p Path.
static std::string wordsPath(StringRef Path) {
  return (Path.drop_back(sys::path::extension(Path).size()) + ".words").str();
}

void Cache::keepWords(const std::string &Path, StringRef Words) {
  // Without them, the unit is extracted again after an edit of its files.
  consumeError(writeFileAtomically(wordsPath(Path), Words));
}

/// Whether \p Unit, the entry at \p Path, belongs to the files as they are now.
/// Sets \p IsChanged if it had to be adapted.
bool Cache::isCurrent(Summary &Unit, const std::string &Path, StringRef Root,
                      UnitRefresh *Refresh, bool &IsChanged) {
  std::vector<UnitRefresh::Change> Changes;
  for (size_t I = 0; I < Unit.Files.size(); ++I) {
    const StringRef Name = Unit.string(Unit.Files[I].Path);
    SmallString<256> Absolute(Name);
    compat::makeAbsolute(Root, Absolute);
    const uint64_t Hash = hashOf(Absolute, Name);
    if (Hash == Unit.Files[I].Hash)
      continue;
    if (!Refresh || !Hash || !isCodeOfProject(Name))
      return false;
    Changes.push_back({I, std::string(Absolute), Hash});
  }
  IsChanged = !Changes.empty();
  if (!IsChanged)
    return true;
  auto Words = MemoryBuffer::getFile(wordsPath(Path), false, false);
  return Refresh->refresh(
      Unit, Changes, UnitWords(Words ? (*Words)->getBuffer() : StringRef()));
}

std::unique_ptr<MemoryBuffer>
Cache::find(const std::string &Path, StringRef Root, UnitRefresh *Refresh) {
  auto Buffer = MemoryBuffer::getFile(Path, false, false);
  if (!Buffer)
    return nullptr;
  auto Unit = readShard(**Buffer);
  if (!Unit) {
    consumeError(Unit.takeError());
    return nullptr;
  }
  bool IsChanged = false;
  if (!isCurrent(**Unit, Path, Root, Refresh, IsChanged))
    return nullptr;
  if (IsChanged) {
    const std::string Adapted = writeShard(**Unit);
    consumeError(writeFileAtomically(Path, Adapted));
    return MemoryBuffer::getMemBufferCopy(Adapted, Path);
  }
  touch(Path);
  return std::move(*Buffer);
}

void Cache::prune(uint64_t Limit) {
  struct Entry {
    sys::TimePoint<> Used;
    std::string Path;
    uint64_t Size;
  };
  std::vector<Entry> Entries;
  uint64_t Total = 0;
  std::error_code EC;
  for (sys::fs::directory_iterator It(Directory, EC), End; !EC && It != End;
       It.increment(EC)) {
    sys::fs::file_status Status;
    if (sys::fs::status(It->path(), Status))
      continue;
    const StringRef Extension = sys::path::extension(It->path());
    if (Extension == ".tmp" &&
        std::chrono::system_clock::now() - Status.getLastModificationTime() >
            std::chrono::hours(1))
      std::ignore = sys::fs::remove(It->path());
    if (Extension != ".shard" && Extension != ".run" && Extension != ".words" &&
        Extension != ".code")
      continue;
    Entries.push_back(
        {Status.getLastAccessedTime(), It->path(), Status.getSize()});
    Total += Status.getSize();
  }
  if (!Limit || Total <= Limit)
    return;
  llvm::sort(Entries, [](const Entry &A, const Entry &B) {
    return std::tie(A.Used, A.Path) < std::tie(B.Used, B.Path);
  });
  for (const Entry &E : Entries) {
    if (Total <= Limit)
      break;
    std::ignore = sys::fs::remove(E.Path);
    Total -= E.Size;
  }
}

void Cache::save() {
  if (!isOn() || !StampsChanged)
    return;
  // Without a limit, entries for files of other databases and earlier runs
  // would accumulate.
  constexpr size_t Spare = 20000;
  if (Stamps.size() > size_t(2) * Checked.size() + Spare)
    for (auto It = Stamps.begin(); It != Stamps.end();)
      It = Checked.contains(It->first) ? std::next(It) : Stamps.erase(It);
  std::string Text = "corolint stamps 2\n";
  for (const auto &[Path, S] : Stamps)
    Text += utohexstr(S.Hash) + " " + std::to_string(S.Size) + " " +
            std::to_string(S.Modified) + " " + Path + "\n";
  consumeError(writeFileAtomically(Directory + "/stamps", Text));
}

/// The build ID among the notes of an ELF object, or empty if it has none.
static StringRef buildIdIn(StringRef Notes) {
  ElfW(Nhdr) Note;
  while (Notes.size() >= sizeof(Note)) {
    std::memcpy(&Note, Notes.data(), sizeof(Note));
    Notes = Notes.drop_front(sizeof(Note));
    const size_t Name = alignTo(Note.n_namesz, 4);
    if (Note.n_type == NT_GNU_BUILD_ID && Notes.starts_with("GNU"))
      return Notes.substr(Name, Note.n_descsz);
    Notes = Notes.substr(Name + alignTo(Note.n_descsz, 4));
  }
  return {};
}

/// The linker's hash of this program, or empty if it was linked without one.
static StringRef buildId() {
  StringRef Result;
  auto Look = [](dl_phdr_info *Object, size_t, void *Data) {
    auto &Found = *static_cast<StringRef *>(Data);
    for (const ElfW(Phdr) &Header :
         ArrayRef(Object->dlpi_phdr, Object->dlpi_phnum)) {
      if (Header.p_type != PT_NOTE || !Found.empty())
        continue;
      // The loader stores addresses as integers.
      // NOLINTNEXTLINE(performance-no-int-to-ptr)
      const auto *Notes =
          reinterpret_cast<const char *>(Object->dlpi_addr + Header.p_vaddr);
      Found = buildIdIn({Notes, Header.p_memsz});
    }
    return 1; // The first object is the program.
  };
  dl_iterate_phdr(Look, &Result);
  return Result;
}

std::string programIdentity() {
  std::string Result = versionText();
  // Without a build ID the program's file is read, which takes longer than a
  // small project.
  if (const StringRef Id = buildId(); !Id.empty())
    Result += toHex(Id);
  else if (auto Own = MemoryBuffer::getFile("/proc/self/exe", false, false))
    Result += utohexstr(xxh3_64bits((*Own)->getBuffer()));
  return Result;
}

void Cache::loadStamps() {
  auto Buffer = MemoryBuffer::getFile(Directory + "/stamps");
  if (!Buffer)
    return;
  SmallVector<StringRef, 0> Lines;
  (*Buffer)->getBuffer().split(Lines, '\n', -1, false);
  if (Lines.empty() || Lines.front() != "corolint stamps 2")
    return;
  for (StringRef Line : ArrayRef(Lines).drop_front()) {
    auto [Hash, Rest] = Line.split(' ');
    auto [Size, More] = Rest.split(' ');
    auto [Modified, Path] = More.split(' ');
    Stamp S;
    if (!Hash.getAsInteger(16, S.Hash) && !Size.getAsInteger(10, S.Size) &&
        !Modified.getAsInteger(10, S.Modified))
      Stamps[Path.str()] = S;
  }
}

/// The `hashOfFile` of the file at \p Path; 0 if it cannot be read.
uint64_t Cache::hashOf(StringRef Path, StringRef Name) {
  auto [It, Inserted] = Checked.try_emplace(Path, 0);
  if (!Inserted)
    return It->second;
  sys::fs::file_status Status;
  if (sys::fs::status(Path, Status))
    return 0;
  const int64_t Modified =
      Status.getLastModificationTime().time_since_epoch().count();
  auto Known = Stamps.find(Path.str());
  if (Known != Stamps.end() && Known->second.Size == Status.getSize() &&
      Known->second.Modified == Modified)
    return It->second = Known->second.Hash;
  auto Buffer = MemoryBuffer::getFile(Path, false, false);
  if (!Buffer)
    return 0;
  It->second = hashOfFile(Name, (*Buffer)->getBuffer());
  // A file that is changing now could change again within one tick.
  const auto Age =
      std::chrono::system_clock::now() -
      std::chrono::system_clock::time_point(Status.getLastModificationTime());
  if (Age > std::chrono::seconds(2)) {
    Stamps[Path.str()] = {Status.getSize(), Modified, It->second};
    StampsChanged = true;
  }
  return It->second;
}

} // namespace corolint
