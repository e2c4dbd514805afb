//===-- ModelGenerator.cpp - Turns model files into C++ tables ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs during the build: `corolint-modelgen -o BuiltinModels.cpp *.yaml` writes
// constant tables, so that start-up parses no YAML and runs no initialiser.
//
//===----------------------------------------------------------------------===//

#include "model/ModelFile.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <vector>

using namespace llvm;
using namespace corolint;

namespace {

cl::list<std::string> Inputs(cl::Positional, cl::OneOrMore,
                             cl::desc("<model files>"));
cl::opt<std::string> Output("o", cl::Required, cl::desc("C++ source to write"));

/// Writes the tables of several files as one. Each array of parts (conditions,
/// methods …) is written once, however many entries share it.
class TableWriter {
public:
  /// Adds the tables of the file \p Path. Returns false, with a message, if
  /// an earlier file has one of its effects.
  bool add(StringRef Path, const ModelTables &Tables);
  void write(raw_ostream &Out) const;

private:
  std::string array(StringRef Type, ArrayRef<std::string> Elements);
  std::string names(ArrayRef<StringRef> Names);
  std::string conditions(ArrayRef<Condition> Conditions);
  std::string constructors(ArrayRef<ConstructorModel> Constructors);
  std::string methods(ArrayRef<MethodModel> Methods);

