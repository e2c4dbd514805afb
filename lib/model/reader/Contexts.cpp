//===-- Contexts.cpp - Reads the contexts of a model file -----------------===//
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

constexpr Word<ContextBy> ByWords[] = {
    {"result", ContextBy::Result},     {"parameter", ContextBy::Parameter},
    {"override", ContextBy::Override}, {"base", ContextBy::Base},
    {"member", ContextBy::Member},
};

constexpr Word<HopTarget> HopTargetWords[] = {
    {"allow-blocking", HopTarget::AllowBlocking},
    {"event-loop", HopTarget::EventLoop},
    {"alternates", HopTarget::Alternates},
    {"unknown", HopTarget::Unknown},
};

constexpr Word<HopUntil> HopUntilWords[] = {
    {"hop", HopUntil::Hop},
    {"suspension", HopUntil::Suspension},
};

constexpr Word<int> AnyOnly[] = {{"any", CallableModel::AnyArgument}};

} // namespace

template <> void ModelReader::readEntry<CallableModel>(yaml::Node &Node) {
  LocatedNames Names;
  CallableModel Model;
  bool KeptAlive = false;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'callables'",
      {
          {"functions", [&](yaml::Node &V) { readNames(V, Names); }},
          {"argument",
           [&](yaml::Node &V) {
             Model.Argument = readArgument(V, CallablePositions);
           }},
          {"template-argument",
           [&](yaml::Node &V) {
             Model.TemplateArgument =
                 readArgument(V, AnyOnly, "template-argument");
           }},
          {"runs",
           [&](yaml::Node &V) {
             Model.Runs = readWord<ContextKind>(V, "context", ContextWords);
           }},
          {"unless", [&](yaml::Node &V) { Model.Unless = readConditions(V); }},
          {"executor",
           [&](yaml::Node &V) {
             Model.Executor = readArgument(V, ObjectPositions, "executor");
           }},
          {"ready",
           [&](yaml::Node &V) { Model.Ready = readArgument(V, {}, "ready"); }},
          {"overlapping",
           [&](yaml::Node &V) {
             Model.Overlapping = readWord<bool>(V, "answer", BoolWords);
           }},
          {"keeps-alive",
           [&](yaml::Node &V) {
             KeptAlive = readWord<bool>(V, "answer", BoolWords);
           }},
      });
  require(Node, Found, "an entry of 'callables'", {"functions", "runs"});
  if (Stop || Errors.size() != Before)
    return;
  bool IsTemplate = is_contained(Found, "template-argument");
  if (IsTemplate == is_contained(Found, "argument"))
    return error(Node, "an entry of 'callables' has either 'argument' or "
                       "'template-argument'; " +
                           Twine(IsTemplate ? "remove one" : "add one"));
  if (IsTemplate) {
    Model.Argument = position::None;
    if (KeptAlive)
      error(Node, "'keeps-alive' belongs to 'argument'; remove it");
  }
  if (KeptAlive) {
    KeepAliveModel Kept;
    Kept.Argument = Model.Argument;
    Kept.Unless = Model.Unless;
    addEach(KeepsAlive, Kept, &KeepAliveModel::Function, Names);
  }
  addEach(Callables, Model, &CallableModel::Function, Names);
}

template <> void ModelReader::readEntry<ContextModel>(yaml::Node &Node) {
  LocatedNames Names;
  ContextModel Model;
  size_t Before = Errors.size();
  auto Found =
      readMapping(Node, "an entry of 'contexts'",
                  {
                      {"names", [&](yaml::Node &V) { readNames(V, Names); }},
                      {"runs",
                       [&](yaml::Node &V) {
                         Model.Runs =
                             readWord<ContextKind>(V, "context", PlaceWords);
                       }},
                      {"as",
                       [&](yaml::Node &V) {
                         Model.By = readWord<ContextBy>(V, "position", ByWords);
                       }},
                  });
  require(Node, Found, "an entry of 'contexts'", {"names", "runs", "as"});
  if (Stop || Errors.size() != Before)
    return;
  addEach(Contexts, Model, &ContextModel::Name, Names);
}

template <> void ModelReader::readEntry<ExecutorModel>(yaml::Node &Node) {
  LocatedNames Names;
  ExecutorModel Model;
  size_t Before = Errors.size();
  auto Found =
      readMapping(Node, "an entry of 'executors'",
                  {
                      {"classes", [&](yaml::Node &V) { readNames(V, Names); }},
                      {"runs",
                       [&](yaml::Node &V) {
                         Model.Runs =
                             readWord<ContextKind>(V, "context", PlaceWords);
                       }},
                  });
  require(Node, Found, "an entry of 'executors'", {"classes", "runs"});
  if (Stop || Errors.size() != Before)
    return;
  addEach(Executors, Model, &ExecutorModel::Class, Names);
}

template <> void ModelReader::readEntry<ResumeModel>(yaml::Node &Node) {
  LocatedNames Names;
  ResumeModel Model;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'resumes'",
      {
          {"names", [&](yaml::Node &V) { readNames(V, Names); }},
          {"runs",
           [&](yaml::Node &V) {
             Model.Runs = readWord<HopTarget>(V, "context", HopTargetWords);
           }},
          {"until",
           [&](yaml::Node &V) {
             Model.Until = readWord<HopUntil>(V, "end", HopUntilWords);
           }},
          {"executor",
           [&](yaml::Node &V) {
             Model.Executor = readArgument(V, ObjectPositions, "executor");
           }},
          {"only-if", [&](yaml::Node &V) { Model.OnlyIf = readConditions(V); }},
          {"unless", [&](yaml::Node &V) { Model.Unless = readConditions(V); }},
      });
  require(Node, Found, "an entry of 'resumes'", {"names"});
  if (Stop || Errors.size() != Before)
    return;
  if (!is_contained(Found, "runs") && !is_contained(Found, "executor"))
    return error(Node, "an entry of 'resumes' lacks 'runs' or 'executor'; add "
                       "one");
  addEach(Resumes, Model, &ResumeModel::Name, Names);
}

template <> void ModelReader::readEntry<BindModel>(yaml::Node &Node) {
  LocatedNames Names;
  BindModel Model;
  size_t Before = Errors.size();
  auto Found = readMapping(
      Node, "an entry of 'binds'",
      {
          {"functions", [&](yaml::Node &V) { readNames(V, Names); }},
          {"argument",
           [&](yaml::Node &V) {
             Model.Argument = readArgument(V, CallablePositions);
           }},
          {"executor",
           [&](yaml::Node &V) {
             Model.Executor = readArgument(V, ObjectPositions, "executor");
           }},
      });
  require(Node, Found, "an entry of 'binds'", {"functions", "argument"});
  if (Stop || Errors.size() != Before)
    return;
  addEach(Binds, Model, &BindModel::Function, Names);
}

} // namespace corolint
