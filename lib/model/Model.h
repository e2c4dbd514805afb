//===-- Model.h - What is known about code that cannot be edited -*- C++
//-*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The in-memory form of model files (docs/models.md). Plain data: the built-in
// models are constant tables generated from lib/model/*.yaml at build time; the
// user's files (option CoroModels) are parsed into the same structures. Nothing
// here knows the Clang AST.
//
// All names are qualified and free of template arguments and inline namespaces:
// `std::unique_lock::lock`, `std::thread::thread` (a constructor),
// `std::jthread::~jthread`, `std::coroutine_handle::operator()`,
// `std::optional::operator bool`.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_MODEL_H
#define COROLINT_MODEL_MODEL_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>

namespace corolint {

/// What a function may do to the thread and the coroutines that share it.
enum class EffectKind : uint8_t {
  None, ///< Neither yields, blocks nor waits: ends inference.
  Yields,
  Blocks,
  SyncWaits,
};

/// What a blocking call waits for. Spellings and defaults: BlockKinds.def.
enum class BlockKind : uint8_t {
#define COROLINT_BLOCK_KIND(Name, Spelling, Default, Text) Name,
#include "BlockKinds.def"
};

/// Where a callable handed to a function runs.
enum class ContextKind : uint8_t {
  NoYield,
  EventLoop,
  AllowBlocking,
  Caller, ///< Where the call stands, before it returns.
};

/// A condition on one call. `Argument` counts from 0 and leaves out the object
/// of a method, an overloaded member operator's left operand included.
struct Condition {
  static constexpr int Last = -1;   ///< `Argument`: the last one.
  static constexpr int Object = -2; ///< `Argument`: the object of the method.

  enum class Test : uint8_t {
    Zero,          ///< The argument is a constant zero, a duration of zero
                   ///< length, or points to such a structure.
    Null,          ///< The argument is a null pointer.
    True,          ///< The argument is the constant `true`.
    HasFlag,       ///< The argument has the bits `Value` (macro `Name`) set.
    Equals,        ///< The argument is the constant `Value` (macro or
                   ///< enumerator `Name`).
    HasType,       ///< The argument is of the class or enum `Name`, or points
                   ///< to one, before implicit conversions.
    RefersTo,      ///< The argument names the variable `Name`.
    Count,         ///< The call has exactly `Value` arguments (defaulted ones
                   ///< not counted).
    FunctionTests, ///< The enclosing function compares something with the
                   ///< macro or enumerator `Name`, qualified if need be.
    ObjectCalled,  ///< The enclosing function called method `Name` with a
                   ///< first argument of `true` on the same argument, or
                   ///< object of this call.
  };
  Test Kind;
  int Argument = 0;
  int64_t Value = 0;
  llvm::StringRef Name = {};
};

/// The operand that could be awaited in place of a synchronous wait.
enum class AwaitOperand : uint8_t { None, Object, FirstArgument };

/// A function whose effect is known. A function may have several models: one
/// for each effect, or for each of several conditions. Each holds by itself.
struct FunctionModel {
  llvm::StringRef Name;
  EffectKind Effect = EffectKind::Blocks;
  BlockKind Kind = BlockKind::Other;
  llvm::ArrayRef<Condition> OnlyIf = {}; ///< All must hold for the effect.
  llvm::ArrayRef<Condition> Unless = {}; ///< Any one of them voids it.
  AwaitOperand Awaitable = AwaitOperand::None;
  /// Source that does the same asynchronously: `{object}`, `{arguments}` and
  /// `{0}`, `{1}`… stand for the call's, `{name}` for the unqualified name of
  /// the function. Empty: none is known.
  llvm::StringRef Replacement = {};
  /// The class that a coroutine must return for `Replacement` to be offered in
  /// it. Empty: any.
  llvm::StringRef ReplacementIn = {};
  /// A qualified name that must be declared for `Replacement` to be offered.
  llvm::StringRef ReplacementNeeds = {};
  llvm::StringRef Library = {};
  /// Stands only for a function with C linkage: somebody's own `read(File &)`
  /// in the global namespace is not the system call.
  bool IsC = false;
};

/// A function that runs a callable handed to it in a certain context.
struct CallableModel {
  llvm::StringRef Function;
  int Argument = -1; ///< AnyArgument: whichever argument is callable.
  ContextKind Runs = ContextKind::EventLoop;
  llvm::ArrayRef<Condition> Unless = {}; ///< Any one of them voids it.
  llvm::StringRef Library = {};

