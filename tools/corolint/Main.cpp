//===-- Main.cpp - The driver's command line ------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bundle.h"
#include "Check.h"
#include "Command.h"
#include "Compat.h"
#include "Database.h"
#include "Setup.h"
#include "Since.h"
#include "clang-tidy/GlobList.h"
#include "model/Annotations.h"
#include "program/Index.h"
#include "program/Shard.h"
#include "report/Checks.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Threading.h"
#include <map>
#include <set>
#include <unistd.h>

using namespace llvm;
using namespace corolint;

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

static cl::OptionCategory Category("corolint options");

static cl::SubCommand CheckCommand("check", "Find what is wrong in a program");
static cl::SubCommand ExtractCommand("extract", "Summarise units into shards");
static cl::SubCommand LinkCommand("link", "Link shards into an index");
static cl::SubCommand ExplainCommand("explain",
                                     "Tell a function's effects, and why");
static cl::SubCommand NinjaCommand("ninja",
                                   "Write a ninja graph of the analysis");
static cl::SubCommand DoctorCommand("doctor",
                                    "Prove that the installation works");
static cl::SubCommand InitCommand("init", "Write configuration for a project");

static cl::opt<std::string>
    Database("p", cl::desc("Directory of compile_commands.json"),
             cl::value_desc("dir"), cl::cat(Category), cl::sub(CheckCommand),
             cl::sub(ExtractCommand), cl::sub(ExplainCommand),
             cl::sub(NinjaCommand));
static cl::opt<std::string>
    RootDirectory("root",
                  cl::desc("Where the project lies (default: CMake's source "
                           "directory, or what version control knows)"),
                  cl::value_desc("dir"), cl::cat(Category),
                  cl::sub(CheckCommand), cl::sub(ExtractCommand),
                  cl::sub(ExplainCommand), cl::sub(NinjaCommand));
static cl::opt<unsigned>
    NumJobs("j", cl::desc("Processes at once (default: one a core)"),
            cl::value_desc("n"), cl::init(0), cl::Prefix, cl::cat(Category),
            cl::sub(CheckCommand), cl::sub(ExtractCommand),
            cl::sub(ExplainCommand));
static cl::opt<std::string>
    CheckGlob("checks", cl::desc("Checks to run, as clang-tidy's --checks"),
              cl::value_desc("globs"), cl::cat(Category), cl::sub(CheckCommand),
              cl::sub(ExtractCommand), cl::sub(ExplainCommand),
              cl::sub(NinjaCommand));
static cl::opt<std::string>
    CacheDirectory("cache",
                   cl::desc("Where unchanged units are kept (default: "
                            ".corolint beside the database)"),
                   cl::value_desc("dir"), cl::cat(Category),
                   cl::sub(CheckCommand), cl::sub(ExtractCommand),
                   cl::sub(ExplainCommand));
static cl::opt<unsigned>
    CacheSize("cache-size",
              cl::desc("What the cache may hold (default: 1024; 0: no limit)"),
              cl::value_desc("megabytes"), cl::init(1024), cl::cat(Category),
              cl::sub(CheckCommand), cl::sub(ExtractCommand),
              cl::sub(ExplainCommand));
static cl::opt<bool> NoCache("no-cache", cl::desc("Extract every unit"),
                             cl::cat(Category), cl::sub(CheckCommand),
                             cl::sub(ExtractCommand), cl::sub(ExplainCommand));
static cl::opt<bool> Quiet("quiet", cl::desc("No progress, no summary"),
                           cl::cat(Category), cl::sub(CheckCommand),
                           cl::sub(ExtractCommand), cl::sub(ExplainCommand));
static cl::opt<std::string>
    FormatName("format", cl::desc("text, json, sarif, github or html"),
               cl::value_desc("format"), cl::init("text"), cl::cat(Category),
               cl::sub(CheckCommand));
static cl::opt<std::string>
    Output("output", cl::desc("Write there instead of to standard output"),
           cl::value_desc("file"), cl::cat(Category), cl::sub(CheckCommand));
static cl::opt<std::string> OutputFile("o", cl::desc("Write there"),
                                       cl::value_desc("file"),
                                       cl::cat(Category), cl::sub(CheckCommand),
                                       cl::sub(ExtractCommand),
                                       cl::sub(LinkCommand),
                                       cl::sub(NinjaCommand));
static cl::opt<std::string>
    Baseline("baseline", cl::desc("Leave out the findings in this file"),
             cl::value_desc("file"), cl::cat(Category), cl::sub(CheckCommand));
