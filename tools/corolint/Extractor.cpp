//===-- Extractor.cpp - Extracts a summary from a source file -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Extractor.h"
#include "AllChecks.h"
#include "Command.h"
#include "Compat.h"
#include "Heap.h"
#include "NeededBodies.h"
#include "PreambleWatch.h"
#include "UnitWords.h"
#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "program/CodeHash.h"
#include "program/FindingWriter.h"
#include "program/Shard.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Lex/Pragma.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/Sema.h"
#include "clang/Sema/SemaConsumer.h"
#include "clang/Serialization/ASTReader.h"
#include "clang/Serialization/ModuleFile.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"
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
  // Only the configuration of our own checks matters.
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
  // The whole program is available; the index of an earlier one would add
  // nothing.
  Result.CheckOptions.erase("CoroIndex");
  return Result;
}

namespace {

/// The name of the file that includes a preamble's headers. No such file
/// exists. Its extension makes it C++, like every unit that shares a preamble.
constexpr StringRef PreambleName = "corolint-preamble.cpp";

/// The parts of the result that outlive the AST.
struct ExtractedUnit {
  ExtractedUnit(const ExtractionJob &Job, UnitCosts *Costs)
      : Job(&Job), Costs(Costs), Paths(Job.paths()) {}

  void begin(Step Next) {
    if (Costs)
      Costs->Steps.begin(Next);
  }

  const ExtractionJob *Job; ///< The current unit.
  UnitCosts *Costs;         ///< Null if not measured.
  bool Plain = false;       ///< Every template is instantiated.
  Summary Result;
  StringTable Strings{Result.Strings};
  UnitPaths Paths;
  FindingWriter Findings{Paths, Strings, Result};
  std::map<std::string, uint64_t> Files; ///< Hashes, by absolute path.
  bool Parsed = false;
  /// Called when the unit has been parsed and checked.
  std::function<void()> Finish;

  void addFile(StringRef Path, StringRef Content) {
    const std::string Absolute = Paths.absolute(Path);
    Files[Absolute] = hashOfFile(Paths.nameOf(Absolute), Content);
  }

  void addError(StringRef Message, SourcePoint Where = {}) {
    Result.Errors.push_back({Strings.id(Message), Where});
  }
};

class ExtractConsumer : public SemaConsumer {
public:
  ExtractConsumer(CompilerInstance &CI, tidy::ClangTidyContext &Tidy,
                  ExtractedUnit &Out)
      : CI(CI), Tidy(Tidy), Out(Out) {}

  bool shouldSkipFunctionBody(Decl *D) override {
    const FunctionDecl *Function = D->getAsFunction();
    return !Out.Plain && Function && !Needs.containsWritten(*Function);
  }

  void InitializeSema(Sema &S) override { Semantics = &S; }
  void ForgetSema() override { Semantics = nullptr; }

  /// Removes instantiations whose bodies the analysis does not need from Sema's
  /// queue.
  void HandleCXXImplicitFunctionInstantiation(FunctionDecl *Instance) override {
    if (!Semantics)
      return;
    auto &Pending = Semantics->PendingInstantiations;
    const bool Needed = Out.Plain || Pending.empty() ||
                        Pending.back().first != Instance ||
                        Needs.contains(*Instance);
    if (Out.Costs)
      ++(Needed ? Out.Costs->NumInstantiated : Out.Costs->NumLeftOut);
    if (Needed)
      return;
    Pending.pop_back();
    Instance->setInstantiationIsPending(false);
  }

  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    if (!Out.Costs)
      return true;
    // Instantiations are handed over, too.
    const auto *Function = Group.isSingleDecl()
                               ? dyn_cast<FunctionDecl>(Group.getSingleDecl())
                               : nullptr;
    if (!Function || !Function->isTemplateInstantiation())
      LastDeclared = TimeRecord::getCurrentTime();
    return true;
  }

