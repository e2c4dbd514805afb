//===-- Reader.h - Reads one model file -------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Walks the YAML tree of a file and collects entries and errors. Reader.cpp
// reads the different shapes of YAML nodes, each group of tables has its own
// source (Effects.cpp, Contexts.cpp …), and File.cpp reads the root and
// finishes the tables.
//
// Private to lib/model/reader; ModelFile.h is the interface.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_READER_READER_H
#define COROLINT_MODEL_READER_READER_H

#include "model/ModelFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/StringSaver.h"
#include "llvm/Support/YAMLParser.h"
#include <optional>
#include <string>
#include <vector>

namespace corolint {

/// A word of the schema and its meaning.
template <typename T> struct Word {
  llvm::StringLiteral Text;
  T Value;
};

inline constexpr Word<EffectKind> EffectWords[] = {
    {"blocks", EffectKind::Blocks},
    {"yields", EffectKind::Yields},
    {"sync-waits", EffectKind::SyncWaits},
    {"nonblocking", EffectKind::None},
};

inline constexpr Word<BlockKind> KindWords[] = {
#define COROLINT_BLOCK_KIND(Name, Spelling, Default, Text)                     \
  {Spelling, BlockKind::Name},
#include "model/BlockKinds.def"
};

inline constexpr Word<ContextKind> ContextWords[] = {
    {"no-yield", ContextKind::NoYield},
    {"event-loop", ContextKind::EventLoop},
    {"allow-blocking", ContextKind::AllowBlocking},
    {"caller", ContextKind::Caller},
    {"fiber", ContextKind::Fiber},
    {"pool", ContextKind::Pool},
};

/// The contexts that types, executors and interfaces can imply.
inline constexpr Word<ContextKind> PlaceWords[] = {
    {"event-loop", ContextKind::EventLoop},
    {"allow-blocking", ContextKind::AllowBlocking},
    {"fiber", ContextKind::Fiber},
    {"pool", ContextKind::Pool},
};

inline constexpr Word<bool> BoolWords[] = {{"true", true}, {"false", false}};

inline constexpr Word<int> CallablePositions[] = {
    {"last", Condition::Last}, {"any", CallableModel::AnyArgument}};
inline constexpr Word<int> ObjectPositions[] = {{"last", Condition::Last},
                                                {"object", Condition::Object}};

/// Reads one file into a ModelFile.
class ModelReader {
public:
  ModelReader(llvm::MemoryBufferRef Buffer, ModelFile &File);

  llvm::Error read();

private:
  template <typename T> struct Located {
    T Model;
    llvm::SMLoc Where;
  };
  using LocatedNames = llvm::SmallVector<Located<llvm::StringRef>, 8>;
  using Reads = llvm::function_ref<void(llvm::yaml::Node &)>;
  /// A key of a mapping and the function that reads its value.
  struct Field {
    llvm::StringRef Key;
    Reads Read;
  };
  /// Whether a name may have wildcards.
  enum class Patterns : uint8_t { No, Yes };

  // Errors.
  void note(const llvm::SMDiagnostic &Diagnostic);
  void error(llvm::SMLoc Where, const llvm::Twine &Message);
  void error(llvm::yaml::Node &Node, const llvm::Twine &Message);
  void misshapen(llvm::yaml::Node &Node, const llvm::Twine &Message);
  static std::string remedy(llvm::StringRef Given,
                            llvm::ArrayRef<llvm::StringRef> Known);

  // Shapes.
  llvm::SmallVector<llvm::StringRef, 8>
  readMapping(llvm::yaml::Node &Node, llvm::StringRef What,
              llvm::ArrayRef<Field> Fields);
  void readEntries(llvm::yaml::Node &Node, llvm::StringRef Section,
                   Reads ReadEntry);
  void require(llvm::yaml::Node &Node, llvm::ArrayRef<llvm::StringRef> Found,
               llvm::StringRef What, llvm::ArrayRef<llvm::StringRef> Keys);
  /// Reads the mapping of methods \p Node: calls \p ReadAction with each
  /// unqualified name and its value.
  void readMethodMap(
      llvm::yaml::Node &Node,
      llvm::function_ref<void(llvm::StringRef, llvm::yaml::Node &)> ReadAction);

