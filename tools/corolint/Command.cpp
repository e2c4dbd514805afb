//===-- Command.cpp - Compile commands, adapted for Clang -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Command.h"
#include "Bundle.h"
#include "Compat.h"
#include "Modules.h"
#include "program/Shard.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"
#include <map>
#include COROLINT_CLANG_OPTIONS

using namespace clang;
using namespace clang::driver;
using namespace clang::tooling;
using namespace llvm;

namespace corolint {

std::string absolutePath(StringRef Path, StringRef Directory) {
  SmallString<256> Result(Path);
  if (Directory.empty())
    sys::fs::make_absolute(Result);
  else
    compat::makeAbsolute(Directory, Result);
  sys::path::remove_dots(Result, /*remove_dot_dot=*/true);
  return std::string(Result);
}

/// The value of \p Key in the cache of a CMake build.
static std::string cmakeValue(StringRef Directory, StringRef Key) {
  auto Buffer = MemoryBuffer::getFile(Directory + "/CMakeCache.txt");
  if (!Buffer)
    return {};
  StringRef Rest = (*Buffer)->getBuffer();
  while (!Rest.empty()) {
    auto [Line, After] = Rest.split('\n');
    Rest = After;
    if (Line.consume_front(Key) && Line.starts_with(":"))
      return Line.split('=').second.trim().str();
  }
  return {};
}

std::string rootOf(StringRef Directory, const CompilationDatabase *Database) {
  if (std::string Home = cmakeValue(Directory, "CMAKE_HOME_DIRECTORY");
      sys::fs::is_directory(Home))
    return Home;
  for (StringRef At = Directory; !At.empty(); At = sys::path::parent_path(At)) {
    if (sys::fs::exists(At + "/.git") || sys::fs::exists(At + "/.hg"))
      return At.str();
    if (At == "/")
      break;
  }
  StringRef Common = Directory;
  std::vector<std::string> Files;
  if (Database)
    for (const CompileCommand &C : Database->getAllCompileCommands())
      Files.push_back(absolutePath(C.Filename, absolutePath(C.Directory)));
  for (StringRef File : Files)
    while (Common.size() > 1 && !(File.starts_with(Common) &&
                                  File.substr(Common.size()).starts_with("/")))
      Common = sys::path::parent_path(Common);
  return Common.size() > 1 ? Common.str() : Directory.str();
}

/// \p Argument without the root, so that it does not depend on the project's
/// location.
static std::string withoutRoot(StringRef Argument, StringRef Root) {
  std::string Result;
  for (size_t At;
       !Root.empty() && (At = Argument.find(Root)) != StringRef::npos;
       Argument = Argument.substr(At + Root.size())) {
    StringRef After = Argument.substr(At + Root.size());
    Result += Argument.take_front(At);
    Result += After.empty() || After.front() == '/' ? "<root>" : Root;
  }
  return Result + Argument.str();
}

bool isAssembly(const CompileCommand &C) {
  return sys::path::extension(C.Filename).equals_insensitive(".s");
}

/// Removes flags that Clang does not know from \p Command.
static std::vector<std::string> dropUnknown(CommandLineArguments &Command) {
  std::vector<const char *> Arguments;
  for (size_t I = 1; I < Command.size(); ++I)
    Arguments.push_back(Command[I].c_str());
  unsigned MissingIndex = 0, MissingCount = 0;
  opt::InputArgList Parsed =
      getDriverOptTable().ParseArgs(Arguments, MissingIndex, MissingCount,
                                    opt::Visibility(options::ClangOption));
  std::vector<std::string> Dropped;
  llvm::SmallDenseSet<unsigned> Unknown;
  for (const opt::Arg *A : Parsed)
    if (A->getOption().getID() == options::OPT_UNKNOWN) {
      Unknown.insert(A->getIndex());
      Dropped.push_back(A->getAsString(Parsed));
    }
  CommandLineArguments Kept{Command.front()};
  for (size_t I = 1; I < Command.size(); ++I)
    if (!Unknown.contains(I - 1))
      Kept.push_back(Command[I]);
  Command = std::move(Kept);
  return Dropped;
}

/// The value of the cc1 flag \p Flag at \p I in \p Command, with the number of
/// arguments that it takes: `-Xclang FLAG -Xclang VALUE` or `FLAG VALUE`.
static std::pair<StringRef, size_t> valueAt(const CommandLineArguments &Command,
                                            size_t I, StringRef Flag) {
  auto Is = [&](size_t At, StringRef Text) {
    return At < Command.size() && Command[At] == Text;
  };
  if (Is(I, "-Xclang") && Is(I + 1, Flag) && Is(I + 2, "-Xclang") &&
      I + 3 < Command.size())
    return {Command[I + 3], 4};
  if (Is(I, Flag) && I + 1 < Command.size())
    return {Command[I + 1], 2};
  return {{}, 0};
}

/// Replaces each precompiled header in \p Command by the header from which it
/// was made, as CMake names them. It may be missing, or be made by another
/// version of Clang, and units can share the parse of a header.
static void readHeaders(CommandLineArguments &Command, StringRef Directory) {
  CommandLineArguments Result;
  StringSet<> Included;
  for (size_t I = 0; I < Command.size(); ++I)
    if (auto [Header, Size] = valueAt(Command, I, "-include"); Size)
      Included.insert(absolutePath(Header, Directory));
  for (size_t I = 0; I < Command.size();) {
    auto [Compiled, Size] = valueAt(Command, I, "-include-pch");
    StringRef Header = Compiled;
    if (!Size || !Header.consume_back(".pch") ||
        !sys::fs::exists(absolutePath(Header, Directory))) {
      Result.push_back(Command[I++]);
      continue;
    }
    // `-Xclang`, because the driver itself would look for a precompiled one.
    if (Included.insert(absolutePath(Header, Directory)).second)
      for (StringRef Argument : {StringRef("-Xclang"), StringRef("-include"),
                                 StringRef("-Xclang"), Header})
        Result.push_back(Argument.str());
    I += Size;
  }
  Command = std::move(Result);
}

Expected<ExtractionJob> makeJob(const CompileCommand &C, StringRef Root,
                                StringRef Checks) {
  ExtractionJob Job;
  Job.Root = Root.rtrim('/').str();
  if (SmallString<256> Real; !sys::fs::real_path(Job.Root, Real))
    Job.RealRoot = std::string(Real);
  Job.Directory = absolutePath(C.Directory);
  Job.File = absolutePath(C.Filename, Job.Directory);
  auto Options = optionsFor(Job.File, Checks);
  if (!Options)
    return Options.takeError();
  Job.Options = std::move(*Options);

  // The command's meaning, without the location of its output, names the
  // variant.
  ArgumentsAdjuster Plain =
      combineAdjusters(getClangStripOutputAdjuster(),
                       combineAdjusters(getClangStripDependencyFileAdjuster(),
                                        getClangSyntaxOnlyAdjuster()));
  CommandLineArguments Command = Plain(C.CommandLine, Job.File);
  if (Command.empty())
    return makeError("the command of '" + Job.File + "' is empty");
  std::string Text = withoutRoot(Job.Directory, Job.Root);
  for (const std::string &Argument : Command)
    Text += '\0' + withoutRoot(Argument, Job.Root);
  Job.Variant = utohexstr(xxh3_64bits(StringRef(Text)), true, 16);

  Job.Dropped = dropUnknown(Command);
  readHeaders(Command, Job.Directory);
  auto Insert = [&](const std::vector<std::string> &Extra, bool Front) {
    Command.insert(Front ? Command.begin() + 1 : Command.end(), Extra.begin(),
                   Extra.end());
  };
  if (Job.Options.ExtraArgsBefore)
    Insert(*Job.Options.ExtraArgsBefore, true);
  if (Job.Options.ExtraArgs)
    Command = getInsertArgumentAdjuster(
        *Job.Options.ExtraArgs, ArgumentInsertPosition::END)(Command, Job.File);
  std::vector<std::string> Ours{"-w", "-Wno-error", "-Qunused-arguments",
                                "-fno-caret-diagnostics"};
  bool HasResources = llvm::any_of(Command, [](StringRef Argument) {
    return Argument.starts_with("-resource-dir");
  });
  if (std::string Resources = resourceDirectory();
      !HasResources && !Resources.empty())
    Ours.push_back("-resource-dir=" + Resources);
  Insert(Ours, true);
  Job.Command = std::move(Command);
  return Job;
}

static std::string real(const std::string &Path) {
  SmallString<256> Result;
  return sys::fs::real_path(Path, Result) ? Path : std::string(Result);
}

/// A file or directory that the user named, as written and with links resolved.
struct WantedPath {
  std::string Path, Real;
  bool Used = false;

