//===-- CheckCommand.cpp - corolint check ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Cache.h"
#include "Compat.h"
#include "Database.h"
#include "LastRun.h"
#include "Options.h"
#include "Since.h"
#include "clang-tidy/ClangTidyOptions.h"
#include "clang-tidy/GlobList.h"
#include "program/IndexWriter.h"
#include "program/Shard.h"
#include "report/Causes.h"
#include "report/Checks.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include <map>
#include <set>
#include <tuple>

using namespace llvm;

namespace corolint {

static cl::opt<std::string>
    FormatName("format", cl::desc("text, json, sarif, github or html"),
               cl::value_desc("format"), cl::init("text"), cl::cat(category()),
               cl::sub(checkCommand()));
static cl::opt<std::string> Output("output",
                                   cl::desc("Write the report to this file"),
                                   cl::value_desc("file"), cl::cat(category()),
                                   cl::sub(checkCommand()));
static cl::opt<std::string> Baseline("baseline",
                                     cl::desc("Omit the findings in this file"),
                                     cl::value_desc("file"),
                                     cl::cat(category()),
                                     cl::sub(checkCommand()));
static cl::opt<std::string> NewBaseline(
    "write-baseline",
    cl::desc("Accept the current findings: write them to this file"),
    cl::value_desc("file"), cl::cat(category()), cl::sub(checkCommand()));
static cl::opt<std::string> Since(
    "since", cl::desc("Report only findings that later changes introduce"),
    cl::value_desc("git-ref"), cl::cat(category()), cl::sub(checkCommand()));
static cl::opt<bool> ApplyFixes("fix", cl::desc("Apply the fixes"),
                                cl::cat(category()), cl::sub(checkCommand()));
static cl::opt<std::string>
    SaveIndex("index", cl::desc("Also write the linked index to this file"),
              cl::value_desc("file"), cl::cat(category()),
              cl::sub(checkCommand()));
static cl::opt<cl::boolOrDefault>
    ByCause("by-cause",
            cl::desc("Group text by root cause (default: above 50 findings)"),
            cl::cat(category()), cl::sub(checkCommand()));
static cl::opt<bool> ListChecks("list-checks",
                                cl::desc("List the enabled checks, and exit"),
                                cl::cat(category()), cl::sub(checkCommand()));
static cl::list<std::string> CheckPaths(cl::Positional, cl::desc("[path...]"),
                                        cl::cat(category()),
                                        cl::sub(checkCommand()));

static Expected<unsigned> applyFixes(ArrayRef<Finding> Findings) {
  std::map<std::string, clang::tooling::Replacements> Files;
  std::set<std::tuple<std::string, unsigned, unsigned, std::string>> Seen;
  unsigned Applied = 0;
  for (const Finding &F : Findings) {
    if (F.Fixes.empty())
      continue;
    bool All = true;
    for (const Fix &Part : F.Fixes) {
      if (!Seen.insert({Part.File, Part.Offset, Part.Length, Part.Text}).second)
        continue;
      if (Error E = Files[Part.File].add(clang::tooling::Replacement(
              Part.File, Part.Offset, Part.Length, Part.Text))) {
        consumeError(std::move(E));
        errs() << F.Where.File << ":" << F.Where.Line
               << ": note: this fix overlaps another and was left out; run "
                  "--fix again\n";
        All = false;
      }
    }
    Applied += All;
  }
  for (const auto &[File, Changes] : Files) {
    auto Buffer = MemoryBuffer::getFile(File);
    if (!Buffer)
      return makeError("cannot read '" + File +
                       "': " + Buffer.getError().message());
    auto Changed =
        clang::tooling::applyAllReplacements((*Buffer)->getBuffer(), Changes);
    if (!Changed)
      return Changed.takeError();
    if (Error E = writeFileAtomically(File, *Changed))
      return std::move(E);
  }
  return Applied;
}

/// Checks arguments that would otherwise fail only after minutes of work.
static Error checkArguments(StringRef Target,
                            std::unique_ptr<MemoryBuffer> &Accepted) {
  for (StringRef Path : {Target, StringRef(SaveIndex), StringRef(NewBaseline)})
    if (!Path.empty())
      if (Error E = checkWritable(Path))
        return E;
  std::vector<Finding> None;
  if (!Baseline.empty()) {
    auto Buffer = MemoryBuffer::getFile(Baseline);
    if (!Buffer)
      return makeError("cannot read the baseline '" + StringRef(Baseline) +
                       "': " + Buffer.getError().message() +
                       "; write it with --write-baseline");
    Accepted = std::move(*Buffer);
    if (Error E = applyBaseline(*Accepted, None))
      return E;
  }
  return Since.empty() ? Error::success() : keepSince(Since, None);
}

/// Whether a text report groups findings by root cause. Nobody reads a longer
/// list from beginning to end.
static bool groupsByCause(size_t NumFindings) {
  constexpr size_t Many = 50;
  return ByCause == cl::BOU_UNSET ? NumFindings > Many
                                  : ByCause == cl::BOU_TRUE;
}

/// Lists the checks that the options and .clang-tidy of this directory enable.
static int listChecks() {
  auto Options = optionsFor(absolutePath("any.cpp"), CheckGlob);
  if (!Options)
    return fail(Options.takeError());
  const std::string Checks = Options->Checks.value_or("");
  const clang::tidy::GlobList Enabled(Checks);
  for (const CheckInfo &Check : allChecks())
    if (Enabled.contains(Check.Name) && Check.isOn(Checks))
      outs() << Check.Name << '\n';
  return Exit::Clean;
}

/// Writes \p Findings to \p Target, or adds them to \p Shown if it is empty.
static Error report(ArrayRef<Finding> Findings, Format As, StringRef Target,
                    Printed &Shown) {
  ReportContext Context;
  Context.Version = COROLINT_VERSION;
  SmallString<256> Here;
  std::ignore = sys::fs::current_path(Here);
  Context.Root = std::string(Here);
  Context.Color = Target.empty() && As == Format::Text &&
                  sys::Process::StandardOutHasColors();
  const bool Grouped = As == Format::Text && groupsByCause(Findings.size());
  std::string Text;
  raw_string_ostream Stream(Text);
  if (Grouped)
    writeByCause(Stream, Findings, Context);
  else
    writeReport(Stream, As, Findings, Context);
  if (!Target.empty())
    return writeFileAtomically(Target.str(), Stream.str());
  Shown.Report = std::move(Stream.str());
  if (As == Format::Text && !Grouped && !Quiet) {
    raw_string_ostream Summary(Shown.Summary);
    writeCommonCauses(Summary, Findings, Context);
  }
  return Error::success();
}

/// Prints a report and its summary.
static Error print(const Printed &Shown) {
  outs() << Shown.Report;
  outs().flush();
  if (outs().has_error()) {
    std::error_code EC = outs().error();
    outs().clear_error();
    return makeError("cannot write to standard output: " + EC.message());
  }
  errs() << Shown.Summary;
  return Error::success();
}

/// Reports \p Findings without those that \p Accepted and --since exclude, and
/// applies their fixes.
static Error finish(std::vector<Finding> &Findings, MemoryBuffer *Accepted,
                    Format As, StringRef Target, Printed &Shown) {
  if (Accepted)
    if (Error E = applyBaseline(*Accepted, Findings))
      return E;
  if (!Since.empty())
    if (Error E = keepSince(Since, Findings))
      return E;
  if (Error E = report(Findings, As, Target, Shown))
    return E;
  if (Error E = print(Shown))
    return E;
  if (!ApplyFixes)
    return Error::success();
  auto Applied = applyFixes(Findings);
  if (!Applied)
    return Applied.takeError();
  if (!Quiet)
    errs() << "corolint: applied " << *Applied << " fixes\n";
  return Error::success();
}

//===----------------------------------------------------------------------===//
// The last run
//===----------------------------------------------------------------------===//

/// The entry of this command in the cache; sets \p Commands to its database.
/// Nothing if the command does more than print, or depends on more than the
/// states of files.
static std::optional<LastRun> lastRun(ArrayRef<const char *> Arguments,
                                      StringRef Target, std::string &Commands) {
  if (NoCache || ShowProfile || ApplyFixes || !Target.empty() ||
      !SaveIndex.empty() || !NewBaseline.empty() || !Since.empty())
    return std::nullopt;
  auto Directory = findDatabase(Database);
  if (!Directory) {
    consumeError(Directory.takeError()); // The command itself reports it.
    return std::nullopt;
  }
  const std::optional<std::string> Found = jsonDatabaseIn(*Directory);
  if (!Found)
    return std::nullopt;
  Commands = *Found;
  std::string Key = programIdentity();
  auto Add = [&](StringRef Part) { Key += (Twine('\0') + Part).str(); };
  for (StringRef Argument : Arguments.drop_front())
    Add(Argument);
  // Directories by their real names: a link may point elsewhere meanwhile.
  std::vector<std::string> Places{".", *Directory, RootDirectory};
  llvm::append_range(Places, CheckPaths);
  for (StringRef Place : Places) {
    SmallString<256> Real;
    if (!Place.empty() && !sys::fs::real_path(Place, Real))
      Add(Real);
  }
  Add(*Directory);
  Add(sys::Process::StandardOutHasColors() ? "color" : "");
  LastRun Result(extractOptions(*Directory).Cache, Key);
  Result.dependOn(Commands);
  if (!Baseline.empty())
    Result.dependOn(absolutePath(Baseline));
  return Result;
}

/// Whether clang-tidy reads \p File without a complaint, which would be printed
/// in each run.
static bool isSound(const std::string &File) {
  auto Buffer = MemoryBuffer::getFile(File);
  bool Sound = true;
  if (Buffer)
    clang::tidy::parseConfigurationWithDiags(
        **Buffer, [&](const SMDiagnostic &) { Sound = false; });
  return Sound;
}

/// Adds the files that \p Made depends on. Returns false if these are not all.
static bool addDependencies(const MadeProgram &Made, const Program &Linked,
                            StringRef Commands, LastRun &To) {
  // Response files are not among the files of a unit, nor are built modules.
  auto Buffer = MemoryBuffer::getFile(Commands);
  if (!Buffer || (*Buffer)->getBuffer().contains(" @") ||
      (*Buffer)->getBuffer().contains("\"@"))
    return false;
  auto Upwards = [](StringRef From, StringSet<> &Into) {
    for (StringRef At = From; !At.empty() && Into.insert(At).second;
         At = sys::path::parent_path(At))
      ;
  };
  StringSet<> Configured, Above;
  for (const ExtractionJob &Job : Made.Jobs) {
    if (Job.IsModuleUser)
      return false;
    Upwards(sys::path::parent_path(Job.File), Configured);
  }
  for (const auto &Directory : Configured) {
    const std::string File = (Directory.getKey() + "/.clang-tidy").str();
    if (!isSound(File))
      return false;
    To.dependOn(File);
  }
  // These determine the root of the project.
  const StringRef Build = sys::path::parent_path(Commands);
  To.dependOn((Build + "/CMakeCache.txt").str());
  Upwards(Build, Above);
  for (const auto &Directory : Above)
    for (const char *Name : {"/.git", "/.hg"})
      To.dependOnExistence((Directory.getKey() + Name).str());
  for (const auto &Unit : Linked.units())
    for (const FileRecord &File : Unit->Files)
      To.dependOn(absolutePath(Unit->string(File.Path), Made.Root));
  return true;
}

int runCheck(ArrayRef<const char *> Arguments) {
  if (ListChecks)
    return listChecks();
  std::optional<Format> As = formatByName(FormatName);
  if (!As)
    return fail("--format: unknown format '" + StringRef(FormatName) +
                "'; known are text, json, sarif, github and html");
  const std::string Named = Output.empty() ? OutputFile : Output;
  const std::string Target =
      Named.empty() || Named == "-" ? "" : absolutePath(Named);
  std::unique_ptr<MemoryBuffer> Accepted;
  if (Error E = checkArguments(Target, Accepted))
    return fail(std::move(E));
  std::string Commands; // The database.
  std::optional<LastRun> Last = lastRun(Arguments, Target, Commands);
  if (Last)
    if (const std::optional<Printed> Known = Last->find()) {
      errs() << Known->Troubles;
      if (Error E = print(*Known))
        return fail(std::move(E));
      return Known->Status;
    }
  Program &Linked = *new Program; // Lives as long as the process.
  const std::vector<std::string> Paths(CheckPaths.begin(), CheckPaths.end());
  auto Made = makeProgram(Paths, Linked);
  if (!Made)
    return fail(Made.takeError());
  StepTimes &Times = Made->Costs.Steps;
  Times.begin(Step::Judge);
  std::vector<Finding> Findings = Linked.findings();
  dropSuppressed(Findings);
  addFingerprints(Findings);

  Times.begin(Step::Report);
  Printed Shown;
  if (!SaveIndex.empty())
    if (Error E = writePartsAtomically(SaveIndex, writeIndex(Linked)))
      return fail(std::move(E));
  if (!NewBaseline.empty()) {
    if (Error E = writeFileAtomically(NewBaseline, writeBaseline(Findings)))
      return fail(std::move(E));
    if (!Quiet)
      errs() << "corolint: accepted " << Findings.size() << " findings in '"
             << NewBaseline << "'\n";
    Findings.clear();
  } else if (Error E = finish(Findings, Accepted.get(), *As, Target, Shown)) {
    return fail(std::move(E));
  }
  Times.end();
  if (ShowProfile)
    Made->Costs.print(errs());
  if (!Made->Good)
    return Exit::Failed;
  Shown.Status = Findings.empty() ? Exit::Clean : Exit::Found;
  Shown.Troubles = std::move(Made->Troubles);
  if (Last && addDependencies(*Made, Linked, Commands, *Last))
    Last->keep(Shown);
  return Shown.Status;
}

} // namespace corolint
