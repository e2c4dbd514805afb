//===-- ModelFile.cpp - Reads model files ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/ModelFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/StringSaver.h"
#include "llvm/Support/YAMLParser.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <vector>

using namespace llvm;

namespace corolint {
namespace {

/// A word of the schema and what it stands for.
template <typename T> struct Word {
  StringLiteral Text;
  T Value;
};

constexpr Word<EffectKind> EffectWords[] = {
    {"blocks", EffectKind::Blocks},
    {"yields", EffectKind::Yields},
    {"sync-waits", EffectKind::SyncWaits},
    {"nonblocking", EffectKind::None},
};

constexpr Word<BlockKind> KindWords[] = {
#define COROLINT_BLOCK_KIND(Name, Spelling, Default, Text)                     \
  {Spelling, BlockKind::Name},
#include "model/BlockKinds.def"
};

constexpr Word<ContextKind> ContextWords[] = {
    {"no-yield", ContextKind::NoYield},
    {"event-loop", ContextKind::EventLoop},
    {"allow-blocking", ContextKind::AllowBlocking},
    {"caller", ContextKind::Caller},
};

constexpr Word<Condition::Test> TestWords[] = {
    {"zero", Condition::Test::Zero},
    {"null", Condition::Test::Null},
    {"true", Condition::Test::True},
};

constexpr Word<AwaitOperand> AwaitWords[] = {
    {"object", AwaitOperand::Object},
    {"argument", AwaitOperand::FirstArgument},
};

constexpr Word<GuardAction> ActionWords[] = {
    {"acquires", GuardAction::Acquires}, {"releases", GuardAction::Releases},
    {"tries", GuardAction::Tries},       {"tests", GuardAction::Tests},
    {"detaches", GuardAction::Detaches}, {"swaps", GuardAction::Swaps},
    {"replaces", GuardAction::Replaces},
};

constexpr Word<GuardState> StateWords[] = {
    {"empty", GuardState::Empty},
    {"held", GuardState::Held},
    {"maybe", GuardState::Maybe},
    {"adopted", GuardState::Adopted},
};

constexpr Word<GuardRole> RoleWords[] = {
    {"lock", GuardRole::Lock},
    {"async-lock", GuardRole::AsyncLock},
    {"mutex", GuardRole::Mutex},
    {"no-yield", GuardRole::NoYield},
    {"allow-blocking", GuardRole::AllowBlocking},
    {"pending-work", GuardRole::PendingWork},
};

constexpr Word<bool> LanguageWords[] = {{"c", true}, {"c++", false}};

constexpr Word<LockSuccess> SuccessWords[] = {
    {"true", LockSuccess::True},
    {"zero", LockSuccess::Zero},
    {"minus-one", LockSuccess::MinusOne},
};

/// A key of a mapping and what reads its value.
struct Field {
  StringRef Key;
  function_ref<void(yaml::Node &)> Read;
};

/// The word of \p Known that \p Given may have been meant to be, or "".
StringRef nearest(StringRef Given, ArrayRef<StringRef> Known) {
  StringRef Best;
  unsigned BestDistance = std::max<size_t>(1, Given.size() * 2 / 5) + 1;
  for (StringRef Candidate : Known) {
    unsigned Distance = Given.edit_distance(Candidate, true, BestDistance);
    if (Distance >= BestDistance)
      continue;
    Best = Candidate;
    BestDistance = Distance;
  }
  return Best;
}

/// "did you mean 'x'?", or else the list of what would have been right.
std::string remedy(StringRef Given, ArrayRef<StringRef> Known) {
  StringRef Near = nearest(Given, Known);
  if (!Near.empty())
    return ("did you mean '" + Near + "'?").str();
  return "use one of: " + join(Known, ", ");
}

/// \p Name without template arguments. Leaves `operator<` and its kin alone.
std::string withoutTemplateArguments(StringRef Name) {
  std::string Result;
  unsigned Depth = 0;
  for (size_t I = 0; I != Name.size(); ++I) {
    if (Depth == 0 && Name.substr(I).starts_with("operator")) {
      Result += Name.substr(I);
      break;
    }
    if (Name[I] == '<')
      ++Depth;
    else if (Name[I] == '>' && Depth)
      --Depth;
    else if (!Depth)
      Result += Name[I];
  }
  return Result;
}

bool equal(const Condition &A, const Condition &B) {
  return A.Kind == B.Kind && A.Argument == B.Argument && A.Value == B.Value &&
         A.Name == B.Name;
}

bool equal(ArrayRef<Condition> A, ArrayRef<Condition> B) {
  return A.size() == B.size() && all_of(zip(A, B), [](const auto &Pair) {
           return equal(std::get<0>(Pair), std::get<1>(Pair));
         });
}

bool isUnconditional(const FunctionModel &Model) {
  return Model.OnlyIf.empty() && Model.Unless.empty();
}

StringRef spelling(EffectKind Effect) {
  return find_if(EffectWords, [&](const auto &W) { return W.Value == Effect; })
      ->Text;
}

} // namespace

/// Walks the YAML tree of one file, collecting entries and errors.
class ModelReader {
public:
  ModelReader(MemoryBufferRef Buffer, ModelFile &File)
      : File(File), Saver(File.Allocator), Stream(Buffer, Sources, false) {
    Sources.setDiagHandler(
        [](const SMDiagnostic &Diagnostic, void *Self) {
          static_cast<ModelReader *>(Self)->note(Diagnostic);
        },
        this);
    Start = SMLoc::getFromPointer(Buffer.getBufferStart());
  }

  Error read();

private:
  template <typename T> struct Located {
    T Model;
    SMLoc Where;
  };

