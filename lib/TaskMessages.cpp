//===-- TaskMessages.cpp - Messages about tasks and lifetimes -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TaskMessages.h"

namespace corolint {

namespace {

MessageId idOf(TaskFinding::Kind What) {
  using Kind = TaskFinding::Kind;
  switch (What) {
  case Kind::Capture:
    return MessageId::CapturedUsedLate;
  case Kind::CapturedThis:
    return MessageId::ThisUsedLate;
  case Kind::LocalArgument:
    return MessageId::LocalEndsEarly;
  case Kind::TemporaryArgument:
    return MessageId::TemporaryEndsEarly;
  case Kind::GeneratorArgument:
    return MessageId::GeneratorEndsLate;
  case Kind::LaterCallable:
    return MessageId::LocalEndsBeforeCall;
  case Kind::LaterReference:
    return MessageId::ReferenceEndsBeforeCall;
  case Kind::LentToCallable:
    return MessageId::LentEndsBeforeCall;
  case Kind::LocalBuffer:
    return MessageId::BufferEndsEarly;
  case Kind::TemporaryBuffer:
    return MessageId::TemporaryBufferEndsEarly;
  case Kind::LocalOperand:
    return MessageId::OperandEndsEarly;
  case Kind::FreedOperand:
    return MessageId::OperandFreedEarly;
  case Kind::HandedAwaiter:
    return MessageId::AwaiterUsedLate;
  case Kind::LocalObject:
    return MessageId::ObjectEndsEarly;
  case Kind::TemporaryObject:
    return MessageId::TemporaryObjectEndsEarly;
  case Kind::MovedParameter:
    return MessageId::MovedParameterEndsEarly;
  case Kind::UnawaitedParameter:
    return MessageId::ParameterOfUnawaited;
  case Kind::AwaitedResult:
    return MessageId::ResultEndsEarly;
  case Kind::Guard:
    return MessageId::GuardReleasedEarly;
  case Kind::DroppedTask:
    return MessageId::TaskDiscarded;
  case Kind::DroppedAwaiter:
    return MessageId::AwaitableDiscarded;
  case Kind::DroppedObject:
    return MessageId::AwaitableObjectDiscarded;
  case Kind::UnusedTask:
    return MessageId::TaskUnused;
  case Kind::ForgottenTask:
    return MessageId::TaskForgotten;
  case Kind::UnheldGuard:
    return MessageId::GuardNotAwaited;
  case Kind::TestedTask:
    return MessageId::TaskTested;
  case Kind::VoidCallable:
    return MessageId::CoroutineForVoidCallable;
  case Kind::DroppedByCallee:
    return MessageId::CalleeDiscardsTask;
  case Kind::PollingLoop:
    return MessageId::LoopPolls;
  case Kind::ReschedulingLoop:
    return MessageId::LoopReschedules;
  case Kind::EndlessLoop:
    return MessageId::LoopWithoutEnd;
  case Kind::NoSuspension:
    return MessageId::NoSuspensionPoint;
  case Kind::SerialAwaits:
    return MessageId::AwaitsInRow;
  case Kind::SerialRounds:
    return MessageId::AwaitsInLoop;
  }
  llvm_unreachable("all kinds are covered");
}

MessageId idOf(TaskNote::Kind What) {
  using Kind = TaskNote::Kind;
  switch (What) {
  case Kind::Suspends:
    return MessageId::SuspendsHere;
  case Kind::UsedAfter:
    return MessageId::UsedAfterSuspension;
  case Kind::UsedWhenStarted:
    return MessageId::UsedOnceStarted;
  case Kind::UsedWhenIterated:
    return MessageId::UsedOnceIterated;
  case Kind::ClosureEnds:
    return MessageId::LambdaIsTemporary;
  case Kind::ClosureEndsWith:
    return MessageId::LambdaEndsWithCall;
  case Kind::ClosureUnknown:
    return MessageId::LambdaMayEnd;
  case Kind::ClosureLocal:
    return MessageId::LambdaIsLocal;
  case Kind::TaskReturned:
    return MessageId::TaskReturned;
  case Kind::TaskStored:
    return MessageId::TaskStored;
  case Kind::TaskStarted:
    return MessageId::TaskStarted;
  case Kind::TaskDropped:
    return MessageId::TaskNotWaitedFor;
  case Kind::TaskCollected:
    return MessageId::TaskCollected;
  case Kind::Passed:
    return MessageId::ArgumentPassed;
  case Kind::Declared:
    return MessageId::CalleeDeclared;
  case Kind::Acquired:
    return MessageId::GuardAcquired;
  case Kind::ResultDropped:
    return MessageId::ResultDiscarded;
  case Kind::Polled:
    return MessageId::WaitsForChange;
  case Kind::Awaited:
    return MessageId::AwaitedInPlace;
  case Kind::CoroutineDestroyed:
    return MessageId::CoroutineDestroyed;
  case Kind::CoroutineResumed:
    return MessageId::CoroutineResumed;
  case Kind::CoroutineHanded:
    return MessageId::CoroutineHanded;
  case Kind::CouldOverlap:
    return MessageId::CouldRunMeanwhile;
  case Kind::Gathers:
    return MessageId::AwaitsAtOnce;
  }
  llvm_unreachable("all kinds are covered");
}

/// The arguments of a message: the name, and the fate of a dropped task.
std::vector<std::string> argumentsOf(const TaskFinding &Found) {
  using Kind = TaskFinding::Kind;
  const std::string Lost = Message{
      Found.Cancels ? MessageId::IsCancelled : MessageId::NeverRuns,
      {}}.text();
  switch (Found.What) {
  case Kind::DroppedTask:
  case Kind::DroppedAwaiter:
  case Kind::TestedTask: {
    const Message Callee =
        Found.Name.empty() ? Message{MessageId::CoroutineLambda, {}}
                           : Message{MessageId::NamedFunction, {Found.Name}};
    return {Callee.text(), Lost};
  }
  case Kind::UnusedTask:
    return {Found.Name, Lost};
  case Kind::UnheldGuard:
    return {Message{MessageId::NamedFunction, {Found.Name}}.text()};
  default:
    return {Found.Name};
  }
}

} // namespace

Message messageOf(const TaskNote &Note) {
  return {idOf(Note.What), {Note.Name}};
}

SourceFinding sourceFinding(const TaskFinding &Found) {
  SourceFinding Result(idOf(Found.What), argumentsOf(Found), Found.Where);
  for (const TaskNote &Note : Found.Notes)
    if (Note.Where.isValid())
      Result.note(idOf(Note.What), {Note.Name}, Note.Where);
  Result.Fixes = Found.Fixes;
  return Result;
}

} // namespace corolint
