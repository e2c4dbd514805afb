//===-- InitCommand.cpp - corolint init -----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LibraryDraft.h"
#include "Options.h"
#include "program/Shard.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {

static cl::opt<bool> Force("force", cl::desc("Overwrite existing files"),
                           cl::cat(category()), cl::sub(initCommand()));
static cl::opt<std::string>
    Library("library",
            cl::desc("Print a draft of a model of the library with these "
                     "headers"),
            cl::value_desc("dir"), cl::cat(category()), cl::sub(initCommand()));
static cl::opt<std::string> InitDirectory(cl::Positional, cl::desc("[dir]"),
                                          cl::init("."), cl::cat(category()),
                                          cl::sub(initCommand()));

/// Writes configuration files for the project in \p Directory. Does not replace
/// existing files unless \p Force. Returns the exit status.
static int init(StringRef Directory, bool Force) {
  struct Output {
    const char *Name;
    std::string Content;
  };
  const Output Outputs[] = {
      {".clang-tidy", "# What is wrong in coroutines; see 'clang-tidy "
                      "--list-checks' for the rest.\n"
                      "Checks: 'coro-*'\n"
                      "HeaderFilterRegex: '.*'\n"
                      "CheckOptions:\n"
                      "  coro-blocking-call.Kinds: "
                      "'sleep;wait;net;dns;file;process;input;ipc;db;rpc'\n"},
      {".clangd",
       "# corolint-clangd shows the checks without this, too, unless "
       ".clang-tidy\n# begins with '-*'.\n"
       "Diagnostics:\n  ClangTidy:\n    Add: coro-*\n"},
      {".pre-commit-config.yaml", "repos:\n"
                                  "  - repo: local\n"
                                  "    hooks:\n"
                                  "      - id: corolint-changed\n"
                                  "        name: corolint (changed lines)\n"
                                  "        entry: corolint-changed\n"
                                  "        language: system\n"
                                  "        types: [c++]\n"
                                  "        require_serial: true\n"},
  };
  bool Bad = false;
  for (const Output &O : Outputs) {
    SmallString<256> Path(Directory);
    sys::path::append(Path, O.Name);
    if (!Force && sys::fs::exists(Path)) {
      auto Old = MemoryBuffer::getFile(Path);
      if (Old && (*Old)->getBuffer() == O.Content) {
        outs() << Path << ": is as it should be\n";
        continue;
      }
      outs() << Path << ": is there already and stays; to be added:\n";
      SmallVector<StringRef, 0> Lines;
      StringRef(O.Content).split(Lines, '\n', -1, false);
      for (StringRef Line : Lines)
        outs() << "    " << Line << '\n';
      continue;
    }
    if (Error E = writeFileAtomically(Path, O.Content)) {
      errs() << "corolint: error: " << toString(std::move(E)) << '\n';
      Bad = true;
      continue;
    }
    outs() << Path << ": written\n";
  }
  return Bad ? Exit::Failed : Exit::Clean;
}

int runInit() {
  if (Library.empty())
    return init(InitDirectory, Force);
  auto Text = draftModel(Library, CommandAfter);
  if (!Text)
    return fail(Text.takeError());
  if (OutputFile.empty())
    outs() << *Text;
  else if (Error E = writeFileAtomically(OutputFile, *Text))
    return fail(std::move(E));
  return Exit::Clean;
}

} // namespace corolint