  bool has(StringRef File) {
    for (StringRef Each : {StringRef(Path), StringRef(Real)})
      if (File == Each || Each == "/" ||
          (File.starts_with(Each) && File.substr(Each.size()).starts_with("/")))
        return Used = true;
    return false;
  }
};

Expected<std::vector<ExtractionJob>>
makeJobs(const CompilationDatabase &Database, ArrayRef<std::string> Paths,
         StringRef Root, StringRef Checks) {
  std::vector<WantedPath> Wanted;
  for (const std::string &Path : Paths)
    Wanted.push_back({absolutePath(Path), real(absolutePath(Path))});
  // By file and variant: a database may list a command twice.
  std::map<std::pair<std::string, std::string>, ExtractionJob> Jobs;
  bool HasModules = false;
  for (const CompileCommand &C : Database.getAllCompileCommands()) {
    const std::string File =
        absolutePath(C.Filename, absolutePath(C.Directory));
    HasModules |= mentionsModules(C);
    bool Take = Wanted.empty();
    for (WantedPath &Each : Wanted)
      Take |= Each.has(File) || Each.has(real(File));
    if (!Take)
      continue;
    if (isAssembly(C))
      continue;
    auto Job = makeJob(C, Root, Checks);
    if (!Job)
      return Job.takeError();
    Jobs.try_emplace({Job->File, Job->Variant}, std::move(*Job));
  }
  for (const WantedPath &Each : Wanted)
    if (!Each.Used)
      return makeError("no file of the compilation database is '" + Each.Path +
                       "' or below it");
  if (HasModules) {
    std::vector<ExtractionJob *> All;
    All.reserve(Jobs.size());
    for (auto &[Key, Job] : Jobs)
      All.push_back(&Job);
    if (Error E = findModules(Database, Root, Checks, All))
      return std::move(E);
  }
  std::vector<ExtractionJob> Result;
  for (auto &[Key, Job] : Jobs)
    Result.push_back(std::move(Job));
  return Result;
}

} // namespace corolint