  // Errors.
  void note(const SMDiagnostic &Diagnostic);
  void error(SMLoc Where, const Twine &Message);
  void error(yaml::Node &Node, const Twine &Message);
  void misshapen(yaml::Node &Node, const Twine &Message);

  // Shapes.
  SmallVector<StringRef, 8> readMapping(yaml::Node &Node, StringRef What,
                                        ArrayRef<Field> Fields);
  void readEntries(yaml::Node &Node, StringRef Section,
                   function_ref<void(yaml::Node &)> ReadEntry);
  void require(yaml::Node &Node, ArrayRef<StringRef> Found, StringRef What,
               ArrayRef<StringRef> Keys);

  // Scalars.
  std::optional<StringRef> readScalar(yaml::Node &Node, StringRef What);
  StringRef readText(yaml::Node &Node, StringRef What);
  StringRef readName(yaml::Node &Node);
  int64_t readNumber(yaml::Node &Node, StringRef What, int64_t Least,
                     int64_t Most);
  int readArgument(yaml::Node &Node, ArrayRef<Word<int>> Words);
  template <typename T>
  T readWord(yaml::Node &Node, StringRef What, ArrayRef<Word<T>> Words);
  void readNames(yaml::Node &Node, SmallVectorImpl<Located<StringRef>> &Names);
  ArrayRef<StringRef> readNames(yaml::Node &Node);

  // Parts of entries.
  Condition readCondition(yaml::Node &Node);
  ArrayRef<Condition> readConditions(yaml::Node &Node);
  SmallVector<ArrayRef<Condition>, 4> alternatives(ArrayRef<Condition> All,
                                                   ArrayRef<Condition> OneOf);
  ArrayRef<ConstructorModel> readConstructors(yaml::Node &Node);
  ArrayRef<MethodModel> readMethods(yaml::Node &Node);

  // Sections.
  void readEffect(yaml::Node &Node);
  void readCallable(yaml::Node &Node);
  void readGuard(yaml::Node &Node);
  void readLockFunction(yaml::Node &Node);
  void readWrapper(yaml::Node &Node);
  void readReadiness(yaml::Node &Node);
  void readRoot(yaml::Node &Node);

  void checkEffects();
  void checkPair(const Located<FunctionModel> &First,
                 const Located<FunctionModel> &Second);
  template <typename T>
  void checkClasses(ArrayRef<Located<T>> Models, StringRef Section);

  // The same entries for each further namespace.
  StringRef moved(StringRef Text, StringRef To);
  ArrayRef<StringRef> moved(ArrayRef<StringRef> Names, StringRef To);
  ArrayRef<Condition> moved(ArrayRef<Condition> Conditions, StringRef To);
  ArrayRef<ConstructorModel> moved(ArrayRef<ConstructorModel> Constructors,
                                   StringRef To);
  FunctionModel moved(FunctionModel Model, StringRef To);
  CallableModel moved(CallableModel Model, StringRef To);
  GuardModel moved(GuardModel Model, StringRef To);
  LockFunctionModel moved(LockFunctionModel Model, StringRef To);
  WrapperModel moved(WrapperModel Model, StringRef To);
  ReadinessModel moved(ReadinessModel Model, StringRef To);
  template <typename T, typename NameOf>
  ArrayRef<T> finish(ArrayRef<Located<T>> Models, NameOf Name);
  ArrayRef<StringRef> finish(ArrayRef<Located<StringRef>> Names);

  template <typename T> ArrayRef<T> keep(ArrayRef<T> Values) {
    return Values.copy(File.Allocator);
  }

  ModelFile &File;
  StringSaver Saver;
  SourceMgr Sources;
  yaml::Stream Stream;
  SMLoc Start;
  std::vector<std::string> Errors;
  bool Stop = false; ///< The rest of the file cannot be made sense of.

