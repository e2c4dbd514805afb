//===-- AuditCommand.cpp - corolint audit ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "program/NameHints.h"
#include "program/Shard.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {

static cl::opt<std::string>
    ModelOutput("model", cl::desc("Also write a model file to fill in"),
                cl::value_desc("file"), cl::cat(category()),
                cl::sub(auditCommand()));
static cl::opt<bool>
    Likely("likely", cl::desc("Only functions whose names suggest a wait"),
           cl::cat(category()), cl::sub(auditCommand()));
static cl::list<std::string> AuditPaths(cl::Positional, cl::desc("[path...]"),
                                        cl::cat(category()),
                                        cl::sub(auditCommand()));

/// \p Path relative to the working directory, if it is below it.
static StringRef shortPath(StringRef Path) {
  static const std::string Here = absolutePath("");
  StringRef Rest = Path;
  return Rest.consume_front(Here) && Rest.consume_front("/") ? Rest : Path;
}

static std::string placeOf(const Location &Where) {
  return (shortPath(Where.File) + ":" + Twine(Where.Line) + ":" +
          Twine(Where.Column))
      .str();
}

static std::string callsOf(unsigned Count) {
  return std::to_string(Count) + (Count == 1 ? " call" : " calls");
}

/// One line per function: its name, the number of calls, the kind of blocking
/// that its name suggests, its first call and its header.
static std::string listOf(ArrayRef<Program::Unknown> Found) {
  std::string Text;
  raw_string_ostream Out(Text);
  for (const Program::Unknown &F : Found) {
    Out << F.Qualified << ": " << callsOf(F.NumCalls);
    if (std::optional<BlockKind> Kind = hintOf(F.Qualified))
      Out << ", the name suggests '" << spelling(*Kind) << "'";
    Out << ", first at " << placeOf(F.Example) << ", declared in "
        << shortPath(F.Declared.File) << ':' << F.Declared.Line << '\n';
  }
  return Text;
}

/// A model that changes no verdict until it is edited: its entries are what
/// corolint assumes of unknown functions anyway.
static std::string modelOf(ArrayRef<Program::Unknown> Found) {
  std::string Text;
  raw_string_ostream Out(Text);
  Out << "# Functions that asynchronous code calls and that nothing describes, "
         "as\n"
         "# 'corolint audit' found them. 'nonblocking' is what corolint "
         "assumes "
         "of them\n"
         "# already. Where a function waits, replace it: 'effect: blocks' with "
         "a 'kind', or\n"
         "# 'effect: sync-waits' if it waits for asynchronous work. Then name "
         "this file in\n"
         "# the option CoroModels. docs/models.md describes the format.\n"
         "library: to-be-named\n";
  if (!Found.empty())
    Out << "effects:\n";
  for (const Program::Unknown &F : Found) {
    Out << "  # " << callsOf(F.NumCalls) << ", first at " << placeOf(F.Example)
        << "; declared in " << shortPath(F.Declared.File) << ':'
        << F.Declared.Line << ".\n";
    if (std::optional<BlockKind> Kind = hintOf(F.Qualified))
      Out << "  # The name suggests: effect: blocks, kind: " << spelling(*Kind)
          << '\n';
    Out << "  - names: [\"" << F.Qualified << "\"]\n    effect: nonblocking\n";
  }
  return Text;
}

int runAudit() {
  Program &Linked = *new Program; // Lives as long as the process.
  const std::vector<std::string> Paths(AuditPaths.begin(), AuditPaths.end());
  const std::string List = OutputFile.empty() ? "" : absolutePath(OutputFile);
  const std::string Model =
      ModelOutput.empty() ? "" : absolutePath(ModelOutput);
  for (const std::string &Target : {List, Model})
    if (!Target.empty())
      if (Error E = checkWritable(Target))
        return fail(std::move(E));
  auto Made = makeProgram(Paths, Linked);
  if (!Made)
    return fail(Made.takeError());
  std::vector<Program::Unknown> Found = Linked.unknownCallees();
  if (Likely)
    llvm::erase_if(
        Found, [](const Program::Unknown &F) { return !hintOf(F.Qualified); });
  if (List.empty())
    outs() << listOf(Found);
  else if (Error E = writeFileAtomically(List, listOf(Found)))
    return fail(std::move(E));
  if (!Model.empty())
    if (Error E = writeFileAtomically(Model, modelOf(Found)))
      return fail(std::move(E));
  return Made->Good ? Exit::Clean : Exit::Failed;
}

} // namespace corolint
