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
//   functionDecl(holdsThreadLock(In))
//
// `In` is the check's session, which has the analysis of the unit. A matcher
// matches only judged functions (Analysis::isJudged): one look-up dismisses
// declarations without a body, and the functions of system headers. Each rule
// is one matcher, since a composition would take more time than the look-up.
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

/// Matches a function that contains a no-yield region.
AST_MATCHER_P(clang::FunctionDecl, opensNoYieldRegion, Session *, In) {
  return natureOf(Node, In).OpensNoYieldRegion;
}

/// Matches a function in which blocking the thread stalls others: an
/// asynchronous coroutine (which excludes synchronous generators), a function
/// that runs on an event loop, or one that opens a no-yield region.
AST_MATCHER_P(clang::FunctionDecl, mustNotBlock, Session *, In) {
  const Analysis::Nature Nature = natureOf(Node, In);
  return Nature.RunsAsynchronously || Nature.RunsOnEventLoop ||
         Nature.OpensNoYieldRegion;
}

/// Matches a function that others may interleave with: an asynchronous
/// coroutine with a suspension point, or a function that runs on an event loop,
/// which others enter while a call in it pumps the loop.
AST_MATCHER_P(clang::FunctionDecl, isInterleaved, Session *, In) {
  const Analysis::Nature Nature = natureOf(Node, In);
  return (Nature.RunsAsynchronously && Nature.Suspends) ||
         Nature.RunsOnEventLoop;
}

/// Matches a function that may hold a thread lock where it suspends, or where a
/// call may yield.
AST_MATCHER_P(clang::FunctionDecl, holdsThreadLock, Session *, In) {
  return natureOf(Node, In).HoldsThreadLock;
}

/// Whether \p Query has findings in \p Function. False if no check judges it.
inline bool hasFindings(const clang::FunctionDecl &Function, Session *In,
                        TaskQuery Query) {
  Analysis &Analysed = In->analysis(Function.getASTContext());
  return Analysed.isJudged(Function) &&
         !(Analysed.tasks().*Query)(Function).empty();
}

/// Matches a function that shares its thread and has a loop that polls for a
/// change instead of awaiting it.
AST_MATCHER_P(clang::FunctionDecl, pollsInsteadOfAwaiting, Session *, In) {
  return hasFindings(Node, In, &Tasks::busyWaits);
}

/// Matches a function that lends a task, a coroutine or a later callback an
/// object that ends before its last use, or an awaiter that is used after its
/// coroutine was let go.
AST_MATCHER_P(clang::FunctionDecl, lendsWhatEndsFirst, Session *, In) {
  return hasFindings(Node, In, &Tasks::danglingReferences);
}

/// Matches a function that makes a task or an awaitable and neither awaits,
/// stores, returns nor hands it on.
AST_MATCHER_P(clang::FunctionDecl, discardsTask, Session *, In) {
  return hasFindings(Node, In, &Tasks::discarded);
}

/// Matches a function, not a coroutine, that returns an unfinished task which
/// it made under a guard that ends with the call.
AST_MATCHER_P(clang::FunctionDecl, returnsTaskPastGuard, Session *, In) {
  return hasFindings(Node, In, &Tasks::earlyReleases);
}

/// Matches an asynchronous coroutine without a suspension point that nothing
/// obliges to be one.
AST_MATCHER_P(clang::FunctionDecl, neverSuspends, Session *, In) {
  return hasFindings(Node, In, &Tasks::neverSuspending);
}

/// Matches a coroutine that awaits independent tasks one after another.
AST_MATCHER_P(clang::FunctionDecl, awaitsInSeries, Session *, In) {
  return hasFindings(Node, In, &Tasks::serialAwaits);
}

/// Matches an annotation of any kind. There are far fewer attributes than
/// declarations that could have one.
AST_MATCHER(clang::Attr, isAnnotation) {
  return llvm::isa<clang::AnnotateAttr>(Node);
}

} // namespace corolint

#endif // COROLINT_CHECKS_MATCHERS_H