  bool IsC = false;
  SmallVector<Located<StringRef>, 2> Namespaces;
  std::vector<Located<FunctionModel>> Functions;
  std::vector<Located<CallableModel>> Callables;
  std::vector<Located<GuardModel>> Guards;
  std::vector<Located<LockFunctionModel>> LockFunctions;
  std::vector<Located<WrapperModel>> Wrappers;
  std::vector<Located<ReadinessModel>> Readiness;
  SmallVector<Located<StringRef>, 0> PassThrough;
  SmallVector<Located<StringRef>, 0> NeverSuspends;
  SmallVector<Located<StringRef>, 0> Opaque;
};

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

void ModelReader::note(const SMDiagnostic &Diagnostic) {
  std::string Text;
  raw_string_ostream Out(Text);
  Out << Diagnostic.getFilename() << ':' << Diagnostic.getLineNo() << ':'
      << Diagnostic.getColumnNo() + 1 << ": error: " << Diagnostic.getMessage();
  Errors.push_back(Text);
}

void ModelReader::error(SMLoc Where, const Twine &Message) {
  Sources.PrintMessage(Where, SourceMgr::DK_Error, Message);
}

void ModelReader::error(yaml::Node &Node, const Twine &Message) {
  error(Node.getSourceRange().Start, Message);
}

void ModelReader::misshapen(yaml::Node &Node, const Twine &Message) {
  error(Node, Message);
  // Skipping an arbitrary subtree recurses; a hostile one is deep.
  Stop = true;
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

/// Hands each value of the mapping \p Node to the field of its key. Returns the
/// keys that are there.
SmallVector<StringRef, 8> ModelReader::readMapping(yaml::Node &Node,
                                                   StringRef What,
                                                   ArrayRef<Field> Fields) {
  SmallVector<StringRef, 8> Found;
  auto *Mapping = dyn_cast<yaml::MappingNode>(&Node);
  if (!Mapping) {
    misshapen(Node, What + " must be a mapping: 'key: value' lines, or {…}");
    return Found;
  }
  for (yaml::KeyValueNode &Pair : *Mapping) {
    yaml::Node *KeyNode = Pair.getKey();
    if (!KeyNode || !isa<yaml::ScalarNode>(KeyNode)) {
      misshapen(Node, What + " has a key that is not a word");
      return Found;
    }
    std::optional<StringRef> Key = readScalar(*KeyNode, "a key");
    yaml::Node *Value = Pair.getValue();
    if (!Key || !Value || Stream.failed()) {
      Stop = true;
      return Found;
    }
    const Field *Match =
        find_if(Fields, [&](const Field &F) { return F.Key == *Key; });
    if (Match == Fields.end()) {
      SmallVector<StringRef, 12> Known;
      for (const Field &F : Fields)
        Known.push_back(F.Key);
      error(*KeyNode, "unknown key '" + *Key + "' in " + What + "; " +
                          remedy(*Key, Known));
      if (!isa<yaml::ScalarNode, yaml::NullNode>(Value))
        Stop = true;
    } else if (is_contained(Found, Match->Key)) {
      misshapen(*KeyNode, "key '" + *Key + "' occurs twice in " + What +
                              "; join the two");
    } else {
      Found.push_back(Match->Key);
      if (isa<yaml::NullNode>(Value))
        error(*KeyNode, "'" + *Key + "' has no value; give one or remove it");
      else
        Match->Read(*Value);
    }
    if (Stop)
      return Found;
  }
  return Found;
}

void ModelReader::readEntries(yaml::Node &Node, StringRef Section,
                              function_ref<void(yaml::Node &)> ReadEntry) {
  auto *Sequence = dyn_cast<yaml::SequenceNode>(&Node);
  if (!Sequence)
    return misshapen(Node, "'" + Section +
                               "' must be a list: lines that begin with '- ', "
                               "or […]");
  for (yaml::Node &Entry : *Sequence) {
    ReadEntry(Entry);
    if (Stop)
      return;
  }
}

/// Reports each of \p Keys that is not among the \p Found.
void ModelReader::require(yaml::Node &Node, ArrayRef<StringRef> Found,
                          StringRef What, ArrayRef<StringRef> Keys) {
  if (Stop)
    return;
  for (StringRef Key : Keys)
    if (!is_contained(Found, Key))
      error(Node, What + " lacks '" + Key + "'; add it");
}

//===----------------------------------------------------------------------===//
// Scalars
//===----------------------------------------------------------------------===//

std::optional<StringRef> ModelReader::readScalar(yaml::Node &Node,
                                                 StringRef What) {
  if (auto *Block = dyn_cast<yaml::BlockScalarNode>(&Node))
    return Saver.save(Block->getValue().trim());
  auto *Scalar = dyn_cast<yaml::ScalarNode>(&Node);
  if (!Scalar) {
    misshapen(Node, What + " must be a single word or text");
    return std::nullopt;
  }
  SmallString<64> Storage;
  return Saver.save(Scalar->getValue(Storage));
}

StringRef ModelReader::readText(yaml::Node &Node, StringRef What) {
  std::optional<StringRef> Text = readScalar(Node, What);
  if (Text && Text->empty())
    error(Node, What + " is empty; give it a value or remove it");
  return Text.value_or("");
}

StringRef ModelReader::readName(yaml::Node &Node) {
  if (isa<yaml::NullNode>(Node)) {
    error(Node, "missing name; write a qualified name such as 'ns::function'");
    return {};
  }
  std::optional<StringRef> Text = readScalar(Node, "a name");
  if (!Text)
    return {};
  StringRef Name = *Text;
  if (Name.empty()) {
    error(Node, "missing name; write a qualified name such as 'ns::function'");
    return {};
  }
  if (Name.starts_with("::")) {
    error(Node, "name '" + Name + "' begins with '::'; write '" +
                    Name.drop_front(2) + "'");
    return {};
  }
  std::string Plain = withoutTemplateArguments(Name);
  if (Plain != Name) {
    error(Node, "name '" + Name + "' has template arguments; write '" + Plain +
                    "', which stands for every specialization");
    return {};
  }
  size_t Operator = Name.find("operator");
  StringRef Ordinary = Name.substr(0, Operator);
  if (Ordinary.find_first_of("() \t,*&") != StringRef::npos ||
      Name.ends_with(":")) {
    error(Node, "'" + Name +
                    "' is not a qualified name; write it without types, "
                    "parentheses or spaces, such as 'ns::Class::method'");
    return {};
  }
  return Name;
}

int64_t ModelReader::readNumber(yaml::Node &Node, StringRef What, int64_t Least,
                                int64_t Most) {
  std::optional<StringRef> Text = readScalar(Node, What);
  if (!Text)
    return 0;
  int64_t Number = 0;
  if (Text->getAsInteger(0, Number) || Number < Least || Number > Most) {
    error(Node, What + " is '" + *Text + "'; write a number" +
                    (Least == 0 ? " that counts from 0" : ""));
    return 0;
  }
  return Number;
}

/// A position, or one of \p Words.
int ModelReader::readArgument(yaml::Node &Node, ArrayRef<Word<int>> Words) {
  std::optional<StringRef> Text = readScalar(Node, "'argument'");
  if (!Text)
    return 0;
  unsigned Position = 0;
  if (!Text->getAsInteger(10, Position) && Position < 100)
    return Position;
  for (const Word<int> &W : Words)
    if (W.Text == *Text)
      return W.Value;
  std::string Known;
  for (const Word<int> &W : Words)
    Known += (", or '" + W.Text + "'").str();
  error(Node, "'argument' is '" + *Text +
                  "'; write a number that counts from 0" + Known);
  return 0;
}

template <typename T>
T ModelReader::readWord(yaml::Node &Node, StringRef What,
                        ArrayRef<Word<T>> Words) {
  std::optional<StringRef> Text = readScalar(Node, "'" + What.str() + "'");
  if (!Text)
    return T();
  SmallVector<StringRef, 16> Known;
  for (const Word<T> &W : Words) {
    if (W.Text == *Text)
      return W.Value;
    Known.push_back(W.Text);
  }
  error(Node, "unknown " + What + " '" + *Text + "'; " + remedy(*Text, Known));
  return T();
}

void ModelReader::readNames(yaml::Node &Node,
                            SmallVectorImpl<Located<StringRef>> &Names) {
  if (isa<yaml::ScalarNode>(Node)) {
    Names.push_back({readName(Node), Node.getSourceRange().Start});
    return;
  }
  size_t Before = Names.size();
  readEntries(Node, "names", [&](yaml::Node &Entry) {
    SMLoc Where = Entry.getSourceRange().Start;
    if (StringRef Name = readName(Entry); !Name.empty())
      Names.push_back({Name, Where});
  });
  if (Names.size() == Before && Errors.empty())
    error(Node, "missing name; the list is empty");
}

ArrayRef<StringRef> ModelReader::readNames(yaml::Node &Node) {
  SmallVector<Located<StringRef>, 8> Names;
  readNames(Node, Names);
  SmallVector<StringRef, 8> Result;
  for (const Located<StringRef> &Name : Names)
    Result.push_back(Name.Model);
  return keep(ArrayRef<StringRef>(Result));
}

//===----------------------------------------------------------------------===//
// Parts of entries
//===----------------------------------------------------------------------===//

Condition ModelReader::readCondition(yaml::Node &Node) {
  Condition Result{Condition::Test::Zero};
  unsigned Tests = 0;
  auto Test = [&](Condition::Test Kind) {
    Result.Kind = Kind;
    ++Tests;
  };
  auto Named = [&](Condition::Test Kind, yaml::Node &Value) {
    Test(Kind);
    Result.Name = readName(Value);
  };
  static constexpr Word<int> Positions[] = {{"last", Condition::Last},
                                            {"object", Condition::Object}};
  constexpr int64_t Least = std::numeric_limits<int64_t>::min();
  constexpr int64_t Most = std::numeric_limits<int64_t>::max();

  auto Found = readMapping(
      Node, "a condition",
      {
          {"argument",
           [&](yaml::Node &V) {
             Result.Argument = readArgument(V, Positions);
           }},
          {"is",
           [&](yaml::Node &V) {
             Test(readWord<Condition::Test>(V, "test", TestWords));
           }},
          {"flag", [&](yaml::Node &V) { Named(Condition::Test::HasFlag, V); }},
          {"equals", [&](yaml::Node &V) { Named(Condition::Test::Equals, V); }},
          {"value",
           [&](yaml::Node &V) {
             Result.Value = readNumber(V, "'value'", Least, Most);
           }},
          {"type", [&](yaml::Node &V) { Named(Condition::Test::HasType, V); }},
          {"refers-to",
           [&](yaml::Node &V) { Named(Condition::Test::RefersTo, V); }},
          {"called",
           [&](yaml::Node &V) { Named(Condition::Test::ObjectCalled, V); }},
          {"count",
           [&](yaml::Node &V) {
             Test(Condition::Test::Count);
             Result.Value = readNumber(V, "'count'", 0, 100);
           }},
          {"function-tests",
           [&](yaml::Node &V) { Named(Condition::Test::FunctionTests, V); }},
      });
  if (Stop)
    return Result;

  if (Tests != 1) {
    error(Node, "a condition makes one test: is, flag, equals, type, "
                "refers-to, called, count or function-tests; this one makes " +
                    Twine(Tests));
    return Result;
  }
  bool IsFlag = Result.Kind == Condition::Test::HasFlag;
  bool IsEquals = Result.Kind == Condition::Test::Equals;
  if (IsFlag || IsEquals)
    require(Node, Found,
            IsFlag ? "a condition with 'flag'" : "a condition with 'equals'",
            {"value"});
  else if (is_contained(Found, "value") &&
           Result.Kind != Condition::Test::FunctionTests)
    error(Node, "'value' belongs to 'flag', 'equals' or 'function-tests'; "
                "remove it");
  bool NoArgument = Result.Kind == Condition::Test::Count ||
                    Result.Kind == Condition::Test::FunctionTests;
  if (!NoArgument)
    require(Node, Found, "a condition on an argument", {"argument"});
  else if (is_contained(Found, "argument"))
    error(Node, "'count' and 'function-tests' are not about one argument; "
                "remove 'argument'");
  return Result;
}

ArrayRef<Condition> ModelReader::readConditions(yaml::Node &Node) {
  SmallVector<Condition, 4> Result;
  if (isa<yaml::MappingNode>(Node))
    Result.push_back(readCondition(Node));
  else
    readEntries(Node, "conditions", [&](yaml::Node &Entry) {
      Result.push_back(readCondition(Entry));
    });
  return keep(ArrayRef<Condition>(Result));
}

ArrayRef<ConstructorModel> ModelReader::readConstructors(yaml::Node &Node) {
  SmallVector<ConstructorModel, 8> Result;
  readEntries(Node, "constructors", [&](yaml::Node &Entry) {
    ConstructorModel Model;
    auto Found = readMapping(
        Entry, "a constructor",
        {
            {"count",
             [&](yaml::Node &V) {
               Model.Count = static_cast<int>(readNumber(V, "'count'", 0, 100));
             }},
            {"argument-type",
             [&](yaml::Node &V) { Model.ArgumentType = readName(V); }},
            {"state",
             [&](yaml::Node &V) {
               Model.State = readWord<GuardState>(V, "state", StateWords);
             }},
        });
    require(Entry, Found, "a constructor", {"state"});
    Result.push_back(Model);
  });
  return keep(ArrayRef<ConstructorModel>(Result));
}

ArrayRef<MethodModel> ModelReader::readMethods(yaml::Node &Node) {
  SmallVector<MethodModel, 8> Result;
  auto *Mapping = dyn_cast<yaml::MappingNode>(&Node);
  if (!Mapping) {
    misshapen(Node, "'methods' must be a mapping such as {unlock: releases}");
    return {};
  }
  for (yaml::KeyValueNode &Pair : *Mapping) {
    yaml::Node *Key = Pair.getKey();
    StringRef Method = Key ? readName(*Key) : StringRef();
    yaml::Node *Value = Pair.getValue();
    if (Stop || !Value || Stream.failed()) {
      Stop = true;
      return {};
    }
    if (Method.contains("::"))
      error(*Key, "method '" + Method + "' is qualified; write '" +
                      Method.rsplit("::").second + "'");
    if (any_of(Result,
               [&](const MethodModel &M) { return M.Method == Method; }))
      error(*Key, "method '" + Method + "' is listed twice; remove one");
    GuardAction Action = readWord<GuardAction>(*Value, "action", ActionWords);
    if (Stop)
      return {};
    Result.push_back({Method, Action});
  }
  return keep(ArrayRef<MethodModel>(Result));
}

/// What `only-if` and `only-if-any` come to: a list of conditions that must all
/// hold, for each alternative.
SmallVector<ArrayRef<Condition>, 4>
ModelReader::alternatives(ArrayRef<Condition> All, ArrayRef<Condition> OneOf) {
  if (OneOf.empty())
    return {All};
  SmallVector<ArrayRef<Condition>, 4> Result;
  for (const Condition &Alternative : OneOf) {
    SmallVector<Condition, 4> Conditions(All.begin(), All.end());
    Conditions.push_back(Alternative);
    Result.push_back(keep(ArrayRef<Condition>(Conditions)));
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// Sections
//===----------------------------------------------------------------------===//

void ModelReader::readEffect(yaml::Node &Node) {
  SmallVector<Located<StringRef>, 8> Names;
  ArrayRef<Condition> OneOf;
  FunctionModel Model;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'effects'",
      {
          {"names", [&](yaml::Node &V) { readNames(V, Names); }},
          {"effect",
           [&](yaml::Node &V) {
             Model.Effect = readWord<EffectKind>(V, "effect", EffectWords);
           }},
          {"kind",
           [&](yaml::Node &V) {
             Model.Kind = readWord<BlockKind>(V, "kind", KindWords);
           }},
          {"only-if", [&](yaml::Node &V) { Model.OnlyIf = readConditions(V); }},
          {"only-if-any", [&](yaml::Node &V) { OneOf = readConditions(V); }},
          {"unless", [&](yaml::Node &V) { Model.Unless = readConditions(V); }},
          {"awaitable",
           [&](yaml::Node &V) {
             Model.Awaitable =
                 readWord<AwaitOperand>(V, "awaitable operand", AwaitWords);
           }},
          {"replacement",
           [&](yaml::Node &V) {
             Model.Replacement = readText(V, "'replacement'");
           }},
          {"replacement-in",
           [&](yaml::Node &V) { Model.ReplacementIn = readName(V); }},
          {"replacement-needs",
           [&](yaml::Node &V) { Model.ReplacementNeeds = readName(V); }},
      });
  require(Node, Found, "an entry of 'effects'", {"names", "effect"});
  if (Stop || Errors.size() != Before)
    return;
  if (Model.Effect == EffectKind::Blocks)
    require(Node, Found, "an entry with 'effect: blocks'", {"kind"});
  else if (is_contained(Found, "kind"))
    error(Node, "'kind' belongs to 'effect: blocks' alone; remove it");
  if (is_contained(Found, "awaitable") && Model.Effect != EffectKind::SyncWaits)
    error(Node, "'awaitable' belongs to 'effect: sync-waits' alone; remove it");
  for (StringRef Key : {"replacement-in", "replacement-needs"})
    if (is_contained(Found, Key) && !is_contained(Found, "replacement"))
      error(Node, "'" + Key +
                      "' without 'replacement'; add the replacement or "
                      "remove it");
  for (const Located<StringRef> &Name : Names) {
    Model.Name = Name.Model;
    for (ArrayRef<Condition> OnlyIf : alternatives(Model.OnlyIf, OneOf)) {
      FunctionModel Alternative = Model;
      Alternative.OnlyIf = OnlyIf;
      Functions.push_back({Alternative, Name.Where});
    }
  }
}

void ModelReader::readCallable(yaml::Node &Node) {
  static constexpr Word<int> Positions[] = {
      {"last", Condition::Last}, {"any", CallableModel::AnyArgument}};
  SmallVector<Located<StringRef>, 8> Names;
  CallableModel Model;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'callables'",
      {
          {"functions", [&](yaml::Node &V) { readNames(V, Names); }},
          {"argument",
           [&](yaml::Node &V) { Model.Argument = readArgument(V, Positions); }},
          {"runs",
           [&](yaml::Node &V) {
             Model.Runs = readWord<ContextKind>(V, "context", ContextWords);
           }},
          {"unless", [&](yaml::Node &V) { Model.Unless = readConditions(V); }},
      });
  require(Node, Found, "an entry of 'callables'",
          {"functions", "argument", "runs"});
  if (Stop || Errors.size() != Before)
    return;
  for (const Located<StringRef> &Name : Names) {
    Model.Function = Name.Model;
    Callables.push_back({Model, Name.Where});
  }
}

void ModelReader::readGuard(yaml::Node &Node) {
  SmallVector<Located<StringRef>, 4> Names;
  GuardModel Model;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'guards'",
      {
          {"classes", [&](yaml::Node &V) { readNames(V, Names); }},
          {"role",
           [&](yaml::Node &V) {
             Model.Role = readWord<GuardRole>(V, "role", RoleWords);
           }},
          {"constructors",
           [&](yaml::Node &V) { Model.Constructors = readConstructors(V); }},
          {"methods", [&](yaml::Node &V) { Model.Methods = readMethods(V); }},
          {"acquired-by",
           [&](yaml::Node &V) { Model.AcquiredBy = readNames(V); }},
          {"acquired-unless",
           [&](yaml::Node &V) { Model.AcquiredUnless = readConditions(V); }},
          {"destructor-effect",
           [&](yaml::Node &V) {
             Model.DestructorEffect =
                 readWord<EffectKind>(V, "effect", EffectWords);
           }},
          {"destructor-kind",
           [&](yaml::Node &V) {
             Model.DestructorKind = readWord<BlockKind>(V, "kind", KindWords);
           }},
      });
  require(Node, Found, "an entry of 'guards'", {"classes", "role"});
  if (Stop || Errors.size() != Before)
    return;
  if (Model.Role == GuardRole::PendingWork)
    require(Node, Found, "an entry with 'role: pending-work'",
            {"destructor-effect"});
  else if (is_contained(Found, "destructor-effect"))
    error(Node, "'destructor-effect' belongs to 'role: pending-work' alone; "
                "remove it");
  if (is_contained(Found, "destructor-kind") &&
      Model.DestructorEffect != EffectKind::Blocks)
    error(Node, "'destructor-kind' belongs to 'destructor-effect: blocks' "
                "alone; remove it");
  for (const Located<StringRef> &Name : Names) {
    Model.Class = Name.Model;
    Guards.push_back({Model, Name.Where});
  }
}

void ModelReader::readLockFunction(yaml::Node &Node) {
  static constexpr Word<int> Positions[] = {
      {"last", Condition::Last}, {"any", CallableModel::AnyArgument}};
  SmallVector<Located<StringRef>, 4> Names;
  LockFunctionModel Model;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'lock-functions'",
      {
          {"functions", [&](yaml::Node &V) { readNames(V, Names); }},
          {"argument",
           [&](yaml::Node &V) { Model.Argument = readArgument(V, Positions); }},
          {"action",
           [&](yaml::Node &V) {
             Model.Action = readWord<GuardAction>(V, "action", ActionWords);
           }},
          {"success",
           [&](yaml::Node &V) {
             Model.Success = readWord<LockSuccess>(V, "success", SuccessWords);
           }},
      });
  require(Node, Found, "an entry of 'lock-functions'",
          {"functions", "argument", "action"});
  if (Stop || Errors.size() != Before)
    return;
  if (is_contained(Found, "success") && Model.Action != GuardAction::Tries)
    error(Node, "'success' belongs to 'action: tries' alone; remove it");
  for (const Located<StringRef> &Name : Names) {
    Model.Function = Name.Model;
    LockFunctions.push_back({Model, Name.Where});
  }
}

