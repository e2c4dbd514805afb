//===-- LastRun.cpp - What an earlier check printed -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LastRun.h"
#include "program/Shard.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"
#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <sys/stat.h>

using namespace llvm;

namespace corolint {

/// The format of an entry. Other builds have other keys, so it needs no number.
constexpr llvm::StringLiteral FilesKey = "files", PresentKey = "present",
                              TroublesKey = "troubles", ReportKey = "report",
                              SummaryKey = "summary", StatusKey = "status";

static int64_t nanoseconds(const timespec &Time) {
  return int64_t(Time.tv_sec) * 1'000'000'000 + Time.tv_nsec;
}

namespace {

/// The state of a file. A program that writes a file and restores its time of
/// modification changes the time of the inode nonetheless.
struct FileState {
  int64_t Size = -1, Modified = 0, Changed = 0, Inode = 0;

  bool operator==(const FileState &) const = default;
};

} // namespace

/// The state of the file at \p Path. A missing file has a state of its own.
static FileState stateOf(const char *Path) {
  struct stat Status;
  if (::stat(Path, &Status) != 0)
    return {};
  return {Status.st_size, nanoseconds(Status.st_mtim),
          nanoseconds(Status.st_ctim), int64_t(Status.st_ino)};
}

static bool isUnchanged(const json::Object &Files) {
  return llvm::all_of(Files, [](const auto &Entry) {
    const json::Array *Kept = Entry.second.getAsArray();
    if (!Kept || Kept->size() != 4)
      return false;
    auto Number = [&](size_t I) {
      return (*Kept)[I].getAsInteger().value_or(0);
    };
    return stateOf(Entry.first.str().c_str()) ==
           FileState{Number(0), Number(1), Number(2), Number(3)};
  });
}

static bool isAsPresent(const json::Object &Files) {
  return llvm::all_of(Files, [](const auto &Entry) {
    return sys::fs::exists(Entry.first.str()) == Entry.second.getAsBoolean();
  });
}

LastRun::LastRun(StringRef Directory, StringRef Key)
    : Start(std::chrono::duration_cast<std::chrono::nanoseconds>(
                std::chrono::system_clock::now().time_since_epoch())
                .count()) {
  const XXH128_hash_t Hash = xxh3_128bits(arrayRefFromStringRef(Key));
  Path = (Directory + "/" + utohexstr(Hash.high64, true, 16) +
          utohexstr(Hash.low64, true, 16) + ".run")
             .str();
}

std::optional<Printed> LastRun::find() const {
  auto Buffer = MemoryBuffer::getFile(Path);
  if (!Buffer)
    return std::nullopt;
  auto Kept = json::parse((*Buffer)->getBuffer());
  if (!Kept) {
    consumeError(Kept.takeError());
    return std::nullopt;
  }
  const json::Object *Entry = Kept->getAsObject();
  if (!Entry)
    return std::nullopt;
  const json::Object *KeptFiles = Entry->getObject(FilesKey);
  const json::Object *KeptPresent = Entry->getObject(PresentKey);
  const auto Troubles = Entry->getString(TroublesKey);
  const auto Report = Entry->getString(ReportKey);
  const auto Summary = Entry->getString(SummaryKey);
  const auto Status = Entry->getInteger(StatusKey);
  if (!KeptFiles || !KeptPresent || !Troubles || !Report || !Summary ||
      !Status || !isAsPresent(*KeptPresent) || !isUnchanged(*KeptFiles))
    return std::nullopt;
  // The cache removes what has not been used for longest.
  const timespec Times[2] = {{0, UTIME_NOW}, {0, UTIME_OMIT}};
  utimensat(AT_FDCWD, Path.c_str(), Times, 0);
  return Printed{Troubles->str(), Report->str(), Summary->str(), int(*Status)};
}

void LastRun::keep(const Printed &Result) const {
  // Clocks of file systems are coarser than those of processes.
  constexpr int64_t Tick = 2'000'000'000;
  json::Object KeptFiles, KeptPresent;
  bool IsText = json::isUTF8(Result.Troubles) && json::isUTF8(Result.Report) &&
                json::isUTF8(Result.Summary);
  for (const auto &File : Files) {
    const std::string Name = File.getKey().str();
    const FileState Now = stateOf(Name.c_str());
    if (std::max(Now.Modified, Now.Changed) > Start - Tick)
      return;
    IsText &= json::isUTF8(Name);
    KeptFiles[Name] =
        json::Array{Now.Size, Now.Modified, Now.Changed, Now.Inode};
  }
  for (const auto &File : Present) {
    IsText &= json::isUTF8(File.getKey());
    KeptPresent[File.getKey()] = sys::fs::exists(File.getKey());
  }
  if (!IsText)
    return;
  std::string Text;
  raw_string_ostream Stream(Text);
  Stream << json::Value(json::Object{{FilesKey, std::move(KeptFiles)},
                                     {PresentKey, std::move(KeptPresent)},
                                     {TroublesKey, Result.Troubles},
                                     {ReportKey, Result.Report},
                                     {SummaryKey, Result.Summary},
                                     {StatusKey, Result.Status}});
  consumeError(writeFileAtomically(Path, Stream.str()));
}

} // namespace corolint
