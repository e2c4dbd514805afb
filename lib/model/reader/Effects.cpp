//===-- Effects.cpp - Reads effects and their conditions ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/reader/Reader.h"
#include <limits>

using namespace llvm;

namespace corolint {

namespace {

constexpr Word<Condition::Test> TestWords[] = {
    {"zero", Condition::Test::Zero},       {"null", Condition::Test::Null},
    {"true", Condition::Test::True},       {"number", Condition::Test::Number},
    {"address", Condition::Test::Address},
};

constexpr Word<AwaitOperand> AwaitWords[] = {
    {"object", AwaitOperand::Object},
    {"argument", AwaitOperand::FirstArgument},
};

} // namespace

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
  constexpr int64_t Least = std::numeric_limits<int64_t>::min();
  constexpr int64_t Most = std::numeric_limits<int64_t>::max();

  auto Found = readMapping(
      Node, "a condition",
      {
          {"argument",
           [&](yaml::Node &V) {
             Result.Argument = readArgument(V, ObjectPositions);
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

/// Combines `only-if` and `only-if-any`: for each alternative, a list of
/// conditions that must all hold.
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

template <> void ModelReader::readEntry<FunctionModel>(yaml::Node &Node) {
  LocatedNames Names;
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

} // namespace corolint