void ModelReader::readWrapper(yaml::Node &Node) {
  SmallVector<Located<StringRef>, 4> Names;
  WrapperModel Model;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'wrappers'",
      {
          {"classes", [&](yaml::Node &V) { readNames(V, Names); }},
          {"methods", [&](yaml::Node &V) { Model.Methods = readMethods(V); }},
          {"factories", [&](yaml::Node &V) { Model.Factories = readNames(V); }},
      });
  require(Node, Found, "an entry of 'wrappers'", {"classes"});
  if (Stop || Errors.size() != Before)
    return;
  for (const Located<StringRef> &Name : Names) {
    Model.Class = Name.Model;
    Wrappers.push_back({Model, Name.Where});
  }
}

void ModelReader::readReadiness(yaml::Node &Node) {
  SmallVector<Located<StringRef>, 4> Names;
  ArrayRef<StringRef> Methods;
  ReadinessModel Model;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'readiness'",
      {
          {"classes", [&](yaml::Node &V) { readNames(V, Names); }},
          {"methods", [&](yaml::Node &V) { Methods = readNames(V); }},
          {"ready", [&](yaml::Node &V) { Model.Ready = readName(V); }},
      });
  require(Node, Found, "an entry of 'readiness'", {"classes", "methods"});
  if (Stop || Errors.size() != Before)
    return;
  for (const Located<StringRef> &Name : Names) {
    for (StringRef Method : Methods) {
      Model.Class = Name.Model;
      Model.Method = Method;
      Readiness.push_back({Model, Name.Where});
    }
  }
}

