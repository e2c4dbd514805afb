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
#include "code/Suspension.h"
#include "program/Shard.h"
#include "report/Messages.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Index/USRGeneration.h"
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

std::string ExtractionJob::nameOf(StringRef Path) const {
  for (StringRef Above : {StringRef(Root), StringRef(RealRoot)})
    if (StringRef Rest = Path;
        !Above.empty() && Rest.consume_front(Above) && Rest.consume_front("/"))
      return Rest.str();
  return Path.str();
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

/// Where a named function stands in a file.
struct FunctionRange {
  unsigned Begin, End;
  std::string Name;          ///< Of a lambda, empty.
  uint32_t Coroutine = None; ///< Its number.
};

/// What of the AST outlives it.
struct Extraction {
  Summary Result;
  StringTable Strings{Result.Strings};
  std::map<std::string, std::vector<FunctionRange>> Ranges;
  std::map<std::string, uint64_t> Files;
  /// For each pending site: what would be a finding, by check, and its calls.
  struct Waiting {
    EffectSet Possible;
    uint32_t FirstCall, NumCalls;
    bool InCoroutine;
  };
  std::vector<Waiting> Pending;
  /// Those that each check reports, in coroutines and elsewhere.
  StringMap<EffectSet> InCoroutines, Elsewhere;
  bool Parsed = false;
};

std::string absolute(StringRef Path, StringRef Directory) {
  SmallString<256> Result(Path);
  compat::makeAbsolute(Directory, Result);
  // What is above a symbolic link, only the file system knows.
  if (SmallString<256> Real;
      Result.str().contains("..") && !sys::fs::real_path(Result, Real))
    return std::string(Real);
  sys::path::remove_dots(Result, /*remove_dot_dot=*/true);
  return std::string(Result);
}

/// Turns the analysis of one AST into records.
class SummaryBuilder {
public:
  SummaryBuilder(Analysis &Analysed, Extraction &Out, const ExtractionJob &Job)
      : Analysed(Analysed), Inference(Analysed.inference()),
        Context(Analysed.context()), Sources(Context.getSourceManager()),
        Out(Out), Result(Out.Result), Strings(Out.Strings), Job(Job) {}

  void build() {
    const auto &Nodes = Inference.nodes();
    for (EffectInference::NodeId Id = 0; Id < Nodes.size(); ++Id)
      if (Nodes[Id].Expanded && isWorthKeeping(Nodes[Id]))
        addBody(Id);
    for (const PendingFinding &Pending : Analysed.pending())
      addPending(Pending);
    addOverrides();
    addPassed();
    addRanges();
  }

private:
  static bool isLocal(const FunctionDecl &Function) {
    if (!Function.isExternallyVisible() || Function.getParentFunctionOrMethod())
      return true;
    const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
    if (Method && Method->getParent()->isLambda())
      return true;
    return isInSystemHeader(Function);
  }

  bool isWorthKeeping(const EffectInference::Node &N) {
    return N.Effects || N.IsOpen || !isLocal(*N.Function) ||
           (isa_and_nonnull<CoroutineBodyStmt>(N.Function->getBody()) &&
            !isInSystemHeader(*N.Function)) ||
           (takesCallables(*N.Function) && !isInSystemHeader(*N.Function));
  }

  SourcePoint point(SourceLocation Where) {
    if (Where.isInvalid())
      return {};
    PresumedLoc Place = Sources.getPresumedLoc(Sources.getFileLoc(Where),
                                               /*UseLineDirectives=*/false);
    if (Place.isInvalid())
      return {};
    return {Strings.id(Job.nameOf(pathOf(Place.getFilename()))),
            Place.getLine(), Place.getColumn()};
  }

  const std::string &pathOf(StringRef Name) {
    auto [It, Inserted] = Paths.try_emplace(Name);
    if (Inserted)
      It->second = absolute(Name, Job.Directory);
    return It->second;
  }

  uint32_t function(const FunctionDecl &Function) {
    auto [It, Inserted] =
        Ids.try_emplace(Function.getCanonicalDecl(), Result.Functions.size());
    if (!Inserted)
      return It->second;
    const uint32_t Id = It->second;
    FunctionRecord R;
    if (!isLocal(Function)) {
      SmallString<128> Usr;
      if (!index::generateUSRForDecl(&Function, Usr))
        R.Key = FunctionKey::of(Usr);
    }
    R.Name = Strings.id(nameOf(Function));
    R.Qualified = Strings.id(Function.getQualifiedNameAsString());
    R.Where = point(Function.getLocation());
    const Annotations Marks = Analysed.facts().Annotations.of(Function);
    R.Marks = uint32_t(Marks.Set);
    if (R.Marks)
      R.Marked = point(Marks.Where);
    Result.Functions.push_back(R);
    if (const auto *Method = dyn_cast<CXXMethodDecl>(&Function))
      if (Method->isVirtual())
        Virtual.push_back(Method);
    return Id;
  }

  /// What the function's own declarations say of it, for callers that do not
  /// see the one that says it.
  EffectSet addDeclared(const FunctionDecl &Function) {
    Annotations Marks = Analysed.facts().Annotations.of(Function);
    EffectSet Known = 0, Effects = 0;
    if (Marks.has(Annotation::NonBlocking))
      Known |= OnThread;
    else if (Marks.has(Annotation::SyncWait))
      Known |= OnThread, Effects |= SyncWaits;
    else if (Marks.has(Annotation::Blocking))
      Known |= OnThread, Effects |= DeclaredBlocking;
    if (Marks.has(Annotation::Yields))
      Known |= Yields, Effects |= Yields;
    DeclaredEffects Cause;
    Cause.Marks = Marks;
    for (EffectSet Left = Effects; Left; Left &= Left - 1)
      addCause(Function, Cause, Left & -Left, nullptr);
    return Known;
  }

  void addCause(const FunctionDecl &Callee, const DeclaredEffects &Declared,
                EffectSet Effect, const Site *S) {
    CauseNote Note = describeCause(Callee, Declared, Effect);
    CauseRecord R;
    R.Effect = Effect;
    if (S) {
      R.Where = point(S->Where);
      R.Callee = Strings.id(nameOf(Callee));
      R.Site = siteOf(*S, Callee);
    }
    R.Qualified = Strings.id(Callee.getQualifiedNameAsString());
    R.Message = Strings.id(Note.Message);
    R.Note = Note.Where.isValid() ? point(Note.Where) : R.Where;
    R.Reason = Strings.id(Note.Reason);
    Result.Causes.push_back(R);
  }

  /// Nothing that a caller gets, but what a no-yield parameter forbids.
  void addSuspension(const Site &S) {
    CauseRecord R;
    R.Effect = Yields;
    R.Where = R.Note = point(S.Where);
    R.Site = Strings.id(describeSite(S));
    R.Message = Strings.id(describeSite(S) + " may suspend it");
    Result.Causes.push_back(R);
  }

  /// How messages describe the site, unless it is simply a call to \p Target.
  StringId siteOf(const Site &S, const FunctionDecl &Target) {
    const std::string Text = describeSite(S);
    return Text == "call to '" + nameOf(Target) + "'" ? 0 : Strings.id(Text);
  }

  void addBody(EffectInference::NodeId Id) {
    const EffectInference::Node &N = Inference.nodes()[Id];
    const FunctionDecl &Function = *N.Function;
    const uint32_t Own = function(Function);
    FunctionRecord R = Result.Functions[Own];
    R.Where = point(Function.getLocation());
    R.Defined = true;
    R.Passing = Inference.passing(Function);
    if (takesCallables(Function) && !isInSystemHeader(Function))
      R.Invokes = Inference.invokedParameters(Function);
    R.FirstCause = Result.Causes.size();
    const EffectSet Known = addDeclared(Function);
    const Body &Walked = Analysed.facts().Bodies.of(Function);

    llvm::DenseMap<unsigned, EffectSet> Live;
    auto LiveAt = [&](unsigned SiteIndex) {
      auto [It, Inserted] = Live.try_emplace(SiteIndex, 0);
      if (Inserted)
        It->second = Inference.liveAt(Id, SiteIndex) & ~Known;
      return It->second;
    };
    for (const EffectInference::Primitive &P : N.Primitives) {
      EffectSet Effects = P.Effects & LiveAt(P.SiteIndex);
      if (!Effects)
        continue;
      const Site &S = Walked.Sites[P.SiteIndex];
      DeclaredEffects Declared = Inference.declared(S, &Function);
      Declared.Pending = Inference.pendingAt(S, Function);
      for (; Effects && S.Callee; Effects &= Effects - 1)
        addCause(*S.Callee, Declared, Effects & -Effects, &S);
    }
    R.Coroutine = Walked.IsCoroutine;
    for (unsigned I = 0; R.Coroutine && I < Walked.Sites.size(); ++I)
      if (const Site &S = Walked.Sites[I];
          S.What == Site::Kind::Suspend &&
          canSuspend(*S.Node, Analysed.facts()) && (LiveAt(I) & Yields))
        addSuspension(S);
    R.NumCauses = Result.Causes.size() - R.FirstCause;

    // Numbering callees appends to the functions, never to the calls.
    std::vector<std::pair<unsigned, CallRecord>> Calls;
    for (const EffectInference::Edge &E : N.Edges) {
      const EffectInference::Node &Target = Inference.nodes()[E.Target];
      if (!Target.IsOpen && !(Target.Effects & E.Allowed))
        continue;
      if (EffectSet Allowed = E.Allowed & LiveAt(E.SiteIndex))
        Calls.emplace_back(E.SiteIndex, call(E, Allowed, Walked));
    }
    for (const EffectInference::OpenCall &Open : N.Open)
      if (EffectSet Allowed = Open.Allowed & LiveAt(Open.SiteIndex))
        Calls.emplace_back(Open.SiteIndex, call(Open, Allowed, Walked));
    // Among equals, the first in the source counts.
    llvm::stable_sort(
        Calls, [](const auto &A, const auto &B) { return A.first < B.first; });
    R.FirstCall = Result.Calls.size();
    R.NumCalls = Calls.size();
    for (const auto &[SiteIndex, Call] : Calls)
      Result.Calls.push_back(Call);
    Result.Functions[Own] = R;
    addParameters(Function, Own);
  }

  CallRecord call(const EffectInference::Edge &E, EffectSet Allowed,
                  const Body &Walked) {
    const FunctionDecl &Target = *Inference.nodes()[E.Target].Function;
    const Site &S = Walked.Sites[E.SiteIndex];
    CallRecord R{function(Target), Allowed, point(S.Where)};
    R.Site = siteOf(S, Target);
    return R;
  }

  /// What others should know of the function's parameters.
  void addParameters(const FunctionDecl &Function, uint32_t Own) {
    if (isInSystemHeader(Function))
      return;
    if (takesCallables(Function))
      for (const EffectInference::HandedOn &H : Inference.handedOn(Function))
        if (!isInSystemHeader(*H.Callee))
          Result.Forwards.push_back(
              {Own, H.Parameter, function(*H.Callee), H.Argument});
    if (isLocal(Function))
      return;
    for (const ParmVarDecl *Param : Function.parameters()) {
      Annotations Marks = Analysed.facts().Annotations.of(*Param);
      auto Add = [&](Annotation Mark, ContextKind Kind) {
        if (Marks.has(Mark))
          Result.Parameters.push_back(
              {Own, Param->getFunctionScopeIndex(), uint32_t(Kind)});
      };
      Add(Annotation::NoYield, ContextKind::NoYield);
      Add(Annotation::EventLoop, ContextKind::EventLoop);
      Add(Annotation::AllowBlocking, ContextKind::AllowBlocking);
    }
  }

  CallRecord call(const EffectInference::OpenCall &Open, EffectSet Allowed,
                  const Body &Walked) {
    const Site &S = Walked.Sites[Open.SiteIndex];
    CallRecord R{function(*Open.Callee), Allowed, point(S.Where),
                 Open.Dispatched};
    R.Site = siteOf(S, *Open.Callee);
    if (Open.Through) {
      R.Through = function(*Open.Through);
      R.Parameter = Open.Parameter;
    }
    return R;
  }

  static bool takesCallables(const FunctionDecl &Function) {
    return llvm::any_of(Function.parameters(), [](const ParmVarDecl *Param) {
      QualType Type = Param->getType().getNonReferenceType();
      return Type->isFunctionPointerType() || Type->isFunctionType() ||
             Type->getAsCXXRecordDecl();
    });
  }

  void addPending(const PendingFinding &Pending) {
    std::vector<CallRecord> Calls;
    if (auto Id = Inference.find(*Pending.Context.Function)) {
      const EffectInference::Node &N = Inference.nodes()[*Id];
      const Body &Walked = Analysed.facts().Bodies.of(*N.Function);
      for (const EffectInference::Edge &E : N.Edges)
        if (E.SiteIndex == Pending.SiteIndex &&
            Inference.nodes()[E.Target].IsOpen)
          Calls.push_back(call(E, E.Allowed, Walked));
      for (const EffectInference::OpenCall &Open : N.Open)
        if (Open.SiteIndex == Pending.SiteIndex)
          Calls.push_back(call(Open, Open.Allowed, Walked));
    }
    Out.Pending.push_back(
        {Pending.Possible, uint32_t(Result.Calls.size()),
         uint32_t(Calls.size()),
         Pending.Context.What == FindingContext::Kind::Coroutine});
    llvm::append_range(Result.Calls, Calls);
  }

  void addOverrides() {
    // Numbering a base may add to the list.
    for (size_t I = 0; I < Virtual.size(); ++I)
      for (const CXXMethodDecl *Base : Virtual[I]->overridden_methods())
        if (!isInSystemHeader(*Base))
          Result.Overrides.push_back({function(*Virtual[I]), function(*Base)});
  }

  void addPassed() {
    std::vector<std::pair<std::string, PassedRecord>> Found;
    for (const auto &[Function, Where] : Analysed.contexts().passed()) {
      const FunctionDecl *Body = nullptr;
      if (isLocal(*Function) || Function->hasBody(Body) ||
          Function->isDependentContext())
        continue;
      SmallString<128> Usr;
      index::generateUSRForDecl(Function, Usr);
      auto Add = [&](const ContextReason &Reason, ContextKind Kind) {
        if (Reason)
          Found.push_back(
              {std::string(Usr),
               {function(*Function), uint32_t(Kind), point(Reason.Where)}});
      };
      Add(Where.NoYield, ContextKind::NoYield);
      Add(Where.EventLoop, ContextKind::EventLoop);
      Add(Where.AllowBlocking, ContextKind::AllowBlocking);
    }
    llvm::sort(Found, [](const auto &A, const auto &B) {
      return std::tie(A.first, A.second.Context) <
             std::tie(B.first, B.second.Context);
    });
    for (auto &[Usr, R] : Found)
      Result.Passed.push_back(R);
    for (const ContextMap::HandedOver &H : Analysed.contexts().handedOver()) {
      const FunctionDecl *Callable = H.Callable;
      Callable->hasBody(Callable);
      if (!Callable->isDependentContext() && !isInSystemHeader(*Callable))
        Result.Passed.push_back({function(*Callable), None, point(H.Where),
                                 function(*H.Callee), H.Argument});
    }
  }

  void addRanges() {
    for (const FunctionDecl *Function : Analysed.contexts().functions()) {
      const auto *Method = dyn_cast<CXXMethodDecl>(Function);
      const bool IsLambda = Method && Method->getParent()->isLambda();
      const bool IsCoroutine =
          isa_and_nonnull<CoroutineBodyStmt>(Function->getBody()) &&
          !Function->isDependentContext();
      if ((IsLambda && !IsCoroutine) || isInSystemHeader(*Function))
        continue;
      auto [File, Begin] =
          Sources.getDecomposedLoc(Sources.getFileLoc(Function->getBeginLoc()));
      auto [EndFile, End] =
          Sources.getDecomposedLoc(Sources.getFileLoc(Function->getEndLoc()));
      OptionalFileEntryRef Entry = Sources.getFileEntryRefForID(File);
      if (!Entry || File != EndFile)
        continue;
      Out.Ranges[pathOf(Entry->getName())].push_back(
          {Begin, End, IsLambda ? "" : Function->getQualifiedNameAsString(),
           IsCoroutine ? function(*Function) : None});
    }
  }

  Analysis &Analysed;
  EffectInference &Inference;
  ASTContext &Context;
  const SourceManager &Sources;
  Extraction &Out;
  Summary &Result;
  StringTable &Strings;
  const ExtractionJob &Job;
  StringMap<std::string> Paths;
  llvm::DenseMap<const FunctionDecl *, uint32_t> Ids;
  std::vector<const CXXMethodDecl *> Virtual;
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
      if (!Tidy.isCheckEnabled(Info.Name))
        continue;
      Checks.push_back(createCheck(Info.Name, &Tidy, Shared));
      Out.Result.Checks.push_back(Out.Strings.id(Info.Name));
      using Kind = FindingContext::Kind;
      EffectSet Elsewhere = Checks.back()->effects(Kind::EventLoop);
      Out.InCoroutines[Info.Name] = Checks.back()->effects(Kind::Coroutine);
      Out.Elsewhere[Info.Name] = Elsewhere;
      Out.Result.Kinds |= Elsewhere & AnyBlocking;
    }
    ast_matchers::MatchFinder Finder;
    for (auto &Check : Checks)
      Check->registerMatchers(&Finder);
    Finder.match(*Context.getTranslationUnitDecl(), Context);

    Analysis &Analysed =
        Shared->analysis(Context, Job.Options.SystemHeaders.value_or(false));
    SummaryBuilder(Analysed, Out, Job).build();
    addFiles(Context.getSourceManager());
    Out.Parsed = true;
  }

