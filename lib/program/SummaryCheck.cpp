//===-- SummaryCheck.cpp - Whether a summary holds together ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/SummaryCheck.h"

using namespace llvm;

namespace corolint {

namespace {

/// Goes through the tables of one summary. Not thread-safe.
class SummaryCheck {
public:
  explicit SummaryCheck(const Summary &Unit)
      : Unit(Unit), NumStrings(Unit.Strings.size()),
        NumFunctions(Unit.Functions.size()) {}

  bool run() {
    Good = NumStrings > 0;
    functions();
    relations();
    findings();
    parameters();
    accesses();
    names();
    return Good;
  }

private:
  void string(StringId Id) { Good &= Id < NumStrings; }
  void point(const SourcePoint &Where) { string(Where.File); }
  void function(uint32_t Number) { Good &= Number < NumFunctions; }
  void pair(uint32_t One, uint32_t Other) { function(One), function(Other); }

  void functionIfAny(uint32_t Number) {
    Good &= Number == NoIndex || Number < NumFunctions;
  }

  void range(uint64_t First, uint64_t Count, uint64_t Size) {
    Good &= First + Count <= Size;
  }

  void deadIf(const DeadIfRange &Range) {
    range(Range.First, Range.Num, Unit.DeadIf.size());
  }

  void message(const MessageRecord &What) {
    string(What.Name);
    for (StringId Argument : What.Arguments)
      string(Argument);
  }

  void functions();
  void relations();
  void findings();
  void parameters();
  void accesses();
  void names();

  const Summary &Unit;
  const uint64_t NumStrings;
  const uint64_t NumFunctions;
  bool Good = true;
};

} // namespace

void SummaryCheck::functions() {
  for (const FunctionRecord &R : Unit.Functions) {
    string(R.Name), string(R.Qualified), point(R.Where);
    range(R.FirstCause, R.NumCauses, Unit.Causes.size());
    range(R.FirstCall, R.NumCalls, Unit.Calls.size());
  }
  for (const CauseRecord &R : Unit.Causes) {
    point(R.Where), string(R.Callee), string(R.Qualified), message(R.What);
    point(R.Note), string(R.Reason), string(R.Site), deadIf(R.DeadIf);
    Good &=
        R.Effect && !(R.Effect & ~AllEffects) && !(R.Effect & (R.Effect - 1));
  }
  for (const CallRecord &R : Unit.Calls) {
    point(R.Where), string(R.Site), functionIfAny(R.Through), deadIf(R.DeadIf);
    function(R.Target);
  }
}

/// Calls and other relations between functions.
void SummaryCheck::relations() {
  for (const UnknownCallRecord &R : Unit.UnknownCalls)
    point(R.Where), pair(R.Caller, R.Callee);
  for (const uint32_t Number : Unit.DeadIf)
    function(Number);
  for (const EndRecord &R : Unit.Ends)
    pair(R.Function, R.By);
  for (const ReachRecord &R : Unit.Reaches)
    pair(R.Caller, R.Callee);
  for (const OverrideRecord &R : Unit.Overrides)
    pair(R.Derived, R.Base);
}

void SummaryCheck::findings() {
  for (const auto *List : {&Unit.Findings, &Unit.PendingFindings})
    for (const FindingRecord &R : *List) {
      string(R.Check), message(R.What), point(R.Where), string(R.Function);
      string(R.Line), range(R.FirstNote, R.NumNotes, Unit.Notes.size());
      range(R.FirstFix, R.NumFixes, Unit.Fixes.size());
      functionIfAny(R.Within), deadIf(R.DeadIf);
    }
  for (const PendingRecord &R : Unit.Pending) {
    functionIfAny(R.Borrower);
    Good &= R.Finding < Unit.PendingFindings.size() &&
            (R.Act == NoIndex || R.Act < Unit.StaleActs.size());
    range(R.FirstCall, R.NumCalls, Unit.Calls.size());
  }
  for (const NoteRecord &R : Unit.Notes)
    message(R.What), point(R.Where);
  for (const ErrorRecord &R : Unit.Errors)
    string(R.Message), point(R.Where);
  for (const FixRecord &R : Unit.Fixes)
    point(R.Begin), point(R.End), string(R.Text);
}

/// The uses of callables and arguments.
void SummaryCheck::parameters() {
  for (const PassedRecord &R : Unit.Passed) {
    point(R.Where), function(R.Function), functionIfAny(R.Callee);
    Good &= R.Callee != NoIndex || R.Context != NoIndex;
  }
  for (const auto *List : {&Unit.Forwards, &Unit.Lent})
    for (const ForwardRecord &R : *List)
      pair(R.Function, R.Callee);
  for (const BorrowRecord &R : Unit.Borrows)
    message(R.What), point(R.Where), function(R.Function);
  for (const ParameterRecord &R : Unit.Parameters)
    function(R.Function);
}

/// Changes of state, and code that relies on it.
void SummaryCheck::accesses() {
  for (const EntryRecord &R : Unit.Entries)
    point(R.Where), pair(R.Callee, R.Caller);
  for (const ChangeRecord &R : Unit.Changes) {
    string(R.Name), point(R.Where), function(R.Function);
    Good &= R.Class < 32;
  }
  for (const StaleActRecord &R : Unit.StaleActs) {
    string(R.StateName), string(R.CoroutineName), function(R.Coroutine);
    range(R.FirstSince, R.NumSince, Unit.CheckedSince.size());
  }
}

void SummaryCheck::names() {
  for (const FileRecord &R : Unit.Files)
    string(R.Path);
  for (const AllowedRecord &R : Unit.Allowed)
    string(R.Check), string(R.Function);
  for (StringId Id : Unit.Dropped)
    string(Id);
  for (const CheckRecord &R : Unit.Checks)
    string(R.Name);
}

bool isConsistent(const Summary &Unit) { return SummaryCheck(Unit).run(); }

} // namespace corolint