  static constexpr int AnyArgument = -1000;
};

/// What a method does to the lock (region, pending work) its object stands for.
enum class GuardAction : uint8_t {
  Acquires, ///< Held afterwards.
  Releases, ///< No longer held.
  Tries,    ///< Held afterwards if the call returns true.
  Tests,    ///< Returns whether it is held.
  Detaches, ///< The object forgets a mutex that stays locked.
  Swaps,    ///< Exchanges state with the first argument.
  Replaces, ///< Returns an object of the state it had, and takes that of the
            ///< next argument.
};

struct MethodModel {
  llvm::StringRef Method; ///< Unqualified: `unlock`, `operator bool`.
  GuardAction Action;
};

/// The state in which a constructor leaves a guard.
enum class GuardState : uint8_t {
  Empty,   ///< Nothing is held.
  Held,    ///< Acquired.
  Maybe,   ///< Acquired or not; a test tells.
  Adopted, ///< Takes over a mutex that is locked already.
};

/// One rule about a guard's constructors; the first that fits decides. An
/// entry without a condition fits always.
struct ConstructorModel {
  int Count = -1;                    ///< -1: any number of arguments.
  llvm::StringRef ArgumentType = {}; ///< Some argument has this class type.
  GuardState State = GuardState::Held;
};

/// What an object of the class stands for while it lives.
enum class GuardRole : uint8_t {
  Lock,          ///< RAII: a thread lock, released by the destructor.
  AsyncLock,     ///< RAII: made to be held across `co_await`.
  Mutex,         ///< A lock itself: `lock()` and `unlock()` on the object.
  NoYield,       ///< RAII: a no-yield region.
  AllowBlocking, ///< RAII: blocking is meant while it lives.
  PendingWork,   ///< Its destructor waits for work that is still running.
};

struct GuardModel {
  llvm::StringRef Class;
  GuardRole Role = GuardRole::Lock;
  llvm::ArrayRef<ConstructorModel> Constructors = {}; ///< None: always held.
  llvm::ArrayRef<MethodModel> Methods = {};
  /// Functions whose returned object of this class is held; without any, every
  /// function that returns one by value is taken to return it held.
  llvm::ArrayRef<llvm::StringRef> AcquiredBy = {};
  /// Any one of them, of a call of `AcquiredBy`, leaves the result empty.
  llvm::ArrayRef<Condition> AcquiredUnless = {};
  /// PendingWork: what the destructor does.
  EffectKind DestructorEffect = EffectKind::None;
  BlockKind DestructorKind = BlockKind::Wait;
  llvm::StringRef Library = {};
};

/// What a function returns that locks if it can.
enum class LockSuccess : uint8_t {
  True,
  Zero,     ///< `pthread_mutex_trylock` and its kin: 0, or an error.
  MinusOne, ///< `std::try_lock`: -1, or the number of the one that failed.
};

/// A free function that locks or unlocks the mutexes it is handed, by
/// reference or by pointer.
struct LockFunctionModel {
  llvm::StringRef Function;
  int Argument = 0; ///< CallableModel::AnyArgument: all of them.
  GuardAction Action = GuardAction::Acquires;
  LockSuccess Success = LockSuccess::True; ///< For `Tries`.
  llvm::StringRef Library = {};
};

/// A class template that owns at most one object: `std::optional`,
/// `std::unique_ptr`. `Acquires` builds the object from the call's arguments,
/// `Releases` destroys it, `Tests` tells whether there is one.
struct WrapperModel {
  llvm::StringRef Class;
  llvm::ArrayRef<MethodModel> Methods = {};
  /// Functions that return a wrapper around a new object: `std::make_unique`.
  llvm::ArrayRef<llvm::StringRef> Factories = {};
  llvm::StringRef Library = {};
};

/// A test that proves asynchronous work complete, so that waiting for it does
/// not block: `future.wait_for(0s) == std::future_status::ready`.
struct ReadinessModel {
  llvm::StringRef Class;
  llvm::StringRef Method;
  /// The enumerator that the result must equal; empty: the result is `true`.
  llvm::StringRef Ready = {};
  llvm::StringRef Library = {};
};

/// Tables of one library, or of several joined.
struct ModelTables {
  llvm::ArrayRef<FunctionModel> Functions = {};
  llvm::ArrayRef<CallableModel> Callables = {};
  llvm::ArrayRef<GuardModel> Guards = {};
  llvm::ArrayRef<LockFunctionModel> LockFunctions = {};
  llvm::ArrayRef<WrapperModel> Wrappers = {};
  llvm::ArrayRef<ReadinessModel> Readiness = {};
  /// Functions that return their argument unchanged: `std::move`,
  /// `std::forward`, `std::ref`.
  llvm::ArrayRef<llvm::StringRef> PassThrough = {};
  /// Awaitable classes, or functions returning one, whose await does not
  /// suspend.
  llvm::ArrayRef<llvm::StringRef> NeverSuspends = {};
  /// Namespaces of libraries that models describe: what stands in them is
  /// judged as what stands in system headers, wherever the headers lie.
  llvm::ArrayRef<llvm::StringRef> Opaque = {};
};

/// The models compiled in, generated from lib/model/*.yaml.
const ModelTables &builtinModels();

/// The spelling of \p Kind in options, models and messages: "sleep".
llvm::StringRef spelling(BlockKind Kind);

/// What a call of \p Kind waits for: "for time to pass".
llvm::StringRef description(BlockKind Kind);

/// Whether calls of \p Kind are reported unless options say otherwise.
bool onByDefault(BlockKind Kind);

} // namespace corolint

#endif // COROLINT_MODEL_MODEL_H
