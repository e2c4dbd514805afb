//===-- NinjaCommand.cpp - corolint ninja ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Command.h"
#include "Database.h"
#include "Options.h"
#include "program/Shard.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <set>

using namespace llvm;

namespace corolint {

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

int runNinja() {
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
  const std::string Target = absolutePath(OutputFile);
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

} // namespace corolint
