//===-- TaskFindings.h - Findings about tasks and lifetimes -----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The findings of the analyses of tasks and lifetimes, as data. The checks
// convert them to messages.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_TASKFINDINGS_H
#define COROLINT_ACCESS_TASKFINDINGS_H

#include "clang/AST/Decl.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <string>

namespace corolint {

/// A place that explains a finding.
struct TaskNote {
  enum class Kind : uint8_t {
    Suspends,         ///< The coroutine may be suspended here.
    UsedAfter,        ///< `Name` is used here after that.
    UsedWhenStarted,  ///< `Name` is used here when the lazy task runs.
    UsedWhenIterated, ///< The same, when a value of the generator is requested.
    ClosureEnds,      ///< The lambda is a temporary of this full-expression.
    ClosureEndsWith,  ///< The lambda ends when `Name` returns.
    ClosureUnknown,   ///< The lambda's owner cannot know how long to keep it.
    ClosureLocal,     ///< The lambda is the local variable `Name`.
    TaskReturned,     ///< The task is returned here.
    TaskStored,       ///< The task is stored in `Name` here.
    TaskStarted,      ///< The task is passed to `Name`, which starts it.
    TaskDropped,      ///< The task is discarded here.
    TaskCollected,    ///< The task is added to `Name` here.
    Passed,           ///< The argument is passed here.
    Declared,         ///< `Name` is declared here.
    Acquired,         ///< `Name` is acquired here.
    ResultDropped,    ///< The result of the callable is discarded here.
    Polled,           ///< The state for which the loop waits is read here.
    Awaited,          ///< The coroutine is awaited in place here.
    CoroutineDestroyed, ///< The coroutine is destroyed here.
    CoroutineResumed,   ///< It is resumed here.
    CoroutineHanded,    ///< It is handed to another thread here.
    CouldOverlap, ///< The task of `Name`, awaited here, could run meanwhile.
    Gathers,      ///< The function `Name` awaits several tasks at once.
  };
  Kind What;
  clang::SourceLocation Where;
  std::string Name = {};
};

/// One finding of one check.
struct TaskFinding {
  enum class Kind : uint8_t {
    // coro-dangling-reference
    Capture,       ///< `Name` is a capture; at its use.
    CapturedThis,  ///< The same for `this`.
    LocalArgument, ///< The local variable `Name` is passed.
    TemporaryArgument,
    GeneratorArgument, ///< It ends before the generator runs.
    LaterCallable,     ///< The local variable `Name`; at the callable.
    LaterReference,    ///< The parameter `Name`; at the callable.
    LentToCallable,    ///< For the parameter `Name`; at the argument.
    LocalBuffer,       ///< An operation was handed a buffer of `Name`.
    TemporaryBuffer,
    LocalOperand,  ///< An operation uses `Name` until it calls back.
    FreedOperand,  ///< The same; the memory of the pointer `Name` is freed.
    HandedAwaiter, ///< `this` of an awaiter whose coroutine may be gone.
    LocalObject,   ///< `Name` is the object of the call.
    TemporaryObject,
    MovedParameter,     ///< `Name` takes an rvalue; at the parameter.
    UnawaitedParameter, ///< `Name`, of an unawaitable coroutine; at its
                        ///< use.
    AwaitedResult,      ///< `Name` is bound to the result of a temporary task.
    // coro-early-release
    Guard, ///< `Name` ends at this return.
    // coro-discarded-task
    DroppedTask,     ///< The call of `Name`.
    DroppedAwaiter,  ///< The same, of an awaitable.
    DroppedObject,   ///< An awaitable object of the class `Name`.
    UnusedTask,      ///< The variable `Name`.
    ForgottenTask,   ///< The same, for a task that continues by itself.
    UnheldGuard,     ///< `Name` would return a guard; at the variable or call.
    TestedTask,      ///< The call of `Name`, as a condition.
    VoidCallable,    ///< A coroutine where nothing is returned.
    DroppedByCallee, ///< A coroutine for `Name`, which drops its task.
    // coro-busy-wait
    PollingLoop,
    ReschedulingLoop,
    EndlessLoop,
    // coro-never-suspends
    NoSuspension, ///< The coroutine `Name`.
    // coro-serial-awaits
    SerialAwaits, ///< At the first await.
    SerialRounds, ///< In the iterations of a loop.
  };
  Kind What;
  clang::SourceLocation Where;
  std::string Name = {};
  llvm::SmallVector<TaskNote, 3> Notes = {};
  llvm::SmallVector<clang::FixItHint, 2> Fixes = {};
  /// The work is cancelled, as opposed to never started.
  bool Cancels = false;
  /// Set if it is a finding only if this function, whose body is not visible,
  /// uses its argument after its caller has continued.
  const clang::FunctionDecl *Borrower = nullptr;
  static constexpr unsigned Object = ~0U;
  unsigned Lent = Object; ///< The parameter of `Borrower`, or its object.
};

/// Findings by the function whose definition was judged.
using TasksByFunction =
    llvm::DenseMap<const clang::FunctionDecl *, std::vector<TaskFinding>>;

} // namespace corolint

#endif // COROLINT_ACCESS_TASKFINDINGS_H
