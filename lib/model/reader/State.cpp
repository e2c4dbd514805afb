//===-- State.cpp - Reads descriptors and shared state ------------------===//
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

constexpr Word<DescriptorRole> DescriptorRoleWords[] = {
    {"opens", DescriptorRole::Opens},
    {"opens-nonblocking", DescriptorRole::OpensNonblocking},
    {"opens-memory", DescriptorRole::OpensMemory},
    {"makes-nonblocking", DescriptorRole::MakesNonblocking},
    {"awaits-readiness", DescriptorRole::AwaitsReadiness},
};

constexpr Word<int> DescriptorPositions[] = {{"result", position::Result},
                                             {"object", Condition::Object}};

constexpr Word<Invalidates> InvalidatesWords[] = {
    {"nothing", Invalidates::Nothing},
    {"iterators", Invalidates::Iterators},
    {"all", Invalidates::All},
};

constexpr Word<ContainerAction> ContainerActionWords[] = {
    {"reads", ReadsState},   {"tests", TestsState},
    {"looks-up", LooksUp},   {"inserts", InsertsState},
    {"erases", ErasesState}, {"replaces", ReplacesState},
    {"at-once", AtOnce},
};

constexpr Word<int> LastOnly[] = {{"last", Condition::Last}};

constexpr Word<bool> ResumptionWords[] = {{"later", true}, {"at-once", false}};

} // namespace

template <> void ModelReader::readEntry<DescriptorModel>(yaml::Node &Node) {
  LocatedNames Names;
  DescriptorModel Model;
  ArrayRef<Condition> OneOf;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'descriptors'",
      {
          {"functions", [&](yaml::Node &V) { readNames(V, Names); }},
          {"role",
           [&](yaml::Node &V) {
             Model.Role =
                 readWord<DescriptorRole>(V, "role", DescriptorRoleWords);
           }},
          {"argument",
           [&](yaml::Node &V) {
             Model.Argument = readArgument(V, DescriptorPositions);
           }},
          {"only-if", [&](yaml::Node &V) { Model.OnlyIf = readConditions(V); }},
          {"only-if-any", [&](yaml::Node &V) { OneOf = readConditions(V); }},
          {"unless", [&](yaml::Node &V) { Model.Unless = readConditions(V); }},
      });
  require(Node, Found, "an entry of 'descriptors'", {"functions", "role"});
  if (Stop || Errors.size() != Before)
    return;
  bool Opens = Model.Role < DescriptorRole::MakesNonblocking;
  if (!Opens && Model.Argument == position::Result)
    return error(Node, "an entry of 'descriptors' that opens none lacks "
                       "'argument'; add it");
  for (ArrayRef<Condition> OnlyIf : alternatives(Model.OnlyIf, OneOf)) {
    Model.OnlyIf = OnlyIf;
    addEach(Descriptors, Model, &DescriptorModel::Function, Names);
  }
}

template <> void ModelReader::readEntry<WouldBlockModel>(yaml::Node &Node) {
  LocatedNames Names;
  WouldBlockModel Model;
  size_t Before = Errors.size();
  auto Found =
      readMapping(Node, "an entry of 'would-block'",
                  {
                      {"names", [&](yaml::Node &V) { readNames(V, Names); }},
                      {"value",
                       [&](yaml::Node &V) {
                         Model.HasValue = true;
                         Model.Value = readNumber(
                             V, "'value'", std::numeric_limits<int64_t>::min(),
                             std::numeric_limits<int64_t>::max());
                       }},
                  });
  require(Node, Found, "an entry of 'would-block'", {"names"});
  if (Stop || Errors.size() != Before)
    return;
  addEach(WouldBlock, Model, &WouldBlockModel::Name, Names);
}

ArrayRef<ContainerMethod> ModelReader::readContainerMethods(yaml::Node &Node) {
  SmallVector<ContainerMethod, 32> Result;
  readMethodMap(Node, [&](StringRef Method, yaml::Node &Value) {
    uint8_t Actions = 0;
    auto Read = [&](yaml::Node &Each) {
      Actions |=
          readWord<ContainerAction>(Each, "action", ContainerActionWords);
    };
    if (isa<yaml::ScalarNode>(Value))
      Read(Value);
    else
      readEntries(Value, Method, Read);
    Result.push_back({Method, Actions});
  });
  return keep(ArrayRef<ContainerMethod>(Result));
}

template <> void ModelReader::readEntry<ContainerModel>(yaml::Node &Node) {
  LocatedNames Names;
  ContainerModel Model;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'containers'",
      {
          {"classes", [&](yaml::Node &V) { readNames(V, Names); }},
          {"insertion-invalidates",
           [&](yaml::Node &V) {
             Model.OnInsert =
                 readWord<Invalidates>(V, "extent", InvalidatesWords);
           }},
          {"methods",
           [&](yaml::Node &V) { Model.Methods = readContainerMethods(V); }},
      });
  require(Node, Found, "an entry of 'containers'", {"classes", "methods"});
  if (Stop || Errors.size() != Before)
    return;
  addEach(Containers, Model, &ContainerModel::Class, Names);
}

template <> void ModelReader::readEntry<PredicateWaitModel>(yaml::Node &Node) {
  LocatedNames Names;
  PredicateWaitModel Model;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'predicate-waits'",
      {
          {"functions", [&](yaml::Node &V) { readNames(V, Names); }},
          {"predicate",
           [&](yaml::Node &V) {
             Model.Predicate = readArgument(V, LastOnly, "predicate");
           }},
          {"resumes",
           [&](yaml::Node &V) {
             Model.ResumesLater = readWord<bool>(V, "time", ResumptionWords);
           }},
      });
  require(Node, Found, "an entry of 'predicate-waits'",
          {"functions", "predicate", "resumes"});
  if (Stop || Errors.size() != Before)
    return;
  addEach(PredicateWaits, Model, &PredicateWaitModel::Function, Names);
}

} // namespace corolint