private:
  void addFiles(const SourceManager &Sources) {
    for (auto It = Sources.fileinfo_begin(); It != Sources.fileinfo_end(); ++It)
      if (auto Buffer = It->second->getBufferIfLoaded())
        Out.Files[absolute(It->first.getName(), Job.Directory)] =
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

/// Turns what clang-tidy collected into records.
class FindingBuilder {
public:
  FindingBuilder(const ExtractionJob &Job, Extraction &Out)
      : Job(Job), Out(Out), Result(Out.Result), Strings(Out.Strings) {}

  void add(const tidy::ClangTidyError &Error) {
    const std::string &Name = Error.DiagnosticName;
    if (!StringRef(Name).starts_with("coro-")) {
      if (Error.DiagLevel == tooling::Diagnostic::Error)
        Result.Errors.push_back(
            {Strings.id(Error.Message.Message), place(Error.Message)});
      return;
    }
    FindingRecord R;
    R.Check = Strings.id(Name);
    R.Where = place(Error.Message);
    const File *Within = load(absolute(Error.Message.FilePath, Job.Directory));
    if (const FunctionRange *Named = enclosing(Error.Message, false))
      R.Function = Strings.id(Named->Name);
    if (const FunctionRange *Inner = enclosing(Error.Message, true))
      R.Within = Inner->Coroutine;
    if (Within)
      R.Line = Strings.id(Within->normalisedLine(R.Where.Line));
    R.FirstNote = Result.Notes.size();
    for (const tooling::DiagnosticMessage &Note : Error.Notes)
      Result.Notes.push_back({Strings.id(Note.Message), place(Note)});
    R.NumNotes = Result.Notes.size() - R.FirstNote;
    R.FirstFix = Result.Fixes.size();
    for (const auto &[Path, Replacements] : Error.Message.Fix)
      for (const tooling::Replacement &Part : Replacements)
        Result.Fixes.push_back({Strings.id(Job.nameOf(absolute(
                                    Part.getFilePath(), Job.Directory))),
                                Part.getOffset(), Part.getLength(),
                                Strings.id(Part.getReplacementText())});
    R.NumFixes = Result.Fixes.size() - R.FirstFix;

    StringRef Message = Error.Message.Message;
    unsigned Index = 0;
    if (Message.consume_front("@") && !Message.consumeInteger(10, Index) &&
        Message.consume_front("@") && Index < Out.Pending.size()) {
      R.Message = Strings.id(Message);
      const Extraction::Waiting &Waiting = Out.Pending[Index];
      const StringMap<EffectSet> &Reported =
          Waiting.InCoroutine ? Out.InCoroutines : Out.Elsewhere;
      Result.Pending.push_back({uint32_t(Result.PendingFindings.size()),
                                Waiting.Possible & Reported.lookup(Name),
                                Waiting.FirstCall, Waiting.NumCalls});
      Result.PendingFindings.push_back(R);
      return;
    }
    R.Message = Strings.id(Error.Message.Message);
    Result.Findings.push_back(R);
  }

private:
  struct File {
    std::unique_ptr<MemoryBuffer> Buffer;
    std::vector<unsigned> Lines{0};

    std::string normalisedLine(unsigned Line) const {
      if (Line == 0 || Line > Lines.size())
        return {};
      StringRef Text = Buffer->getBuffer().drop_front(Lines[Line - 1]);
      std::string Result;
      for (char C : Text.take_until([](char C) { return C == '\n'; }))
        if (!isSpace(C))
          Result += C;
      return Result;
    }
  };

  const File *load(const std::string &Path) {
    auto [It, Inserted] = Loaded.try_emplace(Path);
    if (Inserted) {
      auto Buffer = MemoryBuffer::getFile(Path);
      if (Buffer) {
        It->second = std::make_unique<File>();
        It->second->Buffer = std::move(*Buffer);
        StringRef Text = It->second->Buffer->getBuffer();
        for (size_t At = Text.find('\n'); At != StringRef::npos;
             At = Text.find('\n', At + 1))
          It->second->Lines.push_back(At + 1);
      }
    }
    return It->second.get();
  }

  SourcePoint place(const tooling::DiagnosticMessage &Message) {
    if (Message.FilePath.empty())
      return {};
    std::string Path = absolute(Message.FilePath, Job.Directory);
    SourcePoint P{Strings.id(Job.nameOf(Path)), 0, 0};
    if (const File *Within = load(Path)) {
      auto It = llvm::upper_bound(Within->Lines, Message.FileOffset);
      P.Line = It - Within->Lines.begin();
      P.Column = Message.FileOffset - *std::prev(It) + 1;
    }
    return P;
  }

  /// The innermost function around a message, or lambda if these count.
  const FunctionRange *enclosing(const tooling::DiagnosticMessage &Message,
                                 bool Lambdas) {
    auto It = Out.Ranges.find(absolute(Message.FilePath, Job.Directory));
    if (It == Out.Ranges.end())
      return nullptr;
    const FunctionRange *Best = nullptr;
    for (const FunctionRange &R : It->second)
      if (R.Begin <= Message.FileOffset && Message.FileOffset <= R.End &&
          (Lambdas || !R.Name.empty()) &&
          (!Best || R.End - R.Begin < Best->End - Best->Begin))
        Best = &R;
    return Best;
  }

  const ExtractionJob &Job;
  Extraction &Out;
  Summary &Result;
  StringTable &Strings;
  std::map<std::string, std::unique_ptr<File>> Loaded;
};

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
      Out.Files[absolute(Path, Job.Directory)] = hashOf((*Buffer)->getBuffer());
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

  Extraction Out;
  IntrusiveRefCntPtr<FileManager> Files(new FileManager(FileSystemOptions()));
  tooling::ToolInvocation Invocation(
      Job.Command, std::make_unique<ExtractAction>(Job, Tidy, Out),
      Files.get());
  Invocation.setDiagnosticConsumer(&Collected);
  const bool Ran = Invocation.run();

  Summary &Result = Out.Result;
  Result.Unit = Job.nameOf(Job.File);
  Result.Variant = Job.Variant;
  Result.Made = versionText();
  FindingBuilder Findings(Job, Out);
  for (const tidy::ClangTidyError &Error : Collected.take())
    Findings.add(Error);
  if (!Out.Parsed && Result.Errors.empty())
    Result.Errors.push_back(
        {Out.Strings.id("Clang cannot run this command"), {}});
  (void)Ran;
  addAllowed(Job.Options, Out);
  addModels(Job, Out);
  for (const auto &[Path, Hash] : Out.Files)
    Result.Files.push_back({Out.Strings.id(Job.nameOf(Path)), Hash});
  for (const std::string &Flag : Job.Dropped)
    Result.Dropped.push_back(Out.Strings.id(Flag));
  return std::make_unique<Summary>(std::move(Result));
}

} // namespace corolint
