//===-- ModelGenerator.cpp - Turns model files into C++ tables ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs during the build: `corolint-modelgen -o BuiltinModels.cpp *.yaml` writes
// constant tables, so that start-up needs no YAML parser and no initialiser.
//
//===----------------------------------------------------------------------===//

#include "model/ModelFields.h"
#include "model/ModelFile.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/TypeName.h"
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
/// methods …) is written once, even if several entries share it.
class TableWriter {
public:
  /// Adds the tables of the file \p Path. Returns false, with a message, if an
  /// earlier file already has one of its effects.
  bool add(StringRef Path, const ModelTables &Tables);
  void write(raw_ostream &Out) const;

private:
  template <typename T>
  void add(std::vector<std::string> &Rows, ArrayRef<T> Entries);
  std::string array(StringRef Type, ArrayRef<std::string> Elements);
  template <typename T> std::string cell(const T &Value);
  std::string cell(StringRef Text);
  template <typename T> std::string cell(ArrayRef<T> Values);

  std::string Parts;
  StringMap<std::string> PartNames;
  StringMap<std::string> Effects; ///< And the file that contains them.
#define COROLINT_MODEL_TABLE(Type, Name, Key) std::vector<std::string> Name;
#define COROLINT_MODEL_NAMES(Name, Key) std::vector<std::string> Name;
#include "model/ModelTables.def"
};

std::string quoted(StringRef Text) {
  std::string Result = "\"";
  raw_string_ostream Out(Result);
  printEscapedString(Text, Out);
  Out.flush();
  return Result + "\"";
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

/// The unqualified name of \p T. "Condition::Test" includes the class.
template <typename T> StringRef typeName() {
  StringRef Name = getTypeName<T>();
  Name.consume_front("corolint::");
  return Name == "llvm::StringRef" ? "StringRef" : Name;
}

std::string TableWriter::cell(StringRef Text) { return quoted(Text); }

template <typename T> std::string TableWriter::cell(ArrayRef<T> Values) {
  std::vector<std::string> Elements;
  for (const T &Value : Values)
    Elements.push_back(cell(Value));
  return array(typeName<T>(), Elements);
}

/// Formats a number, an enumerator, or the fields of an entry.
template <typename T> std::string TableWriter::cell(const T &Value) {
  if constexpr (std::is_same_v<T, bool>) {
    return Value ? "true" : "false";
  } else if constexpr (std::is_enum_v<T>) {
    return (typeName<T>() + "(" + Twine(static_cast<unsigned>(Value)) + ")")
        .str();
  } else if constexpr (std::is_integral_v<T>) {
    return std::to_string(Value);
  } else {
    std::vector<std::string> Cells;
    visitFields(Value,
                [&](const auto &Field) { Cells.push_back(cell(Field)); });
    return "{" + join(Cells, ", ") + "}";
  }
}

template <typename T>
void TableWriter::add(std::vector<std::string> &Rows, ArrayRef<T> Entries) {
  for (const T &Entry : Entries)
    Rows.push_back(cell(Entry));
}

bool TableWriter::add(StringRef Path, const ModelTables &Tables) {
  bool Unique = true;
  for (const FunctionModel &M : Tables.Functions) {
    std::string Effect = cell(M.Name) + cell(M.Effect) + cell(M.Kind) +
                         cell(M.OnlyIf) + cell(M.Unless);
    auto [Earlier, New] = Effects.try_emplace(Effect, Path);
    if (New)
      continue;
    errs() << Path << ": error: '" << M.Name << "' is in " << Earlier->second
           << " too; remove one\n";
    Unique = false;
  }
#define COROLINT_MODEL_TABLE(Type, Name, Key) add(Name, Tables.Name);
#define COROLINT_MODEL_NAMES(Name, Key) add(Name, Tables.Name);
#include "model/ModelTables.def"
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
#define COROLINT_MODEL_TABLE(Type, Name, Key)                                  \
  writeTable(Out, #Type, #Name, Name);
#define COROLINT_MODEL_NAMES(Name, Key)                                        \
  writeTable(Out, "StringRef", #Name, Name);
#include "model/ModelTables.def"
  Out << "constexpr ModelTables Tables = {\n"
#define COROLINT_MODEL_TABLE(Type, Name, Key) "    " #Name ",\n"
#define COROLINT_MODEL_NAMES(Name, Key) "    " #Name ",\n"
#include "model/ModelTables.def"
         "};\n\n"
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
