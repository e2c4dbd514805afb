//===-- Extractor.cpp - From a source file to its summary -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Extractor.h"
#include "AllChecks.h"
#include "Compat.h"
#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "program/FindingWriter.h"
#include "program/Shard.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"
#include <map>
#include <unistd.h>

using namespace clang;
using namespace llvm;

namespace corolint {

std::string versionText() {
  return std::string("corolint " COROLINT_VERSION " (LLVM ") +
         compat::BuiltFor + ")";
}

Expected<tidy::ClangTidyOptions> optionsFor(StringRef File, StringRef Checks) {
  tidy::ClangTidyOptions Defaults = tidy::ClangTidyOptions::getDefaults();
  Defaults.HeaderFilterRegex = ".*";
  tidy::FileOptionsProvider Provider(tidy::ClangTidyGlobalOptions(), Defaults,
                                     tidy::ClangTidyOptions());
  tidy::ClangTidyOptions Result = Provider.getOptions(File);
  // Only what the configuration says of our own checks matters.
  std::string Glob = "-*,coro-*";
  SmallVector<StringRef, 16> Entries;
  const std::string Configured = Result.Checks.value_or("");
  StringRef(Configured).split(Entries, ',');
  for (StringRef Entry : Entries)
    if (StringRef Name = Entry.trim();
        Name.starts_with("coro-") || Name.starts_with("-coro-"))
      Glob += "," + Name.str();
  if (!Checks.empty())
    Glob += "," + Checks.str();
  Result.Checks = Glob;
  // The whole program is at hand; an index of an earlier one would add nothing.
  Result.CheckOptions.erase("CoroIndex");
  return Result;
}

namespace {

uint64_t hashOf(StringRef Content) { return xxh3_64bits(Content); }

/// The parts of the result that outlive the AST.
struct Extraction {
  explicit Extraction(const ExtractionJob &Job) : Paths(Job.paths()) {}

  Summary Result;
  StringTable Strings{Result.Strings};
  UnitPaths Paths;
  FindingWriter Findings{Paths, Strings, Result};
  std::map<std::string, uint64_t> Files; ///< Hashes, by absolute path.
  bool Parsed = false;

  void addError(StringRef Message, SourcePoint Where = {}) {
    Result.Errors.push_back({Strings.id(Message), Where});
  }
};

class ExtractConsumer : public ASTConsumer {
public:
  ExtractConsumer(const ExtractionJob &Job, tidy::ClangTidyContext &Tidy,
                  Extraction &Out)
      : Job(Job), Tidy(Tidy), Out(Out) {}

  void HandleTranslationUnit(ASTContext &Context) override {
    Tidy.setSourceManager(&Context.getSourceManager());
    Tidy.setCurrentFile(Job.File);
    Tidy.setASTContext(&Context);
    auto Shared = std::make_shared<Session>();
    Shared->beWholeProgram();
    std::vector<std::unique_ptr<CoroCheck>> Checks;
    for (const CheckInfo &Info : allChecks()) {
      if (!Tidy.isCheckEnabled(Info.Name) ||
          !Info.isOn(Tidy.getOptions().Checks.value_or("")))
        continue;
      Checks.push_back(createCheck(Info.Name, &Tidy, Shared));
      Out.Result.Checks.push_back(
          {Out.Strings.id(Info.Name),
           Checks.back()->effects(FindingContext::Kind::EventLoop)});
    }
    ast_matchers::MatchFinder Finder;
    for (auto &Check : Checks)
      Check->registerMatchers(&Finder);
    Analysis &Analysed = Shared->analysis(Context);
    // What the analysis lists needs no search for in the headers.
    for (const Decl *D : Analysed.contexts().annotated())
      Finder.match(*D, Context);
    for (const FunctionDecl *Function : Analysed.contexts().functions())
      Finder.match(*Function, Context);
    for (const FunctionDecl *Function : Analysed.crashed())
      Out.addError("the analysis of '" + Function->getQualifiedNameAsString() +
                   "' crashed; nothing is known of it");
    SummaryWriter Writer(Analysed, Out.Paths, Out.Strings, Out.Result);
    Writer.writeFunctions();
    Out.Findings.collect(Shared->collected(), Analysed, Writer);
    Writer.finish();
    addFiles(Context.getSourceManager());
    Out.Parsed = true;
  }

private:
  void addFiles(const SourceManager &Sources) {
    for (auto It = Sources.fileinfo_begin(); It != Sources.fileinfo_end(); ++It)
      if (auto Buffer = It->second->getBufferIfLoaded())
        Out.Files[Out.Paths.absolute(It->first.getName())] =
            hashOf(Buffer->getBuffer());
  }

