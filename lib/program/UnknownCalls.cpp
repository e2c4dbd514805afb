//===-- UnknownCalls.cpp - Calls of unknown functions ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds the calls of library functions without a body that neither a model nor
// an annotation describes, for `corolint audit`. Functions of the project
// without a body here are open calls anyway (SummaryWriter.cpp): the linker
// finds out whether another unit has the body.
//
//===----------------------------------------------------------------------===//

#include "code/Suspension.h"
#include "program/SummaryWriter.h"

using namespace clang;

namespace corolint {

/// Whether \p Function only starts work: the caller awaits the result.
static bool returnsAwaitable(const FunctionDecl &Function, ModelIndex &Models) {
  const CXXRecordDecl *Result = classOf(Function.getReturnType());
  return Result && (isAwaitable(*Result) || Models.task(*Result));
}

/// Whether the unit describes \p Function: it has a body (possibly one that
/// Clang did not need to instantiate), annotations, or a model, possibly of its
/// namespace. Program::describedFunctions joins the answers of all units.
bool SummaryWriter::isDescribed(const FunctionDecl &Function) {
  Facts &Unit = Analysed.facts();
  ModelIndex &Models = Unit.Models;
  const FunctionDecl *Pattern = Function.getTemplateInstantiationPattern();
  return definitionOf(Function) ||
         Unit.Annotations.of(Function).Set != Annotation::None ||
         Models.find(Function) || returnsAwaitable(Function, Models) ||
         (Pattern && Pattern->isDefined()) ||
         (Models.isLibrary(Function) && !Function.isExternC());
}

/// Whether a person could put the function's name into a model. Names with two
/// underscores are reserved for the compiler and its library.
static bool isNameable(const FunctionDecl &Function) {
  if (isa<CXXConstructorDecl>(Function))
    return true;
  return Function.getIdentifier() && !Function.getName().starts_with("__");
}

/// Whether \p S calls an unknown library function. Destructors are not listed,
/// because each object was constructed by a call that is.
bool SummaryWriter::isUnknown(const Site &S) {
  if ((S.What != Site::Kind::Call && S.What != Site::Kind::Construct) ||
      S.AwaitPart != Site::AwaiterCall::None || !S.Callee)
    return false;
  const FunctionDecl &Callee = *S.Callee;
  return isInSystemHeader(Callee) && isNameable(Callee) &&
         !Callee.isDefaulted() && !Callee.isDeleted() && !Callee.isNoReturn() &&
         !Callee.isImplicit() && !Callee.getBuiltinID() &&
         !Callee.isDependentContext() && !isDescribed(Callee) &&
         !Analysed.facts().modelOf(Callee, CallOperands::of(S.Node));
}

/// Finds the unknown calls of the project's own functions, and every function
/// that reaches one.
void SummaryWriter::findUnknownCalls() {
  const auto &Nodes = Inference.nodes();
  llvm::SmallVector<EffectInference::NodeId, 32> Queue;
  auto Reach = [&](EffectInference::NodeId Id) {
    if (ReachUnknown.insert(Id).second)
      Queue.push_back(Id);
  };
  for (EffectInference::NodeId Id = 0; Id < Nodes.size(); ++Id) {
    const FunctionDecl &Function = *Nodes[Id].Function;
    if (!Nodes[Id].Expanded || isInSystemHeader(Function) ||
        Analysed.facts().Models.isLibrary(Function))
      continue;
    const Body &Walked = Analysed.facts().Bodies.of(Function);
    for (unsigned I = 0; I < Walked.Sites.size(); ++I)
      if (isUnknown(Walked.Sites[I]) &&
          (Inference.liveAt(Id, I) & AnyBlocking)) {
        Unknown.emplace_back(Id, I);
        Reach(Id);
      }
  }
  while (!Queue.empty()) {
    const EffectInference::Node &Reached = Nodes[Queue.pop_back_val()];
    for (const CallGraph::Incoming &From : Reached.Callers)
      if (Nodes[From.Caller].Edges[From.EdgeIndex].Allowed & AnyBlocking)
        Reach(From.Caller);
  }
}

/// Whether the function runs where blocking is wrong.
bool SummaryWriter::runsInContext(const Body &Walked) {
  const FunctionContext Own = Analysed.contexts().of(*Walked.Function);
  return !Own.AllowBlocking &&
         (Own.EventLoop || Own.NoYield || Walked.isAsynchronous());
}

void SummaryWriter::writeUnknownCalls() {
  const auto &Nodes = Inference.nodes();
  for (const auto &[Id, Index] : Unknown) {
    const FunctionDecl &Caller = *Nodes[Id].Function;
    const Site &S = Analysed.facts().Bodies.of(Caller).Sites[Index];
    Result.UnknownCalls.push_back(
        {function(Caller), function(*S.Callee), point(S.Where)});
  }
  for (EffectInference::NodeId Id = 0; Id < Nodes.size(); ++Id) {
    if (!ReachUnknown.contains(Id))
      continue;
    llvm::DenseSet<EffectInference::NodeId> Seen;
    for (const EffectInference::Edge &E : Nodes[Id].Edges)
      if (ReachUnknown.contains(E.Target) && (E.Allowed & AnyBlocking) &&
          Seen.insert(E.Target).second)
        Result.Reaches.push_back({function(*Nodes[Id].Function),
                                  function(*Nodes[E.Target].Function)});
  }
}

} // namespace corolint