  void HandleTranslationUnit(ASTContext &Context) override {
    if (Out.Costs && LastDeclared.getWallTime() > 0)
      Out.Costs->Steps.beginAt(Step::Instantiate, LastDeclared);
    Out.begin(Step::Analyse);
    Tidy.setSourceManager(&Context.getSourceManager());
    Tidy.setCurrentFile(Out.Job->File);
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
    // Declarations that the analysis has already listed need no search.
    for (const Decl *D : Analysed.contexts().annotated())
      for (const Attr *Annotation : D->attrs())
        Finder.match(*Annotation, Context);
    for (const FunctionDecl *Function : Analysed.contexts().functions())
      Finder.match(*Function, Context);
    for (auto &Check : Checks)
      Check->onEndOfTranslationUnit();
    for (const FunctionDecl *Function : Analysed.crashed())
      Out.addError("the analysis of '" + Function->getQualifiedNameAsString() +
                   "' crashed; nothing is known of it");
    Out.begin(Step::Write);
    SummaryWriter Writer(Analysed, Out.Paths, Out.Strings, Out.Result);
    Writer.writeFunctions();
    Writer.writeUnknownCalls();
    Out.Findings.collect(Shared->collected(), Analysed, Writer);
    Writer.finish();
    addFiles(Context.getSourceManager());
    if (IntrusiveRefCntPtr<ASTReader> Reader = CI.getASTReader())
      addModuleFiles(*Reader);
    Out.Result.Words = UnitWords::write(CI.getPreprocessor());
    Out.Parsed = true;
    Out.Finish();
  }

private:
  void addFiles(const SourceManager &Sources) {
    for (auto It = Sources.fileinfo_begin(); It != Sources.fileinfo_end(); ++It)
      if (auto Buffer = It->second->getBufferIfLoaded();
          Buffer && sys::path::filename(It->first.getName()) != PreambleName)
        Out.addFile(It->first.getName(), Buffer->getBuffer());
  }

  void addFile(StringRef Path) {
    if (auto Buffer = MemoryBuffer::getFile(Path, false, false))
      Out.addFile(Path, (*Buffer)->getBuffer());
  }

  /// Adds the sources of imported modules, and BMIs that the driver did not
  /// build.
  void addModuleFiles(ASTReader &Reader) {
    for (serialization::ModuleFile &Module : Reader.getModuleManager()) {
      const StringRef Path = Module.FileName;
      if (Out.Job->OwnModules.empty() || !Path.starts_with(Out.Job->OwnModules))
        addFile(Path);
      Reader.visitInputFiles(Module, /*IncludeSystem=*/true, /*Complain=*/false,
                             [&](const serialization::InputFile &Input, bool) {
                               if (OptionalFileEntryRef File = Input.getFile())
                                 addFile(File->getName());
                             });
    }
  }

  CompilerInstance &CI;
  tidy::ClangTidyContext &Tidy;
  ExtractedUnit &Out;
  Sema *Semantics = nullptr;
  NeededBodies Needs;
  /// When the parser last finished a declaration. After the last one, templates
  /// are instantiated.
  TimeRecord LastDeclared;
};

class ExtractAction : public ASTFrontendAction {
public:
  ExtractAction(tidy::ClangTidyContext &Tidy, ExtractedUnit &Out)
      : Tidy(Tidy), Out(Out) {}
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    return std::make_unique<ExtractConsumer>(CI, Tidy, Out);
  }

protected:
  bool BeginInvocation(CompilerInstance &CI) override {
    // The process ends soon: freeing the AST node by node would be wasted time.
    CI.getFrontendOpts().DisableFree = true;
    CI.getFrontendOpts().SkipFunctionBodies = !Out.Plain;
    return true;
  }

  tidy::ClangTidyContext &Tidy;
  ExtractedUnit &Out;
};

//===----------------------------------------------------------------------===//
// Units that share a preamble
//===----------------------------------------------------------------------===//

/// Ends the preamble: the process forks, and each child reads one unit.
class UnitPragma : public PragmaHandler {
public:
  static constexpr const char *Name = "corolint_unit";

  UnitPragma(CompilerInstance &CI, PreambleWatch &Watch,
             const SharedParse &Shared, ExtractedUnit &Out)
      : PragmaHandler(Name), CI(CI), Watch(Watch), Shared(Shared), Out(Out) {}

  void HandlePragma(Preprocessor &PP, PragmaIntroducer, Token &) override {
    PP.DiscardUntilEndOfDirective();
    if (CI.getDiagnostics().hasErrorOccurred())
      return; // No fork: units are extracted one by one.
    compat::instantiatePending(CI.getSema());
    compat::reserveTypes(CI.getASTContext());
    Watch.beginUnit();
    Out.Job = Shared.Jobs[Shared.Branch()];
    Out.begin(Step::Parse);
    auto File = CI.getFileManager().getFileRef(
        Out.Job->fileArgument().value_or(StringRef()));
    if (!File) {
      consumeError(File.takeError());
      Shared.GiveUp();
      return;
    }
    // A file that is not included from anywhere is the main file.
    SourceManager &Sources = CI.getSourceManager();
    const FileID Unit =
        Sources.createFileID(*File, SourceLocation(), SrcMgr::C_User);
    Sources.setMainFileID(Unit);
    // As for every main file: header search queries its kind.
    PP.markIncluded(*File);
    PP.EnterSourceFile(Unit, nullptr, SourceLocation());
  }

private:
  CompilerInstance &CI;
  PreambleWatch &Watch;
  const SharedParse &Shared;
  ExtractedUnit &Out;
};

