//===-- Reader.cpp - Reads YAML nodes with error messages -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/reader/Reader.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>

using namespace llvm;

namespace corolint {

ModelReader::ModelReader(MemoryBufferRef Buffer, ModelFile &File)
    : File(File), Saver(File.Allocator), Stream(Buffer, Sources, false) {
  Sources.setDiagHandler(
      [](const SMDiagnostic &Diagnostic, void *Self) {
        static_cast<ModelReader *>(Self)->note(Diagnostic);
      },
      this);
  Start = SMLoc::getFromPointer(Buffer.getBufferStart());
}

namespace {

/// The word of \p Known that is most similar to \p Given, or "".
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

} // namespace

/// Returns "did you mean 'x'?", or else the list of valid words.
std::string ModelReader::remedy(StringRef Given, ArrayRef<StringRef> Known) {
  StringRef Near = nearest(Given, Known);
  if (!Near.empty())
    return ("did you mean '" + Near + "'?").str();
  return "use one of: " + join(Known, ", ");
}

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
  // Skipping a subtree recurses, and a malicious one may be deep.
  Stop = true;
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

/// Passes each value of the mapping \p Node to the field of its key. Returns
/// the keys found.
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

/// Reports each of \p Keys that is missing in \p Found.
void ModelReader::require(yaml::Node &Node, ArrayRef<StringRef> Found,
                          StringRef What, ArrayRef<StringRef> Keys) {
  if (Stop)
    return;
  for (StringRef Key : Keys)
    if (!is_contained(Found, Key))
      error(Node, What + " lacks '" + Key + "'; add it");
}

void ModelReader::readMethodMap(
    yaml::Node &Node, function_ref<void(StringRef, yaml::Node &)> ReadAction) {
  auto *Mapping = dyn_cast<yaml::MappingNode>(&Node);
  if (!Mapping)
    return misshapen(Node,
                     "'methods' must be a mapping such as {unlock: releases}");
  SmallVector<StringRef, 8> Seen;
  for (yaml::KeyValueNode &Pair : *Mapping) {
    yaml::Node *Key = Pair.getKey();
    StringRef Method = Key ? readName(*Key) : StringRef();
    yaml::Node *Value = Pair.getValue();
    if (Stop || !Value || Stream.failed()) {
      Stop = true;
      return;
    }
    if (Method.contains("::"))
      error(*Key, "method '" + Method + "' is qualified; write '" +
                      Method.rsplit("::").second + "'");
    if (is_contained(Seen, Method))
      error(*Key, "method '" + Method + "' is listed twice; remove one");
    Seen.push_back(Method);
    ReadAction(Method, *Value);
    if (Stop)
      return;
  }
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

StringRef ModelReader::readName(yaml::Node &Node, Patterns Allow) {
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
  if (Allow == Patterns::Yes && Name.contains('*') &&
      !Name.contains("operator"))
    return readPattern(Node, Name);
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

/// Reads \p Name, which has wildcards: `ns::**`, `ns::*::f`, `ns::**::async_*`,
/// `**::resume_on`, `**::Stub::async::*`.
StringRef ModelReader::readPattern(yaml::Node &Node, StringRef Name) {
  SmallVector<StringRef, 8> Components;
  Name.split(Components, "::");
  for (StringRef Component : Components) {
    if (Component == "**")
      continue;
    if (Component.empty() || Component.drop_back().contains('*') ||
        Component.find_first_of("() \t,&") != StringRef::npos) {
      error(Node, "'" + Name +
                      "' is not a pattern; '*' may end a component, and '**' "
                      "is a component of its own, such as 'ns::**::on_*'");
      return {};
    }
  }
  if (Components.front().contains('*') && Components.back().contains('*') &&
      (Components.front() != "**" || Components.back() == "**" ||
       Components[Components.size() - 2].contains('*'))) {
    error(Node, "pattern '" + Name +
                    "' begins and ends with a wildcard; write the first or "
                    "the last component in full, or the class before the last");
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

/// Reads a position, or one of \p Words.
int ModelReader::readArgument(yaml::Node &Node, ArrayRef<Word<int>> Words,
                              StringRef Key) {
  std::string What = ("'" + Key + "'").str();
  std::optional<StringRef> Text = readScalar(Node, What);
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
  error(Node, What + " is '" + *Text + "'; write a number that counts from 0" +
                  Known);
  return 0;
}

void ModelReader::readNames(yaml::Node &Node,
                            SmallVectorImpl<Located<StringRef>> &Names,
                            Patterns Allow) {
  auto Read = [&](yaml::Node &Entry) {
    SMLoc Where = Entry.getSourceRange().Start;
    if (StringRef Name = readName(Entry, Allow); !Name.empty())
      Names.push_back({Name, Where});
  };
  if (isa<yaml::ScalarNode>(Node))
    return Read(Node);
  size_t Before = Names.size();
  readEntries(Node, "names", Read);
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

} // namespace corolint
