//===-- Bundle.cpp - clang-tidy and clangd in one program -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/Bundle.h"
#include "Compat.h"
#include "corolint-clangd/ClangdApi.h"
#include "corolint/ExtractAll.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace clang::tidy {
/// clang-tidy's main function.
int clangTidyMain(int ArgCount, const char **Arguments);
} // namespace clang::tidy

// Every part of Clang calls this function to find Clang's own headers.
std::string resourcesPath(const char *,
                          void *) asm("__wrap_" COROLINT_GET_RESOURCES_PATH);

std::string resourcesPath(const char *, void *) {
  return corolint::resourceDirectory();
}

namespace corolint {

/// A path below the directory that contains `bin`, `lib` and `share`. The
/// program may be unpacked anywhere.
static std::string belowPrefix(StringRef Relative) {
  SmallString<256> Path(sys::fs::getMainExecutable(nullptr, nullptr));
  sys::path::remove_filename(Path);
  sys::path::append(Path, "..", Relative);
  sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return std::string(Path);
}

bool isBundle() { return true; }

std::string resourceDirectory() {
  std::string Path = belowPrefix("lib/clang/" LLVM_MAJOR_TEXT);
  return sys::fs::is_directory(Path) ? Path : "";
}

/// Runs the hook, which is written in Python: pre-commit provides an
/// interpreter.
static int runHook(ArrayRef<char *> Arguments) {
  const std::string Script =
      belowPrefix("share/corolint/hooks/corolint-changed");
  std::optional<std::string> Given = sys::Process::GetEnv("COROLINT_PYTHON");
  ErrorOr<std::string> Python =
      Given ? ErrorOr<std::string>(*Given) : sys::findProgramByName("python3");
  if (!Python) {
    errs() << "corolint: error: the hook needs python3, which is not in PATH; "
              "install it, or set COROLINT_PYTHON to its path\n";
    return Exit::Failed;
  }
  const std::string Own = sys::fs::getMainExecutable(nullptr, nullptr);
  SmallVector<StringRef, 16> Command{*Python, Script, "--corolint", Own};
  Command.append(Arguments.begin(), Arguments.end());
  std::string Error;
  const int Status =
      sys::ExecuteAndWait(*Python, Command, std::nullopt, {}, 0, 0, &Error);
  if (Status >= 0)
    return Status;
  errs() << "corolint: error: the hook could not run: " << Error << '\n';
  return Exit::Failed;
}

namespace {
/// Gives access to a protected member: LLVM lets only a subcommand remove
/// itself from the parser.
struct Unregistering : cl::SubCommand {
  static void unregister(cl::SubCommand &Command) {
    (Command.*&Unregistering::unregisterSubCommand)();
  }
};
} // namespace

/// clang-tidy registers an option for all existing subcommands, and the
/// driver's commands have an option of the same name.
static void forgetOwnCommands() {
  SmallVector<cl::SubCommand *, 16> Own;
  for (cl::SubCommand *Command : cl::getRegisteredSubcommands())
    if (!Command->getName().empty())
      Own.push_back(Command);
  for (cl::SubCommand *Command : Own)
    Unregistering::unregister(*Command);
}

std::optional<int> runBundled(int ArgCount, char **Arguments) {
  const StringRef Name = ArgCount > 1 ? Arguments[1] : "";
  if (Name == "hook")
    return runHook({Arguments + 2, size_t(ArgCount - 2)});
  if (Name != "tidy" && Name != "clangd")
    return std::nullopt;
  if (resourceDirectory().empty()) {
    errs() << "corolint: error: Clang's own headers are not in '"
           << belowPrefix("lib/clang/" LLVM_MAJOR_TEXT)
           << "'; keep 'bin' and 'lib' of the archive together\n";
    return Exit::Failed;
  }
  forgetOwnCommands();
  // The inner program sees its own name, then its own arguments.
  SmallVector<char *, 16> Inner{Arguments[0]};
  Inner.append(Arguments + 2, Arguments + ArgCount);
  const int Count = int(Inner.size());
  Inner.push_back(nullptr);
  if (Name == "clangd")
    return clang::clangd::clangdMain(Count, Inner.data());
  return clang::tidy::clangTidyMain(Count,
                                    const_cast<const char **>(Inner.data()));
}

} // namespace corolint
