//===-- Tasks.cpp - Reads tasks, lifetimes and readiness ----------------===//
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

constexpr Word<ReadinessMeaning> MeaningWords[] = {
    {"ready", ReadinessMeaning::Ready},
    {"on-loop", ReadinessMeaning::OnLoop},
    {"off-loop", ReadinessMeaning::OffLoop},
    {"this-thread", ReadinessMeaning::ThisThread},
    {"fulfils", ReadinessMeaning::Fulfils},
};

constexpr Word<TaskStart> StartWords[] = {
    {"lazy", TaskStart::Lazy},
    {"eager", TaskStart::Eager},
};

constexpr Word<TaskDropped> DroppedWords[] = {
    {"nothing", TaskDropped::Nothing},
    {"cancels", TaskDropped::Cancels},
    {"detaches", TaskDropped::Detaches},
    {"terminates", TaskDropped::Terminates},
};

constexpr Word<TaskAction> TaskActionWords[] = {
    {"starts", TaskAction::Starts}, {"detaches", TaskAction::Detaches},
    {"chains", TaskAction::Chains}, {"waits", TaskAction::Waits},
    {"ready", TaskAction::Ready},
};

constexpr Word<KeptUntil> UntilWords[] = {
    {"finished", KeptUntil::Finished},      {"invoked", KeptUntil::Invoked},
    {"returned", KeptUntil::Returned},      {"borrowed", KeptUntil::Borrowed},
    {"called-back", KeptUntil::CalledBack},
};

constexpr Word<int> KeptPositions[] = {{"last", Condition::Last},
                                       {"object", Condition::Object},
                                       {"any", CallableModel::AnyArgument}};

} // namespace

/// Tests are methods or free functions. For a free function the table has its
/// scope in place of the class.
template <> void ModelReader::readEntry<ReadinessModel>(yaml::Node &Node) {
  LocatedNames Names, Functions;
  ArrayRef<StringRef> Methods;
  ReadinessModel Model;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'readiness'",
      {
          {"classes", [&](yaml::Node &V) { readNames(V, Names); }},
          {"methods", [&](yaml::Node &V) { Methods = readNames(V); }},
          {"functions",
           [&](yaml::Node &V) { readNames(V, Functions, Patterns::No); }},
          {"ready", [&](yaml::Node &V) { Model.Ready = readName(V); }},
          {"means",
           [&](yaml::Node &V) {
             Model.Means =
                 readWord<ReadinessMeaning>(V, "meaning", MeaningWords);
           }},
          {"source", [&](yaml::Node &V) { Model.Source = readName(V); }},
      });
  if (Functions.empty())
    require(Node, Found, "an entry of 'readiness'", {"classes", "methods"});
  if (Stop || Errors.size() != Before)
    return;
  if (!Functions.empty() && !Names.empty())
    return error(Node, "an entry of 'readiness' has either 'classes' and "
                       "'methods' or 'functions'; make it two");
  bool Fulfils = Model.Means == ReadinessMeaning::Fulfils;
  if (Fulfils && Model.Source.empty())
    return error(Node, "an entry with 'means: fulfils' lacks 'source'; name "
                       "the method that returns the future");
  if (!Fulfils && !Model.Source.empty())
    return error(Node, "'source' belongs to 'means: fulfils' alone; remove it");
  for (StringRef Method : Methods) {
    Model.Method = Method;
    addEach(Readiness, Model, &ReadinessModel::Class, Names);
  }
  for (const Located<StringRef> &Function : Functions) {
    auto [Scope, Last] = Function.Model.contains("::")
                             ? Function.Model.rsplit("::")
                             : std::pair(StringRef(), Function.Model);
    Model.Class = Scope;
    Model.Method = Last;
    Readiness.push_back({Model, Function.Where});
  }
}

ArrayRef<TaskMethod> ModelReader::readTaskMethods(yaml::Node &Node) {
  SmallVector<TaskMethod, 8> Result;
  readMethodMap(Node, [&](StringRef Method, yaml::Node &Value) {
    Result.push_back(
        {Method, readWord<TaskAction>(Value, "action", TaskActionWords)});
  });
  return keep(ArrayRef<TaskMethod>(Result));
}

template <> void ModelReader::readEntry<TaskModel>(yaml::Node &Node) {
  LocatedNames Names;
  TaskModel Model;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'tasks'",
      {
          {"classes", [&](yaml::Node &V) { readNames(V, Names); }},
          {"start",
           [&](yaml::Node &V) {
             Model.Start = readWord<TaskStart>(V, "start", StartWords);
           }},
          {"dropped",
           [&](yaml::Node &V) {
             Model.Dropped = readWord<TaskDropped>(V, "end", DroppedWords);
           }},
          {"awaitable",
           [&](yaml::Node &V) {
             Model.Awaitable = readWord<bool>(V, "answer", BoolWords);
           }},
          {"methods",
           [&](yaml::Node &V) { Model.Methods = readTaskMethods(V); }},
          {"when-all", [&](yaml::Node &V) { Model.WhenAll = readName(V); }},
          {"when-all-gives-values",
           [&](yaml::Node &V) {
             Model.WhenAllGivesValues = readWord<bool>(V, "answer", BoolWords);
           }},
      });
  require(Node, Found, "an entry of 'tasks'", {"classes", "start", "dropped"});
  if (Stop || Errors.size() != Before)
    return;
  addEach(Tasks, Model, &TaskModel::Class, Names);
}

template <> void ModelReader::readEntry<TaskFunctionModel>(yaml::Node &Node) {
  LocatedNames Names;
  TaskFunctionModel Model;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'task-functions'",
      {
          {"functions", [&](yaml::Node &V) { readNames(V, Names); }},
          {"action",
           [&](yaml::Node &V) {
             Model.Action = readWord<TaskAction>(V, "action", TaskActionWords);
           }},
      });
  require(Node, Found, "an entry of 'task-functions'", {"functions", "action"});
  if (Stop || Errors.size() != Before)
    return;
  addEach(TaskFunctions, Model, &TaskFunctionModel::Function, Names);
}

template <> void ModelReader::readEntry<KeepAliveModel>(yaml::Node &Node) {
  LocatedNames Names;
  KeepAliveModel Model;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'keeps-alive'",
      {
          {"functions", [&](yaml::Node &V) { readNames(V, Names); }},
          {"argument",
           [&](yaml::Node &V) {
             Model.Argument = readArgument(V, KeptPositions);
           }},
          {"until",
           [&](yaml::Node &V) {
             Model.Until = readWord<KeptUntil>(V, "end", UntilWords);
           }},
          {"only-if", [&](yaml::Node &V) { Model.OnlyIf = readConditions(V); }},
          {"unless", [&](yaml::Node &V) { Model.Unless = readConditions(V); }},
      });
  require(Node, Found, "an entry of 'keeps-alive'", {"functions", "argument"});
  if (Stop || Errors.size() != Before)
    return;
  addEach(KeepsAlive, Model, &KeepAliveModel::Function, Names);
}

} // namespace corolint