  // Scalars.
  std::optional<llvm::StringRef> readScalar(llvm::yaml::Node &Node,
                                            llvm::StringRef What);
  llvm::StringRef readText(llvm::yaml::Node &Node, llvm::StringRef What);
  llvm::StringRef readName(llvm::yaml::Node &Node,
                           Patterns Allow = Patterns::No);
  llvm::StringRef readPattern(llvm::yaml::Node &Node, llvm::StringRef Name);
  int64_t readNumber(llvm::yaml::Node &Node, llvm::StringRef What,
                     int64_t Least, int64_t Most);
  int readArgument(llvm::yaml::Node &Node, llvm::ArrayRef<Word<int>> Words,
                   llvm::StringRef Key = "argument");
  template <typename T>
  T readWord(llvm::yaml::Node &Node, llvm::StringRef What,
             llvm::ArrayRef<Word<T>> Words);
  void readNames(llvm::yaml::Node &Node,
                 llvm::SmallVectorImpl<Located<llvm::StringRef>> &Names,
                 Patterns Allow = Patterns::Yes);
  llvm::ArrayRef<llvm::StringRef> readNames(llvm::yaml::Node &Node);

  // Parts of entries.
  Condition readCondition(llvm::yaml::Node &Node);
  llvm::ArrayRef<Condition> readConditions(llvm::yaml::Node &Node);
  llvm::SmallVector<llvm::ArrayRef<Condition>, 4>
  alternatives(llvm::ArrayRef<Condition> All, llvm::ArrayRef<Condition> OneOf);
  llvm::ArrayRef<ConstructorModel> readConstructors(llvm::yaml::Node &Node);
  llvm::ArrayRef<MethodModel> readMethods(llvm::yaml::Node &Node);
  llvm::ArrayRef<TaskMethod> readTaskMethods(llvm::yaml::Node &Node);
  llvm::ArrayRef<ContainerMethod> readContainerMethods(llvm::yaml::Node &Node);

  /// Reads an entry of the table that holds \p T.
  template <typename T> void readEntry(llvm::yaml::Node &Node);
  void readRoot(llvm::yaml::Node &Node);

  /// Adds \p Model to \p Table once for each of \p Names.
  template <typename T>
  void addEach(std::vector<Located<T>> &Table, T Model,
               llvm::StringRef T::*Name,
               llvm::ArrayRef<Located<llvm::StringRef>> Names) {
    for (const Located<llvm::StringRef> &Each : Names) {
      Model.*Name = Each.Model;
      Table.push_back({Model, Each.Where});
    }
  }

  void checkEffects();
  void checkPair(const Located<FunctionModel> &First,
                 const Located<FunctionModel> &Second);
  template <typename T>
  void checkClasses(llvm::ArrayRef<Located<T>> Models, llvm::StringRef Section);

  // The same entries for each further namespace.
  llvm::StringRef moved(llvm::StringRef Text, llvm::StringRef To);
  template <typename T>
  llvm::ArrayRef<T> moved(llvm::ArrayRef<T> Values, llvm::StringRef To);
  template <typename T> T moved(T Model, llvm::StringRef To);
  template <typename T>
  llvm::ArrayRef<T> finish(llvm::ArrayRef<Located<T>> Models);

  template <typename T> llvm::ArrayRef<T> keep(llvm::ArrayRef<T> Values) {
    return Values.copy(File.Allocator);
  }

  ModelFile &File;
  llvm::StringSaver Saver;
  llvm::SourceMgr Sources;
  llvm::yaml::Stream Stream;
  llvm::SMLoc Start;
  std::vector<std::string> Errors;
  bool Stop = false; ///< The rest of the file cannot be interpreted.

  bool IsC = false;
  LocatedNames Namespaces;
#define COROLINT_MODEL_TABLE(Type, Name, Key) std::vector<Located<Type>> Name;
#define COROLINT_MODEL_NAMES(Name, Key)                                        \
  std::vector<Located<llvm::StringRef>> Name;
#include "model/ModelTables.def"
};

#define COROLINT_MODEL_TABLE(Type, Name, Key)                                  \
  template <> void ModelReader::readEntry<Type>(llvm::yaml::Node & Node);
#include "model/ModelTables.def"

template <typename T>
T ModelReader::readWord(llvm::yaml::Node &Node, llvm::StringRef What,
                        llvm::ArrayRef<Word<T>> Words) {
  std::optional<llvm::StringRef> Text =
      readScalar(Node, "'" + What.str() + "'");
  if (!Text)
    return T();
  llvm::SmallVector<llvm::StringRef, 16> Known;
  for (const Word<T> &W : Words) {
    if (W.Text == *Text)
      return W.Value;
    Known.push_back(W.Text);
  }
  error(Node, "unknown " + What + " '" + *Text + "'; " + remedy(*Text, Known));
  return T();
}

} // namespace corolint

#endif // COROLINT_MODEL_READER_READER_H
