//===-- IncludeScan.cpp - Finds the includes of a unit --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IncludeScan.h"
#include "Compat.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace llvm;

namespace corolint {

class DirectiveCache {
public:
  using Directives = ArrayRef<dependency_directives_scan::Directive>;

  /// The directives of \p File, or nothing if it cannot be read or scanned.
  std::optional<Directives> of(FileManager &Files, FileEntryRef File) {
    auto [It, Inserted] = Known.try_emplace(&File.getFileEntry());
    if (Inserted)
      It->second = scan(Files, File);
    if (!It->second)
      return std::nullopt;
    return Directives(It->second->Found);
  }

private:
  struct Scanned {
    SmallVector<dependency_directives_scan::Token, 0> Tokens;
    SmallVector<dependency_directives_scan::Directive, 0> Found;
  };

  static std::unique_ptr<Scanned> scan(FileManager &Files, FileEntryRef File) {
    auto Buffer = Files.getBufferForFile(File);
    if (!Buffer)
      return nullptr;
    auto Result = std::make_unique<Scanned>();
    const StringRef Code = (*Buffer)->getBuffer();
    if (scanSourceForDependencyDirectives(Code, Result->Tokens,
                                          Result->Found) ||
        separatesDigits(Code, Result->Tokens))
      return nullptr;
    return Result;
  }

  /// Whether a directive in \p Code has a number like 1'000, which Clang's scan
  /// takes for two tokens (up to LLVM 22 at least).
  static bool
  separatesDigits(StringRef Code,
                  ArrayRef<dependency_directives_scan::Token> Tokens) {
    return llvm::any_of(Tokens, [&](const auto &Token) {
      return Token.Kind == tok::numeric_constant &&
             Code.substr(Token.Offset + Token.Length).starts_with("'");
    });
  }

  DenseMap<const FileEntry *, std::unique_ptr<Scanned>> Known;
};

/// Collects the inclusions of one unit.
class ScanAction : public PreprocessOnlyAction {
public:
  ScanAction(IncludeScanner &Scanner, UnitIncludes &Result, bool &Failed)
      : Scanner(Scanner), Result(Result), Failed(Failed) {}

protected:
  bool BeginInvocation(CompilerInstance &CI) override {
    FileManager &Files = *Scanner.Files;
    compat::scanDirectives(CI, [this, &Files](FileEntryRef File) {
      return Scanner.Directives->of(Files, File);
    });
    return true;
  }

  bool BeginSourceFileAction(CompilerInstance &CI) override {
    CI.getPreprocessor().addPPCallbacks(std::make_unique<Collector>(*this, CI));
    return true;
  }

  void EndSourceFileAction() override {
    HeaderSearch &Search =
        getCompilerInstance().getPreprocessor().getHeaderSearchInfo();
    for (auto [File, Index] : Seen)
      if (!Search.isFileMultipleIncludeGuarded(File))
        Scanner.Headers[Index].Guarded = false;
    if (getCompilerInstance().getDiagnostics().hasErrorOccurred())
      Failed = true;
  }

private:
  class Collector : public PPCallbacks {
  public:
    Collector(ScanAction &Action, CompilerInstance &CI)
        : Action(Action), PP(CI.getPreprocessor()),
          Sources(CI.getSourceManager()) {}

    void InclusionDirective(SourceLocation HashLoc, const Token &,
                            StringRef FileName, bool IsAngled, CharSourceRange,
                            OptionalFileEntryRef File, StringRef SearchPath,
                            StringRef, const Module *, bool Imported,
                            SrcMgr::CharacteristicKind Kind) override {
      if (Imported)
        Action.Failed = true;
      if (!File)
        return;
      Inclusion I;
      I.Header = Action.Scanner.indexOf(*File);
      const FileID Includer = Sources.getFileID(HashLoc);
      OptionalFileEntryRef From = Sources.getFileEntryRefForID(Includer);
      if (From && Includer != Sources.getMainFileID())
        I.Includer = Action.Scanner.indexOf(*From);
      ScannedHeader &Header = Action.Scanner.Headers[I.Header];
      if (I.Includer == Inclusion::UnitFile)
        Header.InUnit = true;
      else
        Header.Includers.insert(I.Includer);
      if (!Known.insert(&File->getFileEntry()).second)
        return;
      Action.Seen.push_back({*File, I.Header});
      if (SrcMgr::isSystem(Kind))
        Header.System = true;
      // The command includes it again, however it finds it.
      const bool Forced = Includer == PP.getPredefinesFileID();
      const bool BesideIncluder =
          !IsAngled && From && SearchPath == From->getDir().getName();
      if (Forced)
        I.Spelling.clear();
      else if (!BesideIncluder && !sys::path::is_absolute(FileName))
        I.Spelling = ("<" + FileName + ">").str();
      else if (sys::path::is_absolute(File->getName()))
        I.Spelling = ("\"" + File->getName() + "\"").str();
      Action.Result.push_back(std::move(I));
    }

    void moduleImport(SourceLocation, ModuleIdPath, const Module *) override {
      Action.Failed = true;
    }

  private:
    ScanAction &Action;
    Preprocessor &PP;
    SourceManager &Sources;
    SmallPtrSet<const FileEntry *, 32> Known;
  };

  IncludeScanner &Scanner;
  UnitIncludes &Result;
  bool &Failed;
  std::vector<std::pair<FileEntryRef, unsigned>> Seen;
};

IncludeScanner::IncludeScanner()
    : Files(new FileManager(FileSystemOptions())),
      Directives(std::make_unique<DirectiveCache>()) {}

IncludeScanner::~IncludeScanner() = default;

unsigned IncludeScanner::indexOf(FileEntryRef File) {
  auto [It, Inserted] =
      Indexes.try_emplace(&File.getFileEntry(), Headers.size());
  if (Inserted)
    Headers.push_back({static_cast<uint64_t>(File.getSize())});
  return It->second;
}

std::optional<UnitIncludes> IncludeScanner::scan(const ExtractionJob &Job) {
  UnitIncludes Result;
  bool Failed = false;
  IgnoringDiagConsumer Ignored;
  tooling::ToolInvocation Invocation(
      Job.Command, std::make_unique<ScanAction>(*this, Result, Failed),
      Files.get());
  Invocation.setDiagnosticConsumer(&Ignored);
  if (!Invocation.run() || Failed)
    return std::nullopt;
  return Result;
}

} // namespace corolint