class SharedConsumer : public ExtractConsumer {
public:
  SharedConsumer(CompilerInstance &CI, tidy::ClangTidyContext &Tidy,
                 ExtractedUnit &Out, const PreambleWatch &Watch,
                 const SharedParse &Shared)
      : ExtractConsumer(CI, Tidy, Out), Watch(Watch), Shared(Shared) {}

  void HandleTranslationUnit(ASTContext &Context) override {
    // With errors, the unit is parsed alone so that they read as usual.
    if (!Watch.isComplete() || Context.getDiagnostics().hasErrorOccurred())
      Shared.GiveUp();
    ExtractConsumer::HandleTranslationUnit(Context);
  }

private:
  const PreambleWatch &Watch;
  const SharedParse &Shared;
};

class SharedAction : public ExtractAction {
public:
  SharedAction(tidy::ClangTidyContext &Tidy, ExtractedUnit &Out,
               const SharedParse &Shared)
      : ExtractAction(Tidy, Out), Shared(Shared) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    Preprocessor &PP = CI.getPreprocessor();
    auto Watch = std::make_unique<PreambleWatch>(PP, Shared.GiveUp);
    auto Consumer =
        std::make_unique<SharedConsumer>(CI, Tidy, Out, *Watch, Shared);
    PP.AddPragmaHandler(new UnitPragma(CI, *Watch, Shared, Out));
    PP.addPPCallbacks(std::move(Watch));
    return Consumer;
  }

private:
  const SharedParse &Shared;
};

