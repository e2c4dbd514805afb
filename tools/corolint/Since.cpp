//===-- Since.cpp - Findings on changes since a commit --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Since.h"
#include "program/Shard.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include <set>

using namespace llvm;

namespace corolint {

/// The output of a git command.
static Expected<std::string> git(ArrayRef<StringRef> Arguments) {
  auto Program = sys::findProgramByName("git");
  if (!Program)
    return makeError("--since needs git, which is not in PATH");
  SmallString<128> Out, Err;
  if (sys::fs::createTemporaryFile("corolint-git", "out", Out) ||
      sys::fs::createTemporaryFile("corolint-git", "err", Err))
    return makeError("--since: cannot make a temporary file");
  SmallVector<StringRef, 8> All{*Program};
  llvm::append_range(All, Arguments);
  std::optional<StringRef> Redirects[] = {StringRef(""), StringRef(Out),
                                          StringRef(Err)};
  int Status = sys::ExecuteAndWait(*Program, All, std::nullopt, Redirects);
  auto Read = [](StringRef Path) {
    auto Buffer = MemoryBuffer::getFile(Path);
    std::string Text = Buffer ? (*Buffer)->getBuffer().str() : "";
    sys::fs::remove(Path);
    return Text;
  };
  std::string Output = Read(Out), Errors = Read(Err);
  if (Status != 0)
    return makeError("--since: git: " + StringRef(Errors).trim());
  return Output;
}

Error keepSince(StringRef Ref, std::vector<Finding> &Findings) {
  auto Top = git({"rev-parse", "--show-toplevel"});
  if (!Top)
    return Top.takeError();
  const std::string Root = StringRef(*Top).trim().str();
  auto Diff =
      git({"-c", "core.quotePath=false", "diff", "--unified=0", "--no-color",
           "--no-ext-diff", "--src-prefix=a/", "--dst-prefix=b/", Ref, "--"});
  if (!Diff)
    return Diff.takeError();
  auto New = git({"-c", "core.quotePath=false", "-C", Root, "ls-files",
                  "--others", "--exclude-standard"});
  if (!New)
    return New.takeError();

  auto Real = [](StringRef Path) {
    SmallString<256> Result;
    return sys::fs::real_path(Path, Result) ? Path.str() : std::string(Result);
  };
  std::set<std::pair<std::string, unsigned>> Lines;
  StringSet<> Files;
  std::string File;
  StringRef Rest = *Diff;
  while (!Rest.empty()) {
    auto [Line, After] = Rest.split('\n');
    Rest = After;
    if (Line.consume_front("+++ ")) {
      File = Line.consume_front("b/")
                 ? Real(Root + "/" + Line.rtrim('\t').str())
                 : "";
    } else if (Line.starts_with("@@ ") && !File.empty()) {
      // @@ -a,b +first,count @@
      StringRef Range = Line.split('+').second.split(' ').first;
      auto [FirstText, CountText] = Range.split(',');
      unsigned First = 0, Count = 1;
      FirstText.getAsInteger(10, First);
      if (!CountText.empty())
        CountText.getAsInteger(10, Count);
      for (unsigned I = 0; I < Count; ++I)
        Lines.emplace(File, First + I);
    }
  }
  SmallVector<StringRef, 0> Untracked;
  StringRef(*New).split(Untracked, '\n', -1, false);
  for (StringRef Path : Untracked)
    Files.insert(Real(Root + "/" + Path.str()));

  StringMap<std::string> RealPaths;
  auto IsNew = [&](const Location &Where) {
    auto [It, Inserted] = RealPaths.try_emplace(Where.File);
    if (Inserted)
      It->second = Real(Where.File);
    return Files.contains(It->second) || Lines.count({It->second, Where.Line});
  };
  llvm::erase_if(Findings, [&](const Finding &F) {
    return !IsNew(F.Where) && llvm::none_of(F.Notes, [&](const Note &N) {
      return IsNew(N.Where);
    });
  });
  return Error::success();
}

} // namespace corolint
