//===-- Summary.h - The summary of one translation unit ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The summary of one translation unit: its functions with their effects and
// calls, the findings that are already certain, and the sites whose verdict
// depends on other units. Plain tables: records refer to one another, and to
// strings, by number. A shard is a summary in a file (Shard.h).
//
// Files below the project's root are named relative to it, others by absolute
// paths, so that the location of the project makes no difference.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_SUMMARY_H
#define COROLINT_PROGRAM_SUMMARY_H

#include "access/EntryRoots.h"
#include "effect/EffectSet.h"
#include "llvm/ADT/DenseMapInfo.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <compare>
#include <string>
#include <vector>

namespace corolint {

/// A hash of a function's USR, equal in every unit. Zero for a function that no
/// other unit can call.
struct FunctionKey {
  uint64_t High = 0, Low = 0;

  explicit operator bool() const { return High || Low; }
  friend auto operator<=>(const FunctionKey &, const FunctionKey &) = default;

  /// The key for a USR.
  static FunctionKey of(llvm::StringRef Usr);
};

using StringId = uint32_t;
/// A number that refers to no record.
inline constexpr uint32_t NoIndex = ~uint32_t(0);

struct SourcePoint {
  StringId File = 0;
  uint32_t Line = 0, Column = 0;
};

/// A message of a finding (report/Message.h).
struct MessageRecord {
  StringId Name = 0; ///< In report/Messages.def.
  StringId Arguments[4] = {};
};

/// Functions of other units, in `DeadIf`. If any of them ends the process, the
/// record with this list is unreachable.
struct DeadIfRange {
  uint32_t First = 0, Num = 0;
};

/// A primitive that a function executes.
struct CauseRecord {
  EffectSet Effect = 0; ///< One bit.
  SourcePoint Where;
  StringId Callee = 0;    ///< As in messages; empty: the function itself,
                          ///< or with a site, a suspension point of it.
  StringId Site = 0;      ///< As in messages; empty: a call to it.
  StringId Qualified = 0; ///< Of the callee.
  MessageRecord What;     ///< The last note of the witness.
  SourcePoint Note;       ///< The place of that note.
  StringId Reason = 0;    ///< The kind of blocking, or as declared.
  DeadIfRange DeadIf;
};

/// A call through which the caller may get effects of the callee.
struct CallRecord {
  uint32_t Target = 0;   ///< Function.
  EffectSet Allowed = 0; ///< The effects that may pass.
  SourcePoint Where;
  bool Dispatched = false; ///< Includes overrides of the target.
  /// NoIndex, or a function that receives the target as its argument number
  /// `Parameter` and calls it only if its body does so.
  uint32_t Through = NoIndex;
  uint32_t Parameter = 0;
  StringId Site = 0; ///< As in messages; empty: a call to the target.
  DeadIfRange DeadIf = {};
};

/// A call, in the project's code, of a library function that has no body here
/// and that no model or annotation describes.
struct UnknownCallRecord {
  uint32_t Caller = 0, Callee = 0; ///< Functions.
  SourcePoint Where;
};

/// A call through which the caller may make unknown calls.
struct ReachRecord {
  uint32_t Caller = 0, Callee = 0; ///< Functions.
};

/// A function passes one of its own parameters to another function as an
/// argument. In `Lent`, NoIndex means the object.
struct ForwardRecord {
  uint32_t Function = 0, Parameter = 0;
  uint32_t Callee = 0, Argument = 0;
};

/// A parameter that is declared to run callables passed to it in a context.
struct ParameterRecord {
  uint32_t Function = 0, Parameter = 0;
  uint32_t Context = 0; ///< A ContextKind.
};

struct FunctionRecord {
  FunctionKey Key;
  StringId Name = 0; ///< As in messages.
  StringId Qualified = 0;
  SourcePoint Where;
  bool Defined = false; ///< Has a body in this unit.
  bool Coroutine = false;
  bool Library = false; ///< Its body is in a system header.
  /// This unit has its body, an annotation or a model, or awaits its result.
  bool Described = false;
  /// Its body runs asynchronously or in a context, and blocking is not
  /// intended.
  bool InContext = false;
  bool Ends = false;     ///< Every path through its body ends the process.
  EffectSet Passing = 0; ///< The effects that callers get.
  uint64_t Invokes = 0;  ///< The parameters it calls, as bits.
  uint32_t Entry = 0;    ///< An EntryKind.
  uint32_t Marks = 0;    ///< Its annotations, as bits.
  SourcePoint Marked;    ///< The place of one of them.
  uint32_t FirstCause = 0, NumCauses = 0;
  uint32_t FirstCall = 0, NumCalls = 0;
};

/// A function whose every path ends the process if another function does.
struct EndRecord {
  uint32_t Function = 0, By = 0; ///< Functions.
};

struct OverrideRecord {
  uint32_t Derived = 0, Base = 0; ///< Functions.
};

struct NoteRecord {
  MessageRecord What;
  SourcePoint Where;
};

/// An error of the compiler.
struct ErrorRecord {
  StringId Message = 0;
  SourcePoint Where;
};

/// Lines and columns, because comments may change the offset of the same code.
struct FixRecord {
  SourcePoint Begin, End; ///< In one file; the end is behind the text.
  StringId Text = 0;
};

struct FindingRecord {
  StringId Check = 0;
  MessageRecord What;
  SourcePoint Where;
  StringId Function = 0; ///< The enclosing one, qualified.
  /// NoIndex, or the enclosing function or lambda, if it is a coroutine.
  uint32_t Within = NoIndex;
  StringId Line = 0; ///< The source line without white space and comments.
  uint32_t FirstNote = 0, NumNotes = 0;
  uint32_t FirstFix = 0, NumFixes = 0;
  DeadIfRange DeadIf;
};

/// A function that uses an object of its caller after the caller may have
/// continued.
struct BorrowRecord {
  uint32_t Function = 0;
  uint32_t Parameter = NoIndex; ///< NoIndex: its object.
  MessageRecord What;           ///< The note that describes the use.
  SourcePoint Where;
};

/// A way into a function of the project from another function.
struct EntryRecord {
  uint32_t Callee = 0, Caller = 0; ///< Functions.
  bool Started = false;            ///< The caller does not wait for its end.
  bool Conditional = false;        ///< Only on some paths of the caller.
  bool Repeats = false;            ///< Several run at a time, on one object.
  SourcePoint Where;               ///< If it repeats.
};

/// State that several units may name.
struct StateRecord {
  /// A hash of the USR of a member or global variable.
  uint64_t Key = 0;
  /// The member that is the state's object. 0: the object is the whole path to
  /// the state. `AnyOwner`: it may be any object.
  uint64_t Owner = 0;