  std::string Parts;
  StringMap<std::string> PartNames;
  StringMap<std::string> Effects; ///< And the file that has them.
  std::vector<std::string> Functions, Callables, Guards, LockFunctions,
      Wrappers, Readiness, PassThrough, NeverSuspends, Opaque;
};

std::string quoted(StringRef Text) {
  std::string Result = "\"";
  raw_string_ostream Out(Result);
  printEscapedString(Text, Out);
  Out.flush();
  return Result + "\"";
}

template <typename E> std::string enumerator(StringRef Type, E Value) {
  return (Type + "(" + Twine(static_cast<unsigned>(Value)) + ")").str();
}

std::string row(ArrayRef<std::string> Cells) {
  return "{" + join(Cells, ", ") + "}";
}

std::string TableWriter::array(StringRef Type, ArrayRef<std::string> Elements) {
  if (Elements.empty())
    return "{}";
  std::string Body = (Type + " @[] = {" + join(Elements, ", ") + "};\n").str();
  auto [Entry, New] = PartNames.try_emplace(Body);
  if (New) {
    Entry->second = "Part" + std::to_string(PartNames.size());
    size_t At = Body.find('@');
    Parts += "constexpr " + Body.replace(At, 1, Entry->second);
  }
  return Entry->second;
}

std::string TableWriter::names(ArrayRef<StringRef> Names) {
  std::vector<std::string> Elements;
  for (StringRef Name : Names)
    Elements.push_back(quoted(Name));
  return array("StringRef", Elements);
}

std::string TableWriter::conditions(ArrayRef<Condition> Conditions) {
  std::vector<std::string> Elements;
  for (const Condition &C : Conditions)
    Elements.push_back(
        row({enumerator("Condition::Test", C.Kind), std::to_string(C.Argument),
             std::to_string(C.Value), quoted(C.Name)}));
  return array("Condition", Elements);
}

std::string TableWriter::constructors(ArrayRef<ConstructorModel> Constructors) {
  std::vector<std::string> Elements;
  for (const ConstructorModel &C : Constructors)
    Elements.push_back(row({std::to_string(C.Count), quoted(C.ArgumentType),
                            enumerator("GuardState", C.State)}));
  return array("ConstructorModel", Elements);
}

std::string TableWriter::methods(ArrayRef<MethodModel> Methods) {
  std::vector<std::string> Elements;
  for (const MethodModel &M : Methods)
    Elements.push_back(
        row({quoted(M.Method), enumerator("GuardAction", M.Action)}));
  return array("MethodModel", Elements);
}

bool TableWriter::add(StringRef Path, const ModelTables &Tables) {
  bool Unique = true;
  for (const FunctionModel &M : Tables.Functions) {
    std::string Effect =
        row({quoted(M.Name), enumerator("EffectKind", M.Effect),
             enumerator("BlockKind", M.Kind), conditions(M.OnlyIf),
             conditions(M.Unless)});
    auto [Earlier, New] = Effects.try_emplace(Effect, Path);
    if (!New) {
      errs() << Path << ": error: '" << M.Name << "' is in " << Earlier->second
             << " too; remove one\n";
      Unique = false;
    }
    StringRef Cells = StringRef(Effect).drop_back();
    Functions.push_back(
        (Cells + ", " +
         join(ArrayRef<std::string>(
                  {enumerator("AwaitOperand", M.Awaitable),
                   quoted(M.Replacement), quoted(M.ReplacementIn),
                   quoted(M.ReplacementNeeds), quoted(M.Library),
                   M.IsC ? "true" : "false"}),
              ", ") +
         "}")
            .str());
  }
  for (const CallableModel &M : Tables.Callables)
    Callables.push_back(row({quoted(M.Function), std::to_string(M.Argument),
                             enumerator("ContextKind", M.Runs),
                             conditions(M.Unless), quoted(M.Library)}));
  for (const GuardModel &M : Tables.Guards)
    Guards.push_back(
        row({quoted(M.Class), enumerator("GuardRole", M.Role),
             constructors(M.Constructors), methods(M.Methods),
             names(M.AcquiredBy), conditions(M.AcquiredUnless),
             enumerator("EffectKind", M.DestructorEffect),
             enumerator("BlockKind", M.DestructorKind), quoted(M.Library)}));
  for (const LockFunctionModel &M : Tables.LockFunctions)
    LockFunctions.push_back(
        row({quoted(M.Function), std::to_string(M.Argument),
             enumerator("GuardAction", M.Action),
             enumerator("LockSuccess", M.Success), quoted(M.Library)}));
  for (const WrapperModel &M : Tables.Wrappers)
    Wrappers.push_back(row({quoted(M.Class), methods(M.Methods),
                            names(M.Factories), quoted(M.Library)}));
  for (const ReadinessModel &M : Tables.Readiness)
    Readiness.push_back(row({quoted(M.Class), quoted(M.Method), quoted(M.Ready),
                             quoted(M.Library)}));
  for (StringRef Name : Tables.PassThrough)
    PassThrough.push_back(quoted(Name));
  for (StringRef Name : Tables.NeverSuspends)
    NeverSuspends.push_back(quoted(Name));
  for (StringRef Name : Tables.Opaque)
    Opaque.push_back(quoted(Name));
  return Unique;
}

void writeTable(raw_ostream &Out, StringRef Type, StringRef Name,
                ArrayRef<std::string> Rows) {
  if (Rows.empty()) {
    Out << "constexpr ArrayRef<" << Type << "> " << Name << " = {};\n\n";
    return;
  }
  Out << "constexpr " << Type << ' ' << Name << "[] = {\n";
  for (const std::string &Row : Rows)
    Out << "    " << Row << ",\n";
  Out << "};\n\n";
}

void TableWriter::write(raw_ostream &Out) const {
  Out << "// Generated by corolint-modelgen from lib/model/*.yaml.\n\n"
         "#include \"model/Model.h\"\n\n"
         "namespace corolint {\n\n"
         "using llvm::ArrayRef;\n"
         "using llvm::StringRef;\n\n"
         "namespace {\n\n"
      << Parts << '\n';
  writeTable(Out, "FunctionModel", "Functions", Functions);
  writeTable(Out, "CallableModel", "Callables", Callables);
  writeTable(Out, "GuardModel", "Guards", Guards);
  writeTable(Out, "LockFunctionModel", "LockFunctions", LockFunctions);
  writeTable(Out, "WrapperModel", "Wrappers", Wrappers);
  writeTable(Out, "ReadinessModel", "Readiness", Readiness);
  writeTable(Out, "StringRef", "PassThrough", PassThrough);
  writeTable(Out, "StringRef", "NeverSuspends", NeverSuspends);
  writeTable(Out, "StringRef", "Opaque", Opaque);
  Out << "constexpr ModelTables Tables = {Functions, Callables, Guards,\n"
         "                                LockFunctions, Wrappers, Readiness,\n"
         "                                PassThrough, NeverSuspends, "
         "Opaque};\n\n"
         "} // namespace\n\n"
         "const ModelTables &builtinModels() { return Tables; }\n\n"
         "} // namespace corolint\n";
}

} // namespace

int main(int Argc, char **Argv) {
  InitLLVM Init(Argc, Argv);
  cl::ParseCommandLineOptions(Argc, Argv,
                              "turns corolint's model files into C++ tables\n");
  TableWriter Writer;
  bool Failed = false;
  for (const std::string &Path : Inputs) {
    auto File = ModelFile::load(Path);
    if (!File) {
      errs() << toString(File.takeError()) << '\n';
      Failed = true;
      continue;
    }
    if (!Writer.add(Path, (*File)->tables()))
      Failed = true;
  }
  if (Failed)
    return 1;

  std::error_code EC;
  raw_fd_ostream Out(Output, EC, sys::fs::OF_Text);
  if (EC) {
    errs() << "cannot write '" << Output << "': " << EC.message() << '\n';
    return 1;
  }
  Writer.write(Out);
  return 0;
}