static cl::opt<std::string>
    NewBaseline("write-baseline",
                cl::desc("Accept today's findings: write them to this file"),
                cl::value_desc("file"), cl::cat(Category),
                cl::sub(CheckCommand));
static cl::opt<std::string>
    Since("since", cl::desc("Only what the changes since then introduce"),
          cl::value_desc("git-ref"), cl::cat(Category), cl::sub(CheckCommand));
static cl::opt<bool> ListChecks("list-checks",
                                cl::desc("List the checks that are on, and "
                                         "exit"),
                                cl::cat(Category), cl::sub(CheckCommand));
static cl::opt<bool> ApplyFixes("fix", cl::desc("Apply the fixes"),
                                cl::cat(Category), cl::sub(CheckCommand));
static cl::opt<std::string>
    SaveIndex("index", cl::desc("Also write the linked index there"),
              cl::value_desc("file"), cl::cat(Category), cl::sub(CheckCommand));
static cl::opt<std::string> ReadIndex("index",
                                      cl::desc("Use this linked index"),
                                      cl::value_desc("file"), cl::cat(Category),
                                      cl::sub(ExplainCommand),
                                      cl::sub(DoctorCommand));
static cl::opt<std::string> Slice("shard",
                                  cl::desc("Only the I-th of N slices"),
                                  cl::value_desc("I/N"), cl::cat(Category),
                                  cl::sub(ExtractCommand));
static cl::opt<std::string>
    Depfile("depfile", cl::desc("Write what was read, as a Makefile rule"),
            cl::value_desc("file"), cl::cat(Category), cl::sub(ExtractCommand));
static cl::opt<bool> Force("force", cl::desc("Overwrite what is there"),
                           cl::cat(Category), cl::sub(InitCommand));

static cl::list<std::string> CheckPaths(cl::Positional, cl::desc("[path...]"),
                                        cl::cat(Category),
                                        cl::sub(CheckCommand));
static cl::list<std::string> ExtractPaths(cl::Positional,
                                          cl::desc("[path...] [-- command]"),
                                          cl::cat(Category),
                                          cl::sub(ExtractCommand));
static cl::list<std::string> LinkPaths(cl::Positional,
                                       cl::desc("shard or index..."),
                                       cl::cat(Category), cl::sub(LinkCommand));
static cl::opt<std::string> ExplainName(cl::Positional, cl::desc("name"),
                                        cl::cat(Category),
                                        cl::sub(ExplainCommand));
static cl::opt<std::string> InitDirectory(cl::Positional, cl::desc("[dir]"),
                                          cl::init("."), cl::cat(Category),
                                          cl::sub(InitCommand));

/// What follows `--`: a compile command.
static std::vector<std::string> CommandAfter;

static int fail(const Twine &Message) {
  errs() << "corolint: error: " << Message << '\n';
  return Exit::Failed;
}

static int fail(Error E) { return fail(toString(std::move(E))); }

static std::string absolute(StringRef Path) {
  SmallString<256> Result(Path);
  sys::fs::make_absolute(Result);
  sys::path::remove_dots(Result, true);
  return std::string(Result);
}

//===----------------------------------------------------------------------===//
// Extracting
//===----------------------------------------------------------------------===//

static ExtractOptions extractOptions(StringRef Directory) {
  ExtractOptions Options;
  Options.Jobs =
      NumJobs ? unsigned(NumJobs)
              : heavyweight_hardware_concurrency().compute_thread_count();
  Options.Quiet = Quiet;
  Options.CacheBytes = uint64_t(CacheSize) << 20;
  if (!NoCache)
    Options.Cache = CacheDirectory.empty() ? (Directory + "/.corolint").str()
                                           : absolute(CacheDirectory);
  return Options;
}

/// Where the project lies: as told, or as its database tells.
static Expected<std::string>
rootFor(StringRef Directory,
        const clang::tooling::CompilationDatabase *Commands) {
  if (RootDirectory.empty())
    return rootOf(Directory, Commands);
  const std::string Root = absolute(RootDirectory);
  if (!sys::fs::is_directory(Root))
    return makeError("--root: there is no directory '" + Root + "'");
  return Root;
}

