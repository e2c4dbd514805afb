//===-- TaskClasses.h - Classes of tasks and awaitables ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Describes the classes that represent asynchronous work: whether a coroutine
// that returns one starts in the call or when it is awaited, and what happens
// to the work when the object is dropped. Models take precedence; without one,
// the promise's `initial_suspend` and the class's destructor decide.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_TASKCLASSES_H
#define COROLINT_ACCESS_TASKCLASSES_H

#include "code/Facts.h"
#include <memory>
#include <optional>

namespace corolint {

/// A class that represents asynchronous work.
struct TaskClass {
  const clang::CXXRecordDecl *Class = nullptr;
  const TaskModel *Model = nullptr;
  /// Coroutines return it. Otherwise it is an awaiter, which does nothing
  /// before it is awaited.
  bool IsTask = false;
  /// Whether nothing runs before it is awaited or started; nothing if unknown.
  std::optional<bool> IsLazy;
  std::optional<TaskDropped> Dropped; ///< Nothing if unknown.
  bool IsAwaitable = false;
  bool IsNoDiscard = false;
  bool IsCopyable = false;

  bool isLazy() const { return IsLazy.value_or(false); }
  bool isEager() const { return !IsLazy.value_or(true); }
  /// The object owns its coroutine frame.
  bool ownsFrame() const {
    return Dropped == TaskDropped::Cancels || Dropped == TaskDropped::Nothing;
  }
  /// Dropping it leaves work undone.
  bool losesWork() const { return isLazy() || ownsFrame(); }
};

/// The task classes of one AST, described on demand. Not thread-safe.
class TaskClasses {
public:
  explicit TaskClasses(Facts &Unit) : Unit(Unit) {}

  /// The description of \p Type, or null if a value of it is no asynchronous
  /// work.
  const TaskClass *of(clang::QualType Type);

  /// The description of the result of \p Function, returned by value.
  const TaskClass *returnedBy(const clang::FunctionDecl &Function) {
    return of(Function.getReturnType());
  }

  /// Whether calling \p Function, a coroutine or not, runs none of it before
  /// its task is awaited.
  bool startsLazily(const clang::FunctionDecl &Function);

private:
  void describe(TaskClass &Result);
  void describeDropping(TaskClass &Result);
  const clang::CXXRecordDecl *promiseOf(const clang::CXXRecordDecl &Class);
  const clang::CXXRecordDecl *traitsPromise(const clang::CXXRecordDecl &Class);
  bool hasAwaitOperator(const clang::CXXRecordDecl &Class);

  Facts &Unit;
  llvm::DenseMap<const clang::CXXRecordDecl *, std::unique_ptr<TaskClass>>
      Known;
};

} // namespace corolint

#endif // COROLINT_ACCESS_TASKCLASSES_H