  const ExtractionJob &Job;
  tidy::ClangTidyContext &Tidy;
  Extraction &Out;
};

class ExtractAction : public ASTFrontendAction {
public:
  ExtractAction(const ExtractionJob &Job, tidy::ClangTidyContext &Tidy,
                Extraction &Out)
      : Job(Job), Tidy(Tidy), Out(Out) {}
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 StringRef) override {
    return std::make_unique<ExtractConsumer>(Job, Tidy, Out);
  }

private:
  const ExtractionJob &Job;
  tidy::ClangTidyContext &Tidy;
  Extraction &Out;
};

/// The place of \p Message, whose file is read again: the AST is gone.
SourcePoint placeOf(const tooling::DiagnosticMessage &Message,
                    Extraction &Out) {
  if (Message.FilePath.empty())
    return {};
  SourcePoint P{Out.Strings.id(Out.Paths.nameOf(Message.FilePath)), 0, 0};
  auto Buffer = MemoryBuffer::getFile(Out.Paths.absolute(Message.FilePath));
  if (!Buffer)
    return P;
  const StringRef Before =
      (*Buffer)->getBuffer().take_front(Message.FileOffset);
  P.Line = Before.count('\n') + 1;
  P.Column = Before.size() - (Before.rfind('\n') + 1) + 1;
  return P;
}

/// Takes over what clang-tidy kept: our findings, and errors of the compiler.
void addKept(const tidy::ClangTidyError &Kept, Extraction &Out) {
  if (findCheck(Kept.DiagnosticName))
    Out.Findings.write(Kept.DiagnosticName, Kept.Message.FilePath,
                       Kept.Message.FileOffset);
  else if (Kept.DiagLevel == tooling::Diagnostic::Error)
    Out.addError(Kept.Message.Message, placeOf(Kept.Message, Out));
}

/// One file's options, for every file: a unit has one configuration.
class FixedOptions : public tidy::ClangTidyOptionsProvider {
public:
  explicit FixedOptions(tidy::ClangTidyOptions Options)
      : Options(std::move(Options)) {}
  const tidy::ClangTidyGlobalOptions &getGlobalOptions() override {
    return Global;
  }
  std::vector<OptionsSource> getRawOptions(StringRef) override {
    return {{Options, "corolint"}};
  }

private:
  tidy::ClangTidyGlobalOptions Global;
  tidy::ClangTidyOptions Options;
};

void addAllowed(const tidy::ClangTidyOptions &Options, Extraction &Out) {
  for (const CheckInfo &Check : allChecks()) {
    auto It =
        Options.CheckOptions.find((Check.Name + ".AllowedFunctions").str());
    if (It == Options.CheckOptions.end())
      continue;
    for (StringRef Function : parseList(It->second.Value))
      Out.Result.Allowed.push_back(
          {Out.Strings.id(Check.Name), Out.Strings.id(Function)});
  }
}

void addModels(const ExtractionJob &Job, Extraction &Out) {
  auto It = Job.Options.CheckOptions.find("CoroModels");
  if (It == Job.Options.CheckOptions.end())
    return;
  for (StringRef Named : parseList(It->second.Value)) {
    const std::string Path = locate(Named, Job.File);
    if (auto Buffer = MemoryBuffer::getFile(Path))
      Out.Files[Out.Paths.absolute(Path)] = hashOf((*Buffer)->getBuffer());
  }
}

} // namespace

Expected<std::unique_ptr<Summary>> extract(const ExtractionJob &Job) {
  if (std::error_code EC = sys::fs::set_current_path(Job.Directory))
    return makeError("cannot go to '" + Job.Directory + "', where '" +
                     Job.File + "' is compiled: " + EC.message());
  if (auto Readable = MemoryBuffer::getFile(Job.File); !Readable)
    return makeError("cannot read '" + Job.File +
                     "': " + Readable.getError().message());
  tidy::ClangTidyContext Tidy(std::make_unique<FixedOptions>(Job.Options));
  Tidy.setCurrentBuildDirectory(Job.Directory);
  tidy::ClangTidyDiagnosticConsumer Collected(Tidy);
  const std::unique_ptr<DiagnosticsEngine> Engine =
      compat::makeDiagnostics(Tidy, Collected);

  Extraction Out(Job);
  IntrusiveRefCntPtr<FileManager> Files(new FileManager(FileSystemOptions()));
  tooling::ToolInvocation Invocation(
      Job.Command, std::make_unique<ExtractAction>(Job, Tidy, Out),
      Files.get());
  Invocation.setDiagnosticConsumer(&Collected);
  const bool Ran = Invocation.run();

  Summary &Result = Out.Result;
  Result.Unit = Out.Paths.nameOf(Job.File);
  Result.Variant = Job.Variant;
  Result.Made = versionText();
  for (const tidy::ClangTidyError &Kept : Collected.take())
    addKept(Kept, Out);
  if (!Out.Parsed && Result.Errors.empty())
    Out.addError("Clang cannot run this command");
  (void)Ran;
  addAllowed(Job.Options, Out);
  addModels(Job, Out);
  for (const auto &[Path, Hash] : Out.Files)
    Result.Files.push_back({Out.Strings.id(Out.Paths.nameOf(Path)), Hash});
  for (const std::string &Flag : Job.Dropped)
    Result.Dropped.push_back(Out.Strings.id(Flag));
  return std::make_unique<Summary>(std::move(Result));
}

} // namespace corolint
