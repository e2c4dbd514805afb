//===-- Matchers.h - The matchers of the rules ------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The matchers of which the rule of each check consists:
//
//   functionDecl(isDefinition(),
//                anyOf(runsAsynchronously(In), runsOnEventLoop(In)))
//
// `In` is the check's session, which has the analysis of the unit. A matcher
// matches only judged functions (Analysis::isJudged): one look-up dismisses the
// functions of system headers.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_MATCHERS_H
#define COROLINT_CHECKS_MATCHERS_H

#include "Session.h"
#include "clang/ASTMatchers/ASTMatchers.h"

namespace corolint {

/// The nature of \p Function, or nothing if no check judges it.
inline Analysis::Nature natureOf(const clang::FunctionDecl &Function,
                                 Session *In) {
  Analysis &Analysed = In->analysis(Function.getASTContext());
  return Analysed.isJudged(Function) ? Analysed.natureOf(Function)
                                     : Analysis::Nature();
}

/// Matches an asynchronous coroutine, which excludes synchronous generators.
AST_MATCHER_P(clang::FunctionDecl, runsAsynchronously, Session *, In) {
  return natureOf(Node, In).RunsAsynchronously;
}

/// Matches a function that is declared to run on an event loop, or passed to a
/// parameter that runs it there.
AST_MATCHER_P(clang::FunctionDecl, runsOnEventLoop, Session *, In) {
  return natureOf(Node, In).RunsOnEventLoop;
}

/// Matches a function that contains a no-yield region.
AST_MATCHER_P(clang::FunctionDecl, opensNoYieldRegion, Session *, In) {
  return natureOf(Node, In).OpensNoYieldRegion;
}

/// Matches a function in which blocking the thread stalls others: one that runs
/// asynchronously or on an event loop, or opens a no-yield region.
inline auto mustNotBlock(Session *In) {
  return clang::ast_matchers::anyOf(runsAsynchronously(In), runsOnEventLoop(In),
                                    opensNoYieldRegion(In));
}

/// Matches a function that has a suspension point.
AST_MATCHER_P(clang::FunctionDecl, suspends, Session *, In) {
  return natureOf(Node, In).Suspends;
}

/// Matches a function that may hold a thread lock where it suspends, or where a
/// call may yield.
AST_MATCHER_P(clang::FunctionDecl, holdsThreadLock, Session *, In) {
  return natureOf(Node, In).HoldsThreadLock;
}

/// Matches a declaration with an annotation of any kind.
AST_MATCHER(clang::Decl, isAnnotated) {
  return Node.hasAttr<clang::AnnotateAttr>();
}

} // namespace corolint

#endif // COROLINT_CHECKS_MATCHERS_H