/// Extracts and links what the command line names. Returns false if some unit
/// could not be analysed as it should be; the rest is linked all the same.
static Expected<bool> makeProgram(ArrayRef<std::string> Paths, Program &Linked,
                                  std::vector<Extracted> &Keep,
                                  std::string &Directory) {
  Directory = Database;
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
  bool Good = true;
  std::vector<MemoryBufferRef> Shards;
  Keep = extractAll(*Jobs, extractOptions(Directory));
  for (size_t I = 0; I < Keep.size(); ++I) {
    if (!Keep[I].Shard) {
      errs() << "corolint: error: " << Keep[I].Error << '\n';
      Good = false;
      continue;
    }
    Shards.push_back(*Keep[I].Shard);
  }
  if (Error E = addShards(Shards, Linked))
    return std::move(E);
  if (Error E = Linked.link())
    return std::move(E);
  if (reportTroubles(Linked))
    Good = false;
  return Good;
}

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
  const std::string Target = absolute(OutputFile);
  const std::string Rule = Depfile.empty() ? "" : absolute(Depfile);
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
    for (const FileRecord &File : (*Unit)->Files) {
      SmallString<256> Path((*Unit)->Strings[File.Path]);
      compat::makeAbsolute(Job.Root, Path);
      Text += " \\\n  " + escapeMake(Path);
    }
    if (Error E = writeFileAtomically(Rule, Text + "\n"))
      return fail(std::move(E));
  }
  Program Alone;
  Alone.setRoot(Job.Root);
  Alone.add(std::move(*Unit), *Results.front().Shard);
  if (Error E = Alone.link())
    return fail(std::move(E));
  return reportTroubles(Alone) ? Exit::Failed : Exit::Clean;
}

static std::string shardName(const ExtractionJob &Job) {
  return (sys::path::filename(Job.File) + "-" + Job.Variant + ".shard").str();
}

/// Which jobs are the I-th slice: the dearest job goes to the slice with least
/// work so far. Every machine computes the same.
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
    return Cost ? Cost : 1000u; // As good a guess as any.
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

