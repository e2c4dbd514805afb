//===-- Options.cpp - Options that commands share -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "Command.h"
#include "Database.h"
#include "LibraryProbe.h"
#include "program/Shard.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Threading.h"

using namespace llvm;

namespace corolint {

cl::OptionCategory &category() {
  static cl::OptionCategory Options("corolint options");
  return Options;
}

cl::SubCommand &checkCommand() {
  static cl::SubCommand Command("check", "Report findings for a program");
  return Command;
}
cl::SubCommand &auditCommand() {
  static cl::SubCommand Command(
      "audit", "List undescribed functions that asynchronous code calls");
  return Command;
}
cl::SubCommand &extractCommand() {
  static cl::SubCommand Command("extract", "Summarise units into shards");
  return Command;
}
cl::SubCommand &linkCommand() {
  static cl::SubCommand Command("link", "Link shards into an index");
  return Command;
}
cl::SubCommand &explainCommand() {
  static cl::SubCommand Command("explain",
                                "Show a function's effects and their causes");
  return Command;
}
cl::SubCommand &ninjaCommand() {
  static cl::SubCommand Command("ninja", "Write a ninja graph of the analysis");
  return Command;
}
cl::SubCommand &doctorCommand() {
  static cl::SubCommand Command("doctor", "Prove that the installation works");
  return Command;
}
cl::SubCommand &initCommand() {
  static cl::SubCommand Command("init", "Write configuration for a project");
  return Command;
}

cl::opt<std::string> Database("p",
                              cl::desc("Directory of compile_commands.json"),
                              cl::value_desc("dir"), cl::cat(category()),
                              cl::sub(auditCommand()), cl::sub(checkCommand()),
                              cl::sub(extractCommand()),
                              cl::sub(explainCommand()),
                              cl::sub(ninjaCommand()));
cl::opt<std::string>
    RootDirectory("root",
                  cl::desc("The project's root (default: CMake's source "
                           "directory, or that of version control)"),
                  cl::value_desc("dir"), cl::cat(category()),
                  cl::sub(auditCommand()), cl::sub(checkCommand()),
                  cl::sub(extractCommand()), cl::sub(explainCommand()),
                  cl::sub(ninjaCommand()));
cl::opt<unsigned>
    NumJobs("j", cl::desc("Parallel processes (default: one per core)"),
            cl::value_desc("n"), cl::init(0), cl::Prefix, cl::cat(category()),
            cl::sub(auditCommand()), cl::sub(checkCommand()),
            cl::sub(extractCommand()), cl::sub(explainCommand()));
cl::opt<std::string>
    CheckGlob("checks", cl::desc("Checks to run, as clang-tidy's --checks"),
              cl::value_desc("globs"), cl::cat(category()),
              cl::sub(auditCommand()), cl::sub(checkCommand()),
              cl::sub(extractCommand()), cl::sub(explainCommand()),
              cl::sub(ninjaCommand()));
cl::opt<std::string>
    CacheDirectory("cache",
                   cl::desc("Directory for shards of unchanged units (default: "
                            ".corolint beside the database)"),
                   cl::value_desc("dir"), cl::cat(category()),
                   cl::sub(auditCommand()), cl::sub(checkCommand()),
                   cl::sub(extractCommand()), cl::sub(explainCommand()));
cl::opt<unsigned>
    CacheSize("cache-size",
              cl::desc("Size limit of the cache (default: 1024; 0: none)"),
              cl::value_desc("megabytes"), cl::init(1024), cl::cat(category()),
              cl::sub(auditCommand()), cl::sub(checkCommand()),
              cl::sub(extractCommand()), cl::sub(explainCommand()));
cl::opt<bool> NoCache("no-cache", cl::desc("Extract every unit"),
                      cl::cat(category()), cl::sub(auditCommand()),
                      cl::sub(checkCommand()), cl::sub(extractCommand()),
                      cl::sub(explainCommand()));
static cl::opt<bool> NoShortcuts(
    "no-shortcuts", cl::desc("Parse every unit alone, as the compiler does"),
    cl::cat(category()), cl::sub(auditCommand()), cl::sub(checkCommand()),
    cl::sub(extractCommand()), cl::sub(explainCommand()));
cl::opt<bool> Quiet("quiet", cl::desc("No progress, no summary"),
                    cl::cat(category()), cl::sub(auditCommand()),
                    cl::sub(checkCommand()), cl::sub(extractCommand()),
                    cl::sub(explainCommand()));
cl::opt<bool> ShowProfile("profile", cl::desc("Print the time of each step"),
                          cl::cat(category()), cl::sub(checkCommand()));
cl::opt<std::string> OutputFile("o", cl::desc("Write to this file"),
                                cl::value_desc("file"), cl::cat(category()),
                                cl::sub(auditCommand()),
                                cl::sub(checkCommand()),
                                cl::sub(extractCommand()),
                                cl::sub(initCommand()), cl::sub(linkCommand()),
                                cl::sub(ninjaCommand()));
cl::opt<std::string> ReadIndex("index", cl::desc("Use this linked index"),
                               cl::value_desc("file"), cl::cat(category()),
                               cl::sub(explainCommand()),
                               cl::sub(doctorCommand()));

std::vector<std::string> CommandAfter;

int fail(const Twine &Message) {
  errs() << "corolint: error: " << Message << '\n';
  return Exit::Failed;
}

int fail(Error E) { return fail(toString(std::move(E))); }

Error checkWritable(StringRef Path) {
  const std::string Whole = absolutePath(Path);
  const StringRef Directory = sys::path::parent_path(Whole);
  auto Fail = [&](std::error_code EC) {
    return makeError("cannot write '" + Path + "': " + EC.message());
  };
  if (!sys::fs::is_directory(Directory))
    return makeError("cannot write '" + Path + "': there is no directory '" +
                     Directory + "'");
  if (sys::fs::is_directory(Whole))
    return Fail(std::make_error_code(std::errc::is_a_directory));
  sys::fs::file_status Status;
  const bool Special = !sys::fs::status(Whole, Status) &&
                       sys::fs::exists(Status) &&
                       !sys::fs::is_regular_file(Status);
  if (std::error_code EC = sys::fs::access(
          Special ? StringRef(Whole) : Directory, sys::fs::AccessMode::Write))
    return Fail(EC);
  return Error::success();
}

ExtractOptions extractOptions(StringRef Directory) {
  ExtractOptions Options;
  Options.Jobs =
      NumJobs ? unsigned(NumJobs)
              : heavyweight_hardware_concurrency().compute_thread_count();
  Options.Quiet = Quiet;
  Options.Shortcuts = !NoShortcuts;
  Options.Profile = ShowProfile;
  Options.CacheBytes = uint64_t(CacheSize) << 20;
  if (!NoCache)
    Options.Cache = CacheDirectory.empty() ? (Directory + "/.corolint").str()
                                           : absolutePath(CacheDirectory);
  return Options;
}

Expected<std::string>
rootFor(StringRef Directory,
        const clang::tooling::CompilationDatabase *Commands) {
  if (RootDirectory.empty())
    return rootOf(Directory, Commands);
  const std::string Root = absolutePath(RootDirectory);
  if (!sys::fs::is_directory(Root))
    return makeError("--root: there is no directory '" + Root + "'");
  return Root;
}

Expected<MadeProgram> makeProgram(ArrayRef<std::string> Paths,
                                  Program &Linked) {
  MadeProgram Result;
  Result.Costs.Steps.begin(Step::LookUp);
  std::string Directory = Database;
  auto Commands = loadDatabase(Directory);
  if (!Commands)
    return Commands.takeError();
  auto Root = rootFor(Directory, Commands->get());
  if (!Root)
    return Root.takeError();
  auto Jobs = makeJobs(**Commands, Paths, *Root, CheckGlob);
  if (!Jobs)
    return Jobs.takeError();
  Linked.setRoot(*Root);
  std::vector<MemoryBufferRef> Shards;
  Result.Units = extractAll(*Jobs, extractOptions(Directory));
  const std::vector<Extracted> &Units = Result.Units;
  Result.Costs.Steps.begin(Step::Link);
  for (size_t I = 0; I < Units.size(); ++I) {
    if (!Units[I].FromCache)
      Result.Costs.Units.emplace_back((*Jobs)[I].File, Units[I].Costs);
    Result.Costs.Steps += Units[I].Common;
    Result.Costs.NumRepeated += Units[I].Repeated;
    if (!Units[I].Shard) {
      errs() << "corolint: error: " << Units[I].Error << '\n';
      Result.Good = false;
      continue;
    }
    Shards.push_back(*Units[I].Shard);
  }
  if (Error E = addShards(Shards, Linked))
    return std::move(E);
  if (Error E = Linked.link())
    return std::move(E);
  raw_string_ostream Troubles(Result.Troubles);
  const bool IsPartial = reportTroubles(Linked, Troubles);
  errs() << Troubles.str();
  if (IsPartial) {
    Result.Good = false;
    if (lacksLibrary(*Jobs, Linked))
      fail(Twine(NoLibrary) + "; " + NoLibraryRemedy);
  }
  Result.Root = std::move(*Root);
  Result.Jobs = std::move(*Jobs);
  return Result;
}

std::string shardName(const ExtractionJob &Job) {
  return (sys::path::filename(Job.File) + "-" + Job.Variant + ".shard").str();
}

} // namespace corolint