void ModelReader::readRoot(yaml::Node &Node) {
  auto Section = [this](StringRef Name,
                        void (ModelReader::*Read)(yaml::Node &)) {
    return [this, Name, Read](yaml::Node &V) {
      readEntries(V, Name, [&](yaml::Node &Entry) { (this->*Read)(Entry); });
    };
  };
  auto Effects = Section("effects", &ModelReader::readEffect);
  auto CallableEntries = Section("callables", &ModelReader::readCallable);
  auto GuardEntries = Section("guards", &ModelReader::readGuard);
  auto Locks = Section("lock-functions", &ModelReader::readLockFunction);
  auto WrapperEntries = Section("wrappers", &ModelReader::readWrapper);
  auto Ready = Section("readiness", &ModelReader::readReadiness);
  auto Found = readMapping(
      Node, "a model file",
      {
          {"library",
           [&](yaml::Node &V) { File.Library = readText(V, "'library'"); }},
          {"language",
           [&](yaml::Node &V) {
             IsC = readWord<bool>(V, "language", LanguageWords);
           }},
          {"namespaces", [&](yaml::Node &V) { readNames(V, Namespaces); }},
          {"effects", Effects},
          {"callables", CallableEntries},
          {"guards", GuardEntries},
          {"lock-functions", Locks},
          {"wrappers", WrapperEntries},
          {"readiness", Ready},
          {"pass-through", [&](yaml::Node &V) { readNames(V, PassThrough); }},
          {"never-suspends",
           [&](yaml::Node &V) { readNames(V, NeverSuspends); }},
          {"opaque", [&](yaml::Node &V) { readNames(V, Opaque); }},
      });
  require(Node, Found, "the model file", {"library"});
}

