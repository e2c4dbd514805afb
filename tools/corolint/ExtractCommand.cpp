//===-- ExtractCommand.cpp - corolint extract -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Command.h"
#include "Compat.h"
#include "Database.h"
#include "Options.h"
#include "program/Shard.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {

static cl::opt<std::string> Slice("shard",
                                  cl::desc("Only the I-th of N slices"),
                                  cl::value_desc("I/N"), cl::cat(category()),
                                  cl::sub(extractCommand()));
static cl::opt<std::string> Depfile(
    "depfile", cl::desc("Write the files that were read, as a Makefile rule"),
    cl::value_desc("file"), cl::cat(category()), cl::sub(extractCommand()));
static cl::list<std::string> ExtractPaths(cl::Positional,
                                          cl::desc("[path...] [-- command]"),
                                          cl::cat(category()),
                                          cl::sub(extractCommand()));

static std::string escapeMake(StringRef Path) {
  std::string Result;
  for (char C : Path) {
    if (C == ' ' || C == '#')
      Result += '\\';
    if (C == '$')
      Result += '$';
    Result += C;
  }
  return Result;
}

static int extractOne(const ExtractionJob &Job) {
  const std::string Target = absolutePath(OutputFile);
  const std::string Rule = Depfile.empty() ? "" : absolutePath(Depfile);
  ExtractOptions Options;
  Options.Quiet = true;
  std::vector<Extracted> Results = extractAll(Job, Options);
  if (!Results.front().Shard)
    return fail(Results.front().Error);
  auto Unit = readShard(*Results.front().Shard);
  if (!Unit)
    return fail(Unit.takeError());
  if (Error E = writeFileAtomically(Target, Results.front().Shard->getBuffer()))
    return fail(std::move(E));
  if (!Rule.empty()) {
    std::string Text = escapeMake(OutputFile) + ":";
    for (const FileRecord &File : (*Unit)->Files)
      Text += " \\\n  " +
              escapeMake(absolutePath((*Unit)->string(File.Path), Job.Root));
    if (Error E = writeFileAtomically(Rule, Text + "\n"))
      return fail(std::move(E));
  }
  Program Alone;
  Alone.setRoot(Job.Root);
  Alone.add(std::move(*Unit), *Results.front().Shard);
  if (Error E = Alone.link())
    return fail(std::move(E));
  return reportTroubles(Alone, errs()) ? Exit::Failed : Exit::Clean;
}

/// The jobs of the I-th slice. Each job, the most expensive first, goes to the
/// slice with the least work so far. Every machine computes the same slices.
static Expected<std::vector<ExtractionJob>>
sliceOf(std::vector<ExtractionJob> Jobs, StringRef Cache) {
  auto [First, Second] = StringRef(Slice).split('/');
  unsigned Index = 0, Count = 0;
  if (First.getAsInteger(10, Index) || Second.getAsInteger(10, Count) ||
      Index < 1 || Index > Count)
    return makeError("--shard: '" + StringRef(Slice) +
                     "' is not of the form I/N with 1 <= I <= N");
  StringMap<unsigned> Costs = pastCosts(Cache);
  auto CostOf = [&](const ExtractionJob &Job) {
    unsigned Cost = Costs.lookup(costKey(Job));
    return Cost ? Cost : 1000u; // An arbitrary estimate.
  };
  std::vector<size_t> Order(Jobs.size());
  for (size_t I = 0; I < Order.size(); ++I)
    Order[I] = I;
  llvm::stable_sort(Order, [&](size_t A, size_t B) {
    return CostOf(Jobs[A]) > CostOf(Jobs[B]);
  });
  std::vector<uint64_t> Load(Count);
  std::vector<ExtractionJob> Result;
  for (size_t I : Order) {
    size_t Least = std::min_element(Load.begin(), Load.end()) - Load.begin();
    Load[Least] += CostOf(Jobs[I]);
    if (Least + 1 == Index)
      Result.push_back(Jobs[I]);
  }
  return Result;
}

int runExtract() {
  if (OutputFile.empty())
    return fail("extract: name the shard, or with --shard the directory, to "
                "write with -o");
  if (!CommandAfter.empty()) {
    if (ExtractPaths.size() != 1)
      return fail(
          "extract: with a command after '--', name one file before it");
    SmallString<256> Here;
    sys::fs::current_path(Here);
    std::vector<std::string> Command = CommandAfter;
    // The arguments are a whole command or only flags.
    if (StringRef(Command.front()).starts_with("-"))
      Command.insert(Command.begin(), "clang++");
    const std::string File = absolutePath(ExtractPaths.front());
    if (llvm::none_of(Command, [&](const std::string &Argument) {
          return absolutePath(Argument) == File;
        }))
      Command.push_back(File);
    auto Root = rootFor(Here, nullptr);
    if (!Root)
      return fail(Root.takeError());
    auto Job = makeJob({Here, File, Command, ""}, *Root, CheckGlob);
    if (!Job)
      return fail(Job.takeError());
    return extractOne(*Job);
  }
  std::string Directory = Database;
  auto Commands = loadDatabase(Directory);
  if (!Commands)
    return fail(Commands.takeError());
  std::vector<std::string> Paths(ExtractPaths.begin(), ExtractPaths.end());
  auto Root = rootFor(Directory, Commands->get());
  if (!Root)
    return fail(Root.takeError());
  auto Jobs = makeJobs(**Commands, Paths, *Root, CheckGlob);
  if (!Jobs)
    return fail(Jobs.takeError());
  if (Slice.empty()) {
    if (Jobs->size() == 1)
      return extractOne(Jobs->front());
    return fail("extract: " + Twine(Jobs->size()) +
                " units, but one shard to write; name one file, or write many "
                "shards into a directory with --shard 1/1 -o DIR");
  }
  const std::string Target = absolutePath(OutputFile);
  ExtractOptions Options = extractOptions(Directory);
  auto Mine = sliceOf(std::move(*Jobs), Options.Cache);
  if (!Mine)
    return fail(Mine.takeError());
  if (std::error_code EC = sys::fs::create_directories(Target))
    return fail("cannot make '" + Target + "': " + EC.message());
  std::vector<Extracted> Results = extractAll(*Mine, Options);
  bool Good = true;
  Program Troubles;
  Troubles.setRoot(*Root);
  for (size_t I = 0; I < Results.size(); ++I) {
    if (!Results[I].Shard) {
      errs() << "corolint: error: " << Results[I].Error << '\n';
      Good = false;
      continue;
    }
    if (Error E = writeFileAtomically(Target + "/" + shardName((*Mine)[I]),
                                      Results[I].Shard->getBuffer()))
      return fail(std::move(E));
    auto Unit = readShard(*Results[I].Shard);
    if (!Unit)
      return fail(Unit.takeError());
    Troubles.add(std::move(*Unit), *Results[I].Shard);
  }
  if (Error E = Troubles.link())
    return fail(std::move(E));
  if (reportTroubles(Troubles, errs()))
    Good = false;
  if (!Quiet)
    outs() << "wrote " << Results.size() << " shards to " << Target << '\n';
  return Good ? Exit::Clean : Exit::Failed;
}

} // namespace corolint
