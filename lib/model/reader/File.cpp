//===-- File.cpp - Reads a model file as a whole ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/ModelFields.h"
#include "model/reader/Reader.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace corolint {

namespace {

constexpr Word<bool> LanguageWords[] = {{"c", true}, {"c++", false}};

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
  return llvm::find_if(EffectWords,
                       [&](const auto &W) { return W.Value == Effect; })
      ->Text;
}

} // namespace

//===----------------------------------------------------------------------===//
// The root
//===----------------------------------------------------------------------===//

void ModelReader::readRoot(yaml::Node &Node) {
  auto Section = [this](StringRef Name,
                        void (ModelReader::*Read)(yaml::Node &)) {
    return [this, Name, Read](yaml::Node &V) {
      readEntries(V, Name, [&](yaml::Node &Entry) { (this->*Read)(Entry); });
    };
  };
  auto List = [this](std::vector<Located<StringRef>> &Names) {
    return [this, &Names](yaml::Node &V) {
      LocatedNames Read;
      readNames(V, Read);
      append_range(Names, Read);
    };
  };
  // Fields refer to their readers, which must outlive the call.
#define COROLINT_MODEL_TABLE(Type, Name, Key)                                  \
  auto Read##Name = Section(Key, &ModelReader::readEntry<Type>);
#define COROLINT_MODEL_NAMES(Name, Key) auto Read##Name = List(Name);
#include "model/ModelTables.def"
  auto Found = readMapping(
      Node, "a model file",
      {
          {"library",
           [&](yaml::Node &V) { File.Library = readText(V, "'library'"); }},
          {"language",
           [&](yaml::Node &V) {
             IsC = readWord<bool>(V, "language", LanguageWords);
           }},
          {"namespaces",
           [&](yaml::Node &V) { readNames(V, Namespaces, Patterns::No); }},
#define COROLINT_MODEL_TABLE(Type, Name, Key) {Key, Read##Name},
#define COROLINT_MODEL_NAMES(Name, Key) {Key, Read##Name},
#include "model/ModelTables.def"
      });
  require(Node, Found, "the model file", {"library"});
}

//===----------------------------------------------------------------------===//
// Contradictions
//===----------------------------------------------------------------------===//

/// A function may have several effects, or one under several conditions. It
/// cannot have both an effect and none, or the same effect twice.
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
// Copies of entries for further namespaces
//===----------------------------------------------------------------------===//

/// Replaces the first namespace by \p To in \p Text, wherever a qualified name
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

template <typename T>
ArrayRef<T> ModelReader::moved(ArrayRef<T> Values, StringRef To) {
  SmallVector<T, 8> Result;
  for (const T &Value : Values)
    Result.push_back(moved(Value, To));
  return keep(ArrayRef<T>(Result));
}

/// Returns \p Model with all its names moved.
template <typename T> T ModelReader::moved(T Model, StringRef To) {
  visitFields(Model, [&](auto &Field) {
    if constexpr (!std::is_arithmetic_v<std::decay_t<decltype(Field)>> &&
                  !std::is_enum_v<std::decay_t<decltype(Field)>>)
      Field = moved(Field, To);
  });
  return Model;
}

/// The final table of \p Models: each entry, and its copies in the further
/// namespaces. An entry that mentions no namespace is kept as it is.
template <typename T>
ArrayRef<T> ModelReader::finish(ArrayRef<Located<T>> Models) {
  std::vector<T> Result;
  for (const Located<T> &Entry : Models) {
    T Model = Entry.Model;
    if constexpr (!std::is_same_v<T, StringRef>)
      Model.Library = File.Library;
    Result.push_back(Model);
    if (Namespaces.empty() || moved(nameOf(Model), "") == nameOf(Model))
      continue;
    for (const Located<StringRef> &To : ArrayRef(Namespaces).drop_front())
      Result.push_back(moved(Model, To.Model));
  }
  return keep(ArrayRef<T>(Result));
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
    checkClasses(ArrayRef(Executors), "executors");
    checkClasses(ArrayRef(Tasks), "tasks");
    checkClasses(ArrayRef(Containers), "containers");
  }
  if (!Errors.empty())
    return createStringError(inconvertibleErrorCode(), join(Errors, "\n"));

#define COROLINT_MODEL_TABLE(Type, Name, Key)                                  \
  File.Tables.Name = finish(ArrayRef(Name));
#define COROLINT_MODEL_NAMES(Name, Key)                                        \
  File.Tables.Name = finish(ArrayRef(Name));
#include "model/ModelTables.def"
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