//===----------------------------------------------------------------------===//
// Contradictions
//===----------------------------------------------------------------------===//

/// A function may have several effects, or one under several conditions. What
/// it cannot have is an effect and none, or the same effect twice.
void ModelReader::checkPair(const Located<FunctionModel> &First,
                            const Located<FunctionModel> &Second) {
  const FunctionModel &A = First.Model;
  const FunctionModel &B = Second.Model;
  unsigned Line = Sources.getLineAndColumn(First.Where).first;
  bool SameConditions = equal(A.OnlyIf, B.OnlyIf) && equal(A.Unless, B.Unless);
  if (!SameConditions)
    return;
  if (A.Effect == B.Effect && A.Kind == B.Kind)
    return error(Second.Where, "'" + B.Name +
                                   "' is listed twice, first in line " +
                                   Twine(Line) + "; remove one");
  if (A.Effect == EffectKind::Blocks && B.Effect == EffectKind::Blocks)
    return error(Second.Where,
                 "'" + B.Name + "' blocks for '" + corolint::spelling(B.Kind) +
                     "' here and for '" + corolint::spelling(A.Kind) +
                     "' in line " + Twine(Line) + "; choose one kind");
  if (A.Effect != EffectKind::None && B.Effect != EffectKind::None)
    return;
  error(Second.Where,
        "'" + B.Name + "' is '" + spelling(B.Effect) + "' here and '" +
            spelling(A.Effect) + "' in line " + Twine(Line) +
            (isUnconditional(A) ? "" : " under the same conditions") +
            "; remove one");
}