  static constexpr uint64_t AnyOwner = 1;
};

/// A change that a function makes to such state.
struct ChangeRecord {
  uint32_t Function = 0;
  StateRecord State;
  uint32_t Class = 0; ///< Of `StateChange`.
  bool IsConstant = false;
  uint64_t Constant = 0; ///< The assigned value, if it is constant.
  StringId Name = 0;     ///< Of the function, as in notes.
  SourcePoint Where;
};

/// An act of a coroutine on knowledge from before it suspended. It is a finding
/// if other code changes the state meanwhile.
struct StaleActRecord {
  uint32_t Coroutine = 0; ///< A function.
  StateRecord State;
  StringId StateName = 0, CoroutineName = 0; ///< As in notes.
  uint32_t Harmful = 0; ///< The classes of `StateChange`, as bits.
  bool HasHarmless = false;
  uint64_t Harmless = 0; ///< A constant that may be written meanwhile.
  bool Again = false;    ///< A second call on the object changes the state.
  uint32_t FirstSince = 0, NumSince = 0; ///< In `CheckedSince`.
};

/// A site in a context that is a finding if some callee has an effect, or an
/// argument that is one if the callee uses it too late.
struct PendingRecord {
  uint32_t Finding = 0; ///< In `Pending`'s own list: `PendingFindings`.
  EffectSet Wanted = 0;
  uint32_t FirstCall = 0, NumCalls = 0;
  uint32_t Borrower = NoIndex;  ///< Of an argument: the callee.
  uint32_t Parameter = NoIndex; ///< NoIndex: the object.
  uint32_t Act = NoIndex;       ///< Or a record of `StaleActs`.
};

/// A callable that is passed to a parameter that runs it in a context, or to
/// one for which another unit may declare that.
struct PassedRecord {
  uint32_t Function = 0;
  uint32_t Context = 0; ///< A ContextKind; NoIndex: as `Callee` declares.
  SourcePoint Where;
  uint32_t Callee = NoIndex, Argument = 0;
};

struct FileRecord {
  StringId Path = 0;
  uint64_t Hash = 0; ///< By `hashOfFile`.
};

/// A function whose effects a check ignores, by its option AllowedFunctions.
struct AllowedRecord {
  StringId Check = 0, Function = 0;
};

/// An enabled check, and the effects that its options let it report.
struct CheckRecord {
  StringId Name = 0;
  EffectSet Effects = 0;
};

struct Summary {
  std::string Unit;    ///< The main file, as `Files` names it.
  std::string Variant; ///< Distinguishes several commands of one file.
  std::string Made;    ///< The version of corolint and LLVM that made it.
  std::vector<std::string> Strings{std::string()};
  std::vector<FileRecord> Files; ///< All files read; the main file first.
  std::vector<FunctionRecord> Functions;
  std::vector<CauseRecord> Causes;
  std::vector<CallRecord> Calls;
  std::vector<UnknownCallRecord> UnknownCalls;
  std::vector<ReachRecord> Reaches;
  std::vector<OverrideRecord> Overrides;
  std::vector<EndRecord> Ends;
  std::vector<uint32_t> DeadIf; ///< Functions.
  std::vector<FindingRecord> Findings;
  std::vector<FindingRecord> PendingFindings;
  std::vector<PendingRecord> Pending;
  std::vector<NoteRecord> Notes;
  std::vector<FixRecord> Fixes;
  std::vector<PassedRecord> Passed;
  std::vector<ForwardRecord> Forwards;
  std::vector<BorrowRecord> Borrows;
  std::vector<ForwardRecord> Lent; ///< To tasks that may use it late.
  std::vector<EntryRecord> Entries;
  std::vector<ChangeRecord> Changes;
  std::vector<StaleActRecord> StaleActs;
  /// The keys of state that a coroutine checked again before it acted.
  std::vector<uint64_t> CheckedSince;
  std::vector<ParameterRecord> Parameters;
  std::vector<AllowedRecord> Allowed;
  std::vector<CheckRecord> Checks; ///< Those that are on.
  std::vector<ErrorRecord> Errors;
  std::vector<StringId> Dropped; ///< Flags of the command that Clang lacks.
  /// The unit's identifiers (`UnitWords`), for the cache. No part of a shard.
  std::string Words;

  llvm::StringRef string(StringId Id) const { return Strings[Id]; }
};

/// Numbers strings in the order of first use.
class StringTable {
public:
  explicit StringTable(std::vector<std::string> &Strings) : Strings(Strings) {
    Ids[""] = 0;
  }
  StringId id(llvm::StringRef Text) {
    auto [It, Inserted] = Ids.try_emplace(Text, Strings.size());
    if (Inserted)
      Strings.push_back(Text.str());
    return It->second;
  }

private:
  std::vector<std::string> &Strings;
  llvm::StringMap<StringId> Ids;
};

} // namespace corolint

template <> struct llvm::DenseMapInfo<corolint::FunctionKey> {
  using Key = corolint::FunctionKey;
  static Key getEmptyKey() { return {~uint64_t(0), ~uint64_t(0)}; }
  static Key getTombstoneKey() { return {~uint64_t(0), ~uint64_t(1)}; }
  static unsigned getHashValue(const Key &K) { return unsigned(K.Low); }
  static bool isEqual(const Key &A, const Key &B) { return A == B; }
};

#endif // COROLINT_PROGRAM_SUMMARY_H
