//===-- Guards.cpp - Reads guards, locks and wrappers ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/reader/Reader.h"

using namespace llvm;

namespace corolint {

namespace {

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
    {"async-mutex", GuardRole::AsyncMutex},
    {"hold", GuardRole::Hold},
};

constexpr Word<LockSuccess> SuccessWords[] = {
    {"true", LockSuccess::True},
    {"zero", LockSuccess::Zero},
    {"minus-one", LockSuccess::MinusOne},
};

} // namespace

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
  readMethodMap(Node, [&](StringRef Method, yaml::Node &Value) {
    Result.push_back(
        {Method, readWord<GuardAction>(Value, "action", ActionWords)});
  });
  return keep(ArrayRef<MethodModel>(Result));
}

template <> void ModelReader::readEntry<GuardModel>(yaml::Node &Node) {
  LocatedNames Names;
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
  addEach(Guards, Model, &GuardModel::Class, Names);
}

template <> void ModelReader::readEntry<LockFunctionModel>(yaml::Node &Node) {
  LocatedNames Names;
  LockFunctionModel Model;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'lock-functions'",
      {
          {"functions", [&](yaml::Node &V) { readNames(V, Names); }},
          {"argument",
           [&](yaml::Node &V) {
             Model.Argument = readArgument(V, CallablePositions);
           }},
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
  addEach(LockFunctions, Model, &LockFunctionModel::Function, Names);
}

template <> void ModelReader::readEntry<WrapperModel>(yaml::Node &Node) {
  LocatedNames Names;
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
  addEach(Wrappers, Model, &WrapperModel::Class, Names);
}

} // namespace corolint