static int runExtract() {
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
    // Either a whole command, or flags only.
    if (StringRef(Command.front()).starts_with("-"))
      Command.insert(Command.begin(), "clang++");
    const std::string File = absolute(ExtractPaths.front());
    if (llvm::none_of(Command, [&](const std::string &Argument) {
          return absolute(Argument) == File;
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
  const std::string Target = absolute(OutputFile);
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
  if (reportTroubles(Troubles))
    Good = false;
  if (!Quiet)
    outs() << "wrote " << Results.size() << " shards to " << Target << '\n';
  return Good ? Exit::Clean : Exit::Failed;
}

//===----------------------------------------------------------------------===//
// Other commands
//===----------------------------------------------------------------------===//

static int runLink() {
  if (LinkPaths.empty())
    return fail("link: name shards or indexes to link");
  if (OutputFile.empty())
    return fail("link: name the index to write with -o");
  Program &Linked = *new Program; // Lives as long as the process.
  std::vector<std::unique_ptr<MemoryBuffer>> Keep;
  std::vector<std::string> Paths(LinkPaths.begin(), LinkPaths.end());
  if (Error E = loadInputs(Paths, Linked, Keep))
    return fail(std::move(E));
  if (Error E = Linked.link())
    return fail(std::move(E));
  if (Error E = writePartsAtomically(OutputFile, Linked.index()))
    return fail(std::move(E));
  return Exit::Clean;
}

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

/// Whether the file at \p Path can be made or replaced: better told before the
/// work than after it.
static Error checkWritable(StringRef Path) {
  const std::string Whole = absolute(Path);
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

/// Whatever would only be found wrong after minutes of work.
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

/// Lists the checks that the options and .clang-tidy of this directory enable.
static int listChecks() {
  auto Options = optionsFor(absolute("any.cpp"), CheckGlob);
  if (!Options)
    return fail(Options.takeError());
  const clang::tidy::GlobList Enabled(Options->Checks.value_or(""));
  for (const CheckInfo &Check : allChecks())
    if (Enabled.contains(Check.Name))
      outs() << Check.Name << '\n';
  return Exit::Clean;
}

static int runCheck() {
  if (ListChecks)
    return listChecks();
  std::optional<Format> As = formatByName(FormatName);
  if (!As)
    return fail("--format: unknown format '" + StringRef(FormatName) +
                "'; known are text, json, sarif, github and html");
  const std::string Named = Output.empty() ? OutputFile : Output;
  const std::string Target =
      Named.empty() || Named == "-" ? "" : absolute(Named);
  std::unique_ptr<MemoryBuffer> Accepted;
  if (Error E = checkArguments(Target, Accepted))
    return fail(std::move(E));
  Program &Linked = *new Program; // Lives as long as the process.
  std::vector<Extracted> Keep;
  std::string Directory;
  std::vector<std::string> Paths(CheckPaths.begin(), CheckPaths.end());
  auto Good = makeProgram(Paths, Linked, Keep, Directory);
  if (!Good)
    return fail(Good.takeError());
  std::vector<Finding> Findings = Linked.findings();
  dropSuppressed(Findings);
  addFingerprints(Findings);

  if (!SaveIndex.empty())
    if (Error E = writePartsAtomically(SaveIndex, Linked.index()))
      return fail(std::move(E));
  if (!NewBaseline.empty()) {
    if (Error E = writeFileAtomically(NewBaseline, writeBaseline(Findings)))
      return fail(std::move(E));
    if (!Quiet)
      errs() << "corolint: accepted " << Findings.size() << " findings in '"
             << NewBaseline << "'\n";
    return *Good ? Exit::Clean : Exit::Failed;
  }
  if (Accepted)
    if (Error E = applyBaseline(*Accepted, Findings))
      return fail(std::move(E));
  if (!Since.empty())
    if (Error E = keepSince(Since, Findings))
      return fail(std::move(E));

  ReportContext Context;
  Context.Version = COROLINT_VERSION;
  SmallString<256> Here;
  sys::fs::current_path(Here);
  Context.Root = std::string(Here);
  Context.Color = Target.empty() && *As == Format::Text &&
                  sys::Process::StandardOutHasColors();
  if (Target.empty()) {
    writeReport(outs(), *As, Findings, Context);
    outs().flush();
    if (outs().has_error()) {
      std::error_code EC = outs().error();
      outs().clear_error();
      return fail("cannot write to standard output: " + EC.message());
    }
    if (*As == Format::Text && !Quiet)
      writeCommonCauses(errs(), Findings, Context);
  } else {
    std::string Text;
    raw_string_ostream Stream(Text);
    writeReport(Stream, *As, Findings, Context);
    if (Error E = writeFileAtomically(Target, Stream.str()))
      return fail(std::move(E));
  }
  if (ApplyFixes) {
    auto Applied = applyFixes(Findings);
    if (!Applied)
      return fail(Applied.takeError());
    if (!Quiet)
      errs() << "corolint: applied " << *Applied << " fixes\n";
  }
  if (!*Good)
    return Exit::Failed;
  return Findings.empty() ? Exit::Clean : Exit::Found;
}

static std::string namesOf(EffectSet Effects) {
  std::string Result;
  auto Add = [&](const Twine &Text) {
    Result += (Result.empty() ? "" : ", ") + Text.str();
  };
  for (unsigned Kind = 0; Kind < NumBlockKinds; ++Kind)
    if (Effects & (EffectSet(1) << Kind))
      Add("may block (" + spelling(BlockKind(Kind)) + ")");
  if (Effects & DeclaredBlocking)
    Add("may block (declared)");
  if (Effects & SyncWaits)
    Add("waits synchronously for asynchronous work");
  if (Effects & Yields)
    Add("lets other coroutines run");
  return Result;
}

/// Where the tree lies that an index stands for.
static std::string rootOfIndex(StringRef Path) {
  auto Index = ProgramIndex::open(Path);
  if (!Index) {
    consumeError(Index.takeError());
    return {};
  }
  (*Index)->findRoot(absolute("here"));
  return (*Index)->root().str();
}

static raw_ostream &operator<<(raw_ostream &Out, const Location &Where) {
  return Out << Where.File << ':' << Where.Line << ':' << Where.Column << ": ";
}

/// The annotations of \p Set, as they are written in code.
static std::string marksOf(uint32_t Set) {
  std::string Result;
  auto Add = [&](Annotation A, StringRef Spelling) {
    if (Set & uint32_t(A))
      Result +=
          (Result.empty() ? "COROLINT_" : ", COROLINT_") + Spelling.upper();
  };
#define COROLINT_ANNOTATION(Name, Spelling, Bit)                               \
  Add(Annotation::Name, Spelling);
#include "model/Annotations.def"
  return Result;
}

static void explain(const Program &Linked, Program::FunctionId Id,
                    ArrayRef<Program::Declared> AllDeclared) {
  const std::string Name = Linked.qualifiedName(Id);
  std::vector<Program::Declared> Declared;
  // Callers go by what is declared; whoever has a body has its effects from it.
  if (!Linked.isDefined(Id))
    llvm::copy_if(AllDeclared, std::back_inserter(Declared),
                  [&](const auto &D) { return D.Qualified == Name; });
  const EffectSet FromBody = Linked.effects(Id);
  EffectSet Effects = FromBody;
  for (const Program::Declared &D : Declared)
    Effects |= D.Effect;
  const auto [Marks, Marked] = Linked.marks(Id);
  outs() << Linked.whereIs(Id) << "'" << Name << "': ";
  if (Effects)
    outs() << namesOf(Effects) << '\n';
  else if (Linked.isDefined(Id) || Marks)
    outs() << "no effects\n";
  else
    outs()
        << "no unit has its body, and no model or annotation tells: taken as "
           "harmless\n";
  if (Marks)
    outs() << "  " << marksOf(Marks) << ":\n    " << Marked
           << "declared here\n";
  for (const Program::Declared &D : Declared)
    if (!(FromBody & D.Effect))
      outs() << "  " << namesOf(D.Effect) << ":\n    " << D.Why.Where
             << D.Why.Message << '\n';
  for (EffectSet Left = FromBody; Left; Left &= Left - 1) {
    const EffectSet Effect = Left & -Left;
    outs() << "  " << namesOf(Effect)
           << (Linked.passing(Id) & Effect
                   ? ":\n"
                   : ", which its callers do not notice:\n");
    for (const Note &N : Linked.witness(Id, Effect))
      outs() << "    " << N.Where << N.Message << '\n';
  }
}

/// Those that units call and only models know, such as `sleep`, are no
/// functions of the program.
static void explainLibrary(ArrayRef<Program::Declared> Declared) {
  for (size_t I = 0; I < Declared.size(); ++I) {
    if (I == 0 || Declared[I].Qualified != Declared[I - 1].Qualified)
      outs() << "'" << Declared[I].Qualified << "':\n";
    outs() << "  " << namesOf(Declared[I].Effect) << ":\n    "
           << Declared[I].Why.Where << Declared[I].Why.Message << '\n';
  }
}

static int runExplain() {
  if (ExplainName.empty())
    return fail("explain: name a function or a check");
  if (const CheckInfo *Check = findCheck(ExplainName)) {
    outs() << Check->Name << ": " << Check->Sentence << '\n';
    return Exit::Clean;
  }
  Program &Linked = *new Program; // Lives as long as the process.
  std::vector<Extracted> Keep;
  std::vector<std::unique_ptr<MemoryBuffer>> Buffers;
  bool Good = true;
  if (!ReadIndex.empty()) {
    if (Error E = loadInputs({ReadIndex}, Linked, Buffers))
      return fail(std::move(E));
    if (std::string Root = RootDirectory.empty() ? rootOfIndex(ReadIndex)
                                                 : absolute(RootDirectory);
        !Root.empty())
      Linked.setRoot(Root);
    if (Error E = Linked.link())
      return fail(std::move(E));
  } else {
    std::string Directory;
    auto Made = makeProgram({}, Linked, Keep, Directory);
    if (!Made)
      return fail(Made.takeError());
    Good = *Made;
  }
  const auto Ids = Linked.functionsNamed(ExplainName);
  const auto Declared = Linked.declaredOf(ExplainName);
  if (Ids.empty() && Declared.empty()) {
    std::string Like;
    for (const std::string &Name : Linked.namesLike(ExplainName))
      Like += (Like.empty() ? "; did you mean '" : "', '") + Name;
    return fail("no unit knows a function '" + StringRef(ExplainName) + "'" +
                Like + (Like.empty() ? "" : "'?"));
  }
  for (Program::FunctionId Id : Ids)
    explain(Linked, Id, Declared);
  if (Ids.empty())
    explainLibrary(Declared);
  return Good ? Exit::Clean : Exit::Failed;
}

static std::string escapeNinja(StringRef Path) {
  std::string Result;
  for (char C : Path) {
    if (C == ' ' || C == ':' || C == '$')
      Result += '$';
    Result += C;
  }
  return Result;
}

static std::string quoteShell(StringRef Text) {
  std::string Result = "'";
  for (char C : Text)
    Result += C == '\'' ? std::string("'\\''") : std::string(1, C);
  return Result + "'";
}

static int runNinja() {
  if (OutputFile.empty())
    return fail("ninja: name the file to write with -o");
  std::string Directory = Database;
  auto Commands = loadDatabase(Directory);
  if (!Commands)
    return fail(Commands.takeError());
  auto Root = rootFor(Directory, Commands->get());
  if (!Root)
    return fail(Root.takeError());
  auto Quote = [](StringRef Text) {
    std::string Result;
    for (char Letter : quoteShell(Text))
      Result += Letter == '$' ? std::string("$$") : std::string(1, Letter);
    return Result;
  };
  const std::string Own = Quote(sys::fs::getMainExecutable(nullptr, nullptr));
  std::string Options = " --root " + Quote(*Root);
  if (!CheckGlob.empty())
    Options += " --checks=" + Quote(CheckGlob);
  std::string Text =
      "# Written by 'corolint ninja'.\nninja_required_version = 1.5\n"
      "rule extract\n  command = cd $dir && " +
      Own + " extract $in" + Options +
      " -o $out --depfile $out.d -- $flags\n"
      "  depfile = $out.d\n  deps = gcc\n  description = corolint $in\n"
      "rule link\n  command = " +
      Own +
      " link @$out.rsp -o $out\n  rspfile = $out.rsp\n"
      "  rspfile_content = $in_newline\n  description = link $out\n\n";
  std::string Shards;
  const std::string Target = absolute(OutputFile);
  SmallString<256> Into(sys::path::parent_path(Target));
  sys::path::append(Into, "shards");
  std::set<std::string> Seen;
  for (const auto &C : (*Commands)->getAllCompileCommands()) {
    if (isAssembly(C))
      continue;
    auto Job = makeJob(C, *Root, CheckGlob);
    if (!Job)
      return fail(Job.takeError());
    std::string Shard = (Into + "/" + shardName(*Job)).str();
    if (!Seen.insert(Shard).second)
      continue;
    std::string Flags;
    for (const std::string &Argument : C.CommandLine)
      Flags += " " + Quote(Argument);
    Text += "build " + escapeNinja(Shard) + ": extract " +
            escapeNinja(Job->File) + "\n  dir = " + Quote(Job->Directory) +
            "\n  flags =" + Flags + "\n";
    Shards += " $\n  " + escapeNinja(Shard);
  }
  SmallString<256> Index(sys::path::parent_path(Target));
  sys::path::append(Index, "program.index");
  Text += "build " + escapeNinja(Index) + ": link" + Shards + "\ndefault " +
          escapeNinja(Index) + "\n";
  if (Error E = writeFileAtomically(Target, Text))
    return fail(std::move(E));
  return Exit::Clean;
}

static int run(int Argc, char **Argv) {
  // cl::opt knows no "everything after --".
  std::vector<const char *> Arguments;
  int At = 0;
  for (; At < Argc && StringRef(Argv[At]) != "--"; ++At)
    Arguments.push_back(Argv[At]);
  // As people ask git and others.
  if (Arguments.size() > 1 && StringRef(Arguments[1]) == "help") {
    Arguments.erase(Arguments.begin() + 1);
    Arguments.push_back("--help");
  }
  for (++At; At < Argc; ++At)
    CommandAfter.push_back(Argv[At]);
  for (cl::SubCommand *Command :
       {&CheckCommand, &ExtractCommand, &LinkCommand, &ExplainCommand,
        &NinjaCommand, &DoctorCommand, &InitCommand})
    cl::HideUnrelatedOptions(Category, *Command);
  cl::HideUnrelatedOptions(Category);
  cl::SetVersionPrinter([](raw_ostream &Out) { Out << versionText() << '\n'; });
  // llvm::cl exits with 1, which here means that something was found.
  std::string Wrong;
  raw_string_ostream WrongStream(Wrong);
  if (!cl::ParseCommandLineOptions(
          Arguments.size(), Arguments.data(),
          "corolint: finds where C++ coroutines yield, block or wait though "
          "they must not\n\nExit status: 0 nothing found, 1 something found, 2 "
          "it could not do its work.\n",
          &WrongStream)) {
    errs() << WrongStream.str();
    return Exit::Failed;
  }
  if (CheckCommand)
    return runCheck();
  if (ExtractCommand)
    return runExtract();
  if (LinkCommand)
    return runLink();
  if (ExplainCommand)
    return runExplain();
  if (NinjaCommand)
    return runNinja();
  if (DoctorCommand)
    return doctor(ReadIndex);
  if (InitCommand)
    return init(InitDirectory, Force);
  return fail("name a command: check, extract, link, explain, ninja, doctor or "
              "init; 'corolint --help' tells more");
}

int main(int Argc, char **Argv) {
  std::optional<int> Bundled = runBundled(Argc, Argv);
  const int Status = Bundled ? *Bundled : run(Argc, Argv);
  outs().flush();
  errs().flush();
  // Taking a large program apart piece by piece serves nobody now.
  _exit(Status);
}