void ModelReader::checkEffects() {
  StringMap<SmallVector<size_t, 2>> Seen;
  for (size_t I = 0; I != Functions.size(); ++I) {
    auto &Earlier = Seen[Functions[I].Model.Name];
    for (size_t E : Earlier)
      checkPair(Functions[E], Functions[I]);
    Earlier.push_back(I);
  }
}

template <typename T>
void ModelReader::checkClasses(ArrayRef<Located<T>> Models, StringRef Section) {
  StringMap<SMLoc> Seen;
  for (const Located<T> &Entry : Models) {
    auto [Earlier, New] = Seen.try_emplace(Entry.Model.Class, Entry.Where);
    if (New)
      continue;
    unsigned Line = Sources.getLineAndColumn(Earlier->second).first;
    error(Entry.Where, "class '" + Entry.Model.Class +
                           "' is listed twice in '" + Section +
                           "', first in line " + Twine(Line) + "; remove one");
  }
}

//===----------------------------------------------------------------------===//
// The same entries for each further namespace
//===----------------------------------------------------------------------===//

/// \p Text with the first namespace replaced by \p To wherever a qualified name
/// begins with it.
StringRef ModelReader::moved(StringRef Text, StringRef To) {
  std::string From = (Namespaces.front().Model + "::").str();
  std::string Result;
  size_t Done = 0;
  for (size_t At = Text.find(From); At != StringRef::npos;
       At = Text.find(From, At + 1)) {
    bool Begins = At == 0 || !(isAlnum(Text[At - 1]) || Text[At - 1] == '_' ||
                               Text[At - 1] == ':');
    if (!Begins)
      continue;
    Result += Text.slice(Done, At);
    Result += To;
    Result += "::";
    Done = At + From.size();
  }
  if (Done == 0)
    return Text;
  Result += Text.substr(Done);
  return Saver.save(Result);
}

ArrayRef<StringRef> ModelReader::moved(ArrayRef<StringRef> Names,
                                       StringRef To) {
  SmallVector<StringRef, 8> Result;
  for (StringRef Name : Names)
    Result.push_back(moved(Name, To));
  return keep(ArrayRef<StringRef>(Result));
}

ArrayRef<Condition> ModelReader::moved(ArrayRef<Condition> Conditions,
                                       StringRef To) {
  SmallVector<Condition, 4> Result(Conditions.begin(), Conditions.end());
  for (Condition &C : Result)
    C.Name = moved(C.Name, To);
  return keep(ArrayRef<Condition>(Result));
}

ArrayRef<ConstructorModel>
ModelReader::moved(ArrayRef<ConstructorModel> Constructors, StringRef To) {
  SmallVector<ConstructorModel, 8> Result(Constructors.begin(),
                                          Constructors.end());
  for (ConstructorModel &C : Result)
    C.ArgumentType = moved(C.ArgumentType, To);
  return keep(ArrayRef<ConstructorModel>(Result));
}

