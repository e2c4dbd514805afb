//===-- CheckCommand.cpp - corolint check ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "Since.h"
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
  const clang::tidy::GlobList Enabled(*Options->Checks);
  for (const CheckInfo &Check : allChecks())
    if (Enabled.contains(Check.Name) && Check.isOn(*Options->Checks))
      outs() << Check.Name << '\n';
  return Exit::Clean;
}

/// Prints \p Findings to \p Target, or to standard output if it is empty.
static Error report(ArrayRef<Finding> Findings, Format As, StringRef Target) {
  ReportContext Context;
  Context.Version = COROLINT_VERSION;
  SmallString<256> Here;
  sys::fs::current_path(Here);
  Context.Root = std::string(Here);
  Context.Color = Target.empty() && As == Format::Text &&
                  sys::Process::StandardOutHasColors();
  const bool Grouped = As == Format::Text && groupsByCause(Findings.size());
  auto Write = [&](raw_ostream &Out) {
    if (Grouped)
      writeByCause(Out, Findings, Context);
    else
      writeReport(Out, As, Findings, Context);
  };
  if (!Target.empty()) {
    std::string Text;
    raw_string_ostream Stream(Text);
    Write(Stream);
    return writeFileAtomically(Target.str(), Stream.str());
  }
  Write(outs());
  outs().flush();
  if (outs().has_error()) {
    std::error_code EC = outs().error();
    outs().clear_error();
    return makeError("cannot write to standard output: " + EC.message());
  }
  if (As == Format::Text && !Grouped && !Quiet)
    writeCommonCauses(errs(), Findings, Context);
  return Error::success();
}

/// Reports \p Findings without those that \p Accepted and --since exclude, and
/// applies their fixes.
static Error finish(std::vector<Finding> &Findings, MemoryBuffer *Accepted,
                    Format As, StringRef Target) {
  if (Accepted)
    if (Error E = applyBaseline(*Accepted, Findings))
      return E;
  if (!Since.empty())
    if (Error E = keepSince(Since, Findings))
      return E;
  if (Error E = report(Findings, As, Target))
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

int runCheck() {
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
  } else if (Error E = finish(Findings, Accepted.get(), *As, Target)) {
    return fail(std::move(E));
  }
  Times.end();
  if (ShowProfile)
    Made->Costs.print(errs());
  if (!Made->Good)
    return Exit::Failed;
  return Findings.empty() ? Exit::Clean : Exit::Found;
}

} // namespace corolint
