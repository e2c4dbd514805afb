//===-- PassedArguments.h - What every call passes --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Facts about a parameter that hold in every call of its function: it is work
// that is ready, or an
// address in digits. A function qualifies if no call can
// be outside this translation unit, or if the other units see its body and
// judge it for themselves, and if it is only ever called: its address is not
// taken.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_PASSEDARGUMENTS_H
#define COROLINT_EFFECT_PASSEDARGUMENTS_H

#include "flow/Flow.h"
#include "region/Contexts.h"

namespace corolint {

/// The arguments that the calls of one AST pass. Not thread-safe.
class PassedArguments {
public:
  PassedArguments(Facts &Unit, FlowAnalysis &Flows, ContextMap &Contexts)
      : Unit(Unit), Flows(Flows), Contexts(Contexts) {}

  /// Whether \p E, in \p Function, is work that is ready there: the argument of
  /// a continuation, a part of it, or a parameter to which every call passes
  /// such work.
  bool isReady(const clang::Expr &E, const clang::FunctionDecl &Function) {
    return isReady(E, Function, 0);
  }

  /// Whether a condition voids \p Model at \p S, a site of \p Function, because
  /// every call of \p Function passes a parameter that fulfils it.
  bool isVoided(const FunctionModel &Model, const Site &S,
                const clang::FunctionDecl &Function);

private:
  /// A call, and the function that makes it.
  struct Call {
    const clang::FunctionDecl *Caller;
    const Site *At;
  };

  using Fact = llvm::function_ref<bool(const clang::Expr &Argument,
                                       const Call &Passing)>;
  bool isPassed(const clang::ParmVarDecl &Parameter,
                const clang::FunctionDecl &Function, Fact Holds);
  bool isAddress(const clang::Expr &E, const clang::FunctionDecl &Function,
                 unsigned Depth);
  void collect();
  void collectIn(const clang::FunctionDecl &Caller);
  llvm::ArrayRef<Call> callsOf(const clang::FunctionDecl &Function);
  bool isReady(const clang::Expr &E, const clang::FunctionDecl &Function,
               unsigned Depth);
  bool isReadyParameter(const clang::ParmVarDecl &Parameter,
                        const clang::FunctionDecl &Function, unsigned Depth);

  Facts &Unit;
  FlowAnalysis &Flows;
  ContextMap &Contexts;
  bool Collected = false;
  /// By the definition of the callee.
  llvm::DenseMap<const clang::FunctionDecl *, std::vector<Call>> Calls;
  /// Functions that are named otherwise than to call them.
  llvm::DenseSet<const clang::FunctionDecl *> Escaping;
  llvm::DenseMap<const clang::ParmVarDecl *, bool> Ready, Addresses;
};

} // namespace corolint

#endif // COROLINT_EFFECT_PASSEDARGUMENTS_H
