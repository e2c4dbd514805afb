//===-- Session.cpp - State shared by the checks of one run ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace corolint {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

std::string locate(llvm::StringRef Path, llvm::StringRef SourceFile) {
  llvm::SmallString<256> Directory(SourceFile);
  if (path::is_absolute(Path) || SourceFile.empty() ||
      fs::make_absolute(Directory))
    return Path.str();
  while (path::has_parent_path(Directory)) {
    path::remove_filename(Directory);
    llvm::SmallString<256> Candidate(Directory);
    path::append(Candidate, Path);
    if (fs::exists(Candidate))
      return std::string(Candidate);
  }
  return Path.str();
}

std::vector<std::string> Session::configure(llvm::StringRef ModelPaths,
                                            llvm::StringRef IndexPath,
                                            llvm::StringRef SourceFile,
                                            bool SystemHeaders) {
  if (std::exchange(Configured, true))
    return {};
  IncludeSystemHeaders = SystemHeaders;
  std::vector<std::string> Errors;
  llvm::SmallVector<llvm::StringRef, 4> Paths;
  ModelPaths.split(Paths, ';', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (llvm::StringRef Path : Paths) {
    auto Loaded = ModelFile::load(locate(Path.trim(), SourceFile));
    if (Loaded)
      UserModels.push_back(std::move(*Loaded));
    else
      Errors.push_back(llvm::toString(Loaded.takeError()));
  }
  if (IndexPath.empty())
    return Errors;
  auto Index = ProgramIndex::open(locate(IndexPath.trim(), SourceFile));
  if (!Index) {
    Errors.push_back("option CoroIndex: " + llvm::toString(Index.takeError()));
    return Errors;
  }
  (*Index)->findRoot(SourceFile);
  if (std::optional<std::string> Why = (*Index)->staleness())
    Errors.push_back("option CoroIndex: " + *Why);
  else
    External = std::make_unique<IndexEffects>(std::move(*Index));
  return Errors;
}

Session::Session() = default;
Session::~Session() = default;

Analysis &Session::analysis(clang::ASTContext &Context) {
  if (Current && &Current->context() == &Context)
    return *Current;
  llvm::SmallVector<const ModelTables *, 4> Tables{&builtinModels()};
  for (const auto &File : UserModels)
    Tables.push_back(&File->tables());
  AnalysisOptions Options;
  Options.IncludeSystemHeaders = IncludeSystemHeaders;
  Options.WholeProgram = WholeProgram;
  Options.Effects = External.get();
  Options.Contexts = External.get();
  Current = std::make_unique<Analysis>(Context, Tables, Options);
  AnnotationsClaimed = false;
  return *Current;
}

std::shared_ptr<Session>
SessionPool::of(clang::tidy::ClangTidyContext *Context) {
  std::lock_guard<std::mutex> Lock(Mutex);
  for (auto It = Sessions.begin(); It != Sessions.end(); ++It)
    if (It->second.expired())
      Sessions.erase(It);
  std::weak_ptr<Session> &Entry = Sessions[Context];
  std::shared_ptr<Session> Found = Entry.lock();
  if (!Found) {
    Found = std::make_shared<Session>();
    Entry = Found;
  }
  return Found;
}

} // namespace corolint
