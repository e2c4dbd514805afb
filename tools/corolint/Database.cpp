//===-- Database.cpp - Finding compile commands ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Database.h"
#include "CMakeReply.h"
#include "Command.h"
#include "program/Shard.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace clang::tooling;
using namespace llvm;

namespace corolint {

namespace {

constexpr StringRef JsonName = "compile_commands.json";
constexpr StringRef FlagsName = "compile_flags.txt";

/// Build directories beside the sources: those of CMake and its presets, Meson,
/// CLion, Visual Studio and GN.
constexpr StringRef BuildPrefixes[] = {"build", "cmake-build-", "out"};

bool isDatabase(const Twine &Directory) {
  return sys::fs::exists(Directory + "/" + JsonName) ||
         hasCMakeReply(Directory.str()) ||
         sys::fs::exists(Directory + "/" + FlagsName);
}

/// The directories in \p Parent that may hold a build, sorted.
std::vector<std::string> buildDirectories(StringRef Parent) {
  std::vector<std::string> Found;
  std::error_code Error;
  for (sys::fs::directory_iterator It(Parent, Error), End; !Error && It != End;
       It.increment(Error)) {
    const StringRef Name = sys::path::filename(It->path());
    if (any_of(BuildPrefixes,
               [&](StringRef Prefix) { return Name.starts_with(Prefix); }) &&
        sys::fs::is_directory(It->path()))
      Found.push_back(It->path());
  }
  sort(Found);
  return Found;
}

/// A database in \p Parent, in a build directory there, or in a directory of
/// several builds (`build/debug`). Empty if there is none.
std::string databaseBelow(StringRef Parent) {
  if (isDatabase(Parent))
    return Parent.str();
  const std::vector<std::string> Builds = buildDirectories(Parent);
  for (const std::string &Build : Builds)
    if (isDatabase(Build))
      return Build;
  for (const std::string &Build : Builds) {
    std::vector<std::string> Inner;
    std::error_code Error;
    for (sys::fs::directory_iterator It(Build, Error), End; !Error && It != End;
         It.increment(Error))
      if (sys::fs::is_directory(It->path()) && isDatabase(It->path()))
        Inner.push_back(It->path());
    if (!Inner.empty())
      return *min_element(Inner);
  }
  return {};
}

std::string nearestDatabase() {
  SmallString<256> Here;
  sys::fs::current_path(Here);
  for (StringRef At = Here; !At.empty(); At = sys::path::parent_path(At))
    if (std::string Found = databaseBelow(At); !Found.empty())
      return Found;
  return {};
}

bool isSource(StringRef Path) {
  static const StringSet<> Extensions{".c",   ".C",   ".cc", ".cpp",
                                      ".cxx", ".c++", ".m",  ".mm"};
  return Extensions.contains(sys::path::extension(Path));
}

/// Every source below \p Directory, with the flags of its compile_flags.txt.
/// Hidden directories and build directories are skipped.
Expected<std::unique_ptr<CompilationDatabase>>
databaseOfFlags(StringRef Directory) {
  std::string Why;
  std::unique_ptr<FixedCompilationDatabase> Flags =
      FixedCompilationDatabase::loadFromFile(
          (Directory + "/" + FlagsName).str(), Why);
  if (!Flags)
    return makeError("'" + Directory + "/" + FlagsName +
                     "': " + StringRef(Why).trim() + "; write one flag a line");
  std::vector<CompileCommand> Commands;
  std::error_code Error;
  for (sys::fs::recursive_directory_iterator It(Directory, Error), End;
       !Error && It != End; It.increment(Error)) {
    const StringRef Name = sys::path::filename(It->path());
    if (Name.starts_with(".") || any_of(BuildPrefixes, [&](StringRef Prefix) {
          return Name.starts_with(Prefix);
        }))
      It.no_push();
    else if (isSource(It->path()) && sys::fs::is_regular_file(It->path()))
      append_range(Commands, Flags->getCompileCommands(It->path()));
  }
  if (Commands.empty())
    return makeError("'" + Directory + "' has a " + FlagsName +
                     ", but no source below it");
  return std::make_unique<ListedDatabase>(std::move(Commands));
}

Expected<std::unique_ptr<CompilationDatabase>>
databaseOfJson(StringRef Directory) {
  const std::string Path = (Directory + "/" + JsonName).str();
  std::string Why;
  std::unique_ptr<CompilationDatabase> Database =
      JSONCompilationDatabase::loadFromFile(Path, Why,
                                            JSONCommandLineSyntax::AutoDetect);
  if (!Database)
    return makeError("'" + Path + "': " + StringRef(Why).trim() +
                     "; make it anew");
  return Database;
}

Expected<std::unique_ptr<CompilationDatabase>> databaseIn(StringRef Directory) {
  if (sys::fs::exists(Directory + "/" + JsonName))
    return databaseOfJson(Directory);
  if (hasCMakeReply(Directory))
    return databaseOfCMakeReply(Directory);
  if (sys::fs::exists(Directory + "/" + FlagsName))
    return databaseOfFlags(Directory);
  return makeError("there is no compile_commands.json in '" + Directory +
                   "', nor a reply of CMake's file API or a compile_flags.txt; "
                   "name the directory that has one with -p");
}

} // namespace

Expected<std::string> findDatabase(StringRef Named) {
  const std::string Directory = Named.empty() ? nearestDatabase() : Named.str();
  if (Directory.empty())
    return makeError(
        "there is no compile_commands.json or compile_flags.txt here, in a "
        "build "
        "directory (build*, cmake-build-*, out*), or above; name its directory "
        "with -p, or have one made: cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, "
        "meson setup, or 'bear -- make'");
  SmallString<256> Absolute(absolutePath(Directory));
  // Users may name the file instead of its directory.
  if (is_contained({JsonName, FlagsName}, sys::path::filename(Absolute)))
    sys::path::remove_filename(Absolute);
  return std::string(Absolute);
}

std::optional<std::string> jsonDatabaseIn(StringRef Directory) {
  std::string Path = (Directory + "/" + JsonName).str();
  return sys::fs::exists(Path) ? std::optional(std::move(Path)) : std::nullopt;
}

Expected<std::unique_ptr<CompilationDatabase>>
loadDatabase(std::string &Directory) {
  auto Found = findDatabase(Directory);
  if (!Found)
    return Found.takeError();
  Directory = std::move(*Found);
  auto Database = databaseIn(Directory);
  if (!Database)
    return Database.takeError();
  return inferTargetAndDriverMode(
      expandResponseFiles(std::move(*Database), vfs::getRealFileSystem()));
}

} // namespace corolint