/// The place of \p Message. Its file is read again, because the AST is gone.
SourcePoint placeOf(const tooling::DiagnosticMessage &Message,
                    ExtractedUnit &Out) {
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

/// Adds diagnostics that clang-tidy kept: our findings, and errors of the
/// compiler.
void addKept(const tidy::ClangTidyError &Kept, ExtractedUnit &Out) {
  if (findCheck(Kept.DiagnosticName))
    Out.Findings.write(Kept.DiagnosticName, Kept.Message.FilePath,
                       Kept.Message.FileOffset);
  else if (Kept.DiagLevel == tooling::Diagnostic::Error)
    Out.addError(Kept.Message.Message, placeOf(Kept.Message, Out));
}

/// Returns the options of the current unit for every file: a unit has one
/// configuration.
class UnitOptions : public tidy::ClangTidyOptionsProvider {
public:
  explicit UnitOptions(const ExtractedUnit &Out) : Out(Out) {}
  const tidy::ClangTidyGlobalOptions &getGlobalOptions() override {
    return Global;
  }
  std::vector<OptionsSource> getRawOptions(StringRef) override {
    return {{Out.Job->Options, "corolint"}};
  }

private:
  tidy::ClangTidyGlobalOptions Global;
  const ExtractedUnit &Out;
};

void addAllowed(ExtractedUnit &Out) {
  const tidy::ClangTidyOptions &Options = Out.Job->Options;
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

void addModels(ExtractedUnit &Out) {
  const ExtractionJob &Job = *Out.Job;
  auto It = Job.Options.CheckOptions.find("CoroModels");
  if (It == Job.Options.CheckOptions.end())
    return;
  for (StringRef Named : parseList(It->second.Value)) {
    const std::string Path = locate(Named, Job.File);
    if (auto Buffer = MemoryBuffer::getFile(Path))
      Out.addFile(Path, (*Buffer)->getBuffer());
  }
}

/// Completes the summary with the compiler's diagnostics.
std::unique_ptr<Summary>
summaryOf(ExtractedUnit &Out, tidy::ClangTidyDiagnosticConsumer &Collected) {
  Summary &Result = Out.Result;
  Result.Unit = Out.Paths.nameOf(Out.Job->File);
  Result.Variant = Out.Job->Variant;
  Result.Made = versionText();
  for (const tidy::ClangTidyError &Kept : Collected.take())
    addKept(Kept, Out);
  if (!Out.Parsed && Result.Errors.empty())
    Out.addError("Clang cannot run this command");
  addAllowed(Out);
  addModels(Out);
  for (const auto &[Path, Hash] : Out.Files)
    Result.Files.push_back({Out.Strings.id(Out.Paths.nameOf(Path)), Hash});
  for (const std::string &Flag : Out.Job->Dropped)
    Result.Dropped.push_back(Out.Strings.id(Flag));
  return std::make_unique<Summary>(std::move(Result));
}

/// Runs \p Command with the action that \p MakeAction makes from a context.
template <typename MakeActionT>
void run(ExtractedUnit &Out, std::vector<std::string> Command,
         IntrusiveRefCntPtr<vfs::FileSystem> FileSystem, MakeActionT MakeAction,
         const SummaryReceiver &Receive) {
  useHugePages();
  tidy::ClangTidyContext Tidy(std::make_unique<UnitOptions>(Out));
  Tidy.setCurrentBuildDirectory(Out.Job->Directory);
  tidy::ClangTidyDiagnosticConsumer Collected(Tidy);
  const std::unique_ptr<DiagnosticsEngine> Engine =
      compat::makeDiagnostics(Tidy, Collected);
  IntrusiveRefCntPtr<FileManager> Files(
      new FileManager(FileSystemOptions(), std::move(FileSystem)));
  tooling::ToolInvocation Invocation(std::move(Command), MakeAction(Tidy),
                                     Files.get());
  Invocation.setDiagnosticConsumer(&Collected);
  Out.Finish = [&] { Receive(summaryOf(Out, Collected)); };
  // Fails if the source has errors, which are in the summary.
  (void)Invocation.run();
  if (!Out.Parsed)
    Out.Finish();
}

Error enterDirectory(const ExtractionJob &Job) {
  if (std::error_code EC = sys::fs::set_current_path(Job.Directory))
    return makeError("cannot go to '" + Job.Directory + "', where '" +
                     Job.File + "' is compiled: " + EC.message());
  return Error::success();
}

} // namespace

std::optional<StringRef> ExtractionJob::fileArgument() const {
  for (const std::string &Argument : llvm::reverse(Command))
    if (!StringRef(Argument).starts_with("-") &&
        absolutePath(Argument, Directory) == File)
      return StringRef(Argument);
  return std::nullopt;
}

void extract(const ExtractionJob &Job, bool Plain, UnitCosts *Costs,
             const SummaryReceiver &Receive) {
  if (Error E = enterDirectory(Job))
    return Receive(std::move(E));
  if (auto Readable = MemoryBuffer::getFile(Job.File); !Readable)
    return Receive(makeError("cannot read '" + Job.File +
                             "': " + Readable.getError().message()));
  ExtractedUnit Out(Job, Costs);
  Out.Plain = Plain;
  Out.begin(Step::Parse);
  run(
      Out, Job.Command, vfs::getRealFileSystem(),
      [&](tidy::ClangTidyContext &Tidy) {
        return std::make_unique<ExtractAction>(Tidy, Out);
      },
      Receive);
}

void extractShared(const SharedParse &Shared) {
  const ExtractionJob &First = *Shared.Jobs.front();
  if (Error E = enterDirectory(First)) {
    consumeError(std::move(E)); // Each unit reports it on its own.
    return Shared.GiveUp();
  }
  SmallString<256> Main(sys::path::parent_path(First.File));
  sys::path::append(Main, PreambleName);
  IntrusiveRefCntPtr<vfs::OverlayFileSystem> FileSystem(
      new vfs::OverlayFileSystem(vfs::getRealFileSystem()));
  IntrusiveRefCntPtr<vfs::InMemoryFileSystem> Made(
      new vfs::InMemoryFileSystem());
  // The extra declaration lets the parser finish the last one of the headers
  // before it reads the pragma.
  Made->addFile(Main, 0,
                MemoryBuffer::getMemBufferCopy(
                    Shared.Preamble + "static_assert(true, \"\");\n#pragma " +
                    UnitPragma::Name + "\n"));
  FileSystem->pushOverlay(Made);
  const std::optional<StringRef> File = First.fileArgument();
  std::vector<std::string> Command = First.Command;
  for (std::string &Argument : Command)
    if (Argument == File)
      Argument = std::string(Main);
  ExtractedUnit Out(First, Shared.Costs);
  Out.begin(Step::Preamble);
  run(
      Out, std::move(Command), std::move(FileSystem),
      [&](tidy::ClangTidyContext &Tidy) {
        return std::make_unique<SharedAction>(Tidy, Out, Shared);
      },
      [&](Expected<std::unique_ptr<Summary>> Unit) {
        // With errors, the unit is parsed alone so that they read as usual.
        if (Unit && (*Unit)->Errors.empty())
          Shared.Receive(std::move(Unit));
        else
          Shared.GiveUp();
      });
}

} // namespace corolint