FunctionModel ModelReader::moved(FunctionModel Model, StringRef To) {
  Model.Name = moved(Model.Name, To);
  Model.OnlyIf = moved(Model.OnlyIf, To);
  Model.Unless = moved(Model.Unless, To);
  Model.Replacement = moved(Model.Replacement, To);
  Model.ReplacementIn = moved(Model.ReplacementIn, To);
  Model.ReplacementNeeds = moved(Model.ReplacementNeeds, To);
  return Model;
}

CallableModel ModelReader::moved(CallableModel Model, StringRef To) {
  Model.Function = moved(Model.Function, To);
  Model.Unless = moved(Model.Unless, To);
  return Model;
}

GuardModel ModelReader::moved(GuardModel Model, StringRef To) {
  Model.Class = moved(Model.Class, To);
  Model.Constructors = moved(Model.Constructors, To);
  Model.AcquiredBy = moved(Model.AcquiredBy, To);
  Model.AcquiredUnless = moved(Model.AcquiredUnless, To);
  return Model;
}

LockFunctionModel ModelReader::moved(LockFunctionModel Model, StringRef To) {
  Model.Function = moved(Model.Function, To);
  return Model;
}

WrapperModel ModelReader::moved(WrapperModel Model, StringRef To) {
  Model.Class = moved(Model.Class, To);
  Model.Factories = moved(Model.Factories, To);
  return Model;
}

ReadinessModel ModelReader::moved(ReadinessModel Model, StringRef To) {
  Model.Class = moved(Model.Class, To);
  Model.Ready = moved(Model.Ready, To);
  return Model;
}

/// The table of \p Models. `*Name(Model)` is the name that tells whether an
/// entry lies in the first of several namespaces.
template <typename T, typename NameOf>
ArrayRef<T> ModelReader::finish(ArrayRef<Located<T>> Models, NameOf Name) {
  std::vector<T> Result;
  for (const Located<T> &Entry : Models) {
    T Model = Entry.Model;
    Model.Library = File.Library;
    Result.push_back(Model);
    if (Namespaces.empty() || moved(Model.*Name, "") == Model.*Name)
      continue;
    for (const Located<StringRef> &To : ArrayRef(Namespaces).drop_front())
      Result.push_back(moved(Model, To.Model));
  }
  return keep(ArrayRef<T>(Result));
}

ArrayRef<StringRef> ModelReader::finish(ArrayRef<Located<StringRef>> Names) {
  std::vector<StringRef> Result;
  for (const Located<StringRef> &Entry : Names) {
    Result.push_back(Entry.Model);
    if (Namespaces.empty() || moved(Entry.Model, "") == Entry.Model)
      continue;
    for (const Located<StringRef> &To : ArrayRef(Namespaces).drop_front())
      Result.push_back(moved(Entry.Model, To.Model));
  }
  return keep(ArrayRef<StringRef>(Result));
}

Error ModelReader::read() {
  auto Document = Stream.begin();
  yaml::Node *Root = Document == Stream.end() ? nullptr : (*Document).getRoot();
  if (Root && isa<yaml::MappingNode>(Root))
    readRoot(*Root);
  else if (Errors.empty())
    error(Start, "not a model file; it begins with 'library: NAME'");
  if (Errors.empty() && Stream.failed())
    error(Start, "not a YAML file");
  if (Errors.empty() && ++Document != Stream.end())
    error(Start, "several YAML documents in one file; make them one");
  for (Located<FunctionModel> &Function : Functions)
    Function.Model.IsC = IsC;
  if (Errors.empty()) {
    checkEffects();
    checkClasses(ArrayRef(Guards), "guards");
    checkClasses(ArrayRef(Wrappers), "wrappers");
  }
  if (!Errors.empty())
    return createStringError(inconvertibleErrorCode(), join(Errors, "\n"));

  ModelTables &Tables = File.Tables;
  Tables.Functions = finish(ArrayRef(Functions), &FunctionModel::Name);
  Tables.Callables = finish(ArrayRef(Callables), &CallableModel::Function);
  Tables.Guards = finish(ArrayRef(Guards), &GuardModel::Class);
  Tables.LockFunctions =
      finish(ArrayRef(LockFunctions), &LockFunctionModel::Function);
  Tables.Wrappers = finish(ArrayRef(Wrappers), &WrapperModel::Class);
  Tables.Readiness = finish(ArrayRef(Readiness), &ReadinessModel::Class);
  Tables.PassThrough = finish(ArrayRef(PassThrough));
  Tables.NeverSuspends = finish(ArrayRef(NeverSuspends));
  Tables.Opaque = finish(ArrayRef(Opaque));
  return Error::success();
}

Expected<std::unique_ptr<ModelFile>> ModelFile::parse(MemoryBufferRef Buffer) {
  std::unique_ptr<ModelFile> File(new ModelFile);
  if (Error E = ModelReader(Buffer, *File).read())
    return std::move(E);
  return File;
}

Expected<std::unique_ptr<ModelFile>> ModelFile::load(StringRef Path) {
  auto Buffer = MemoryBuffer::getFile(Path, /*IsText=*/true);
  if (!Buffer)
    return createStringError(Buffer.getError(),
                             "cannot read the model file '%s': %s; check the "
                             "path in CoroModels",
                             Path.str().c_str(),
                             Buffer.getError().message().c_str());
  return parse((*Buffer)->getMemBufferRef());
}

} // namespace corolint
