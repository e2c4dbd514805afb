//===-- Model.h - Facts about uneditable code -------------------*- C++ -*-===//
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

/// Where a kind of blocking is reported unless options say otherwise.
enum class BlockDefault : uint8_t {
  Off,
  On,
  OutsideCoroutines, ///< In no-yield regions and on event loops only.
};

/// Where a callable handed to a function runs.
enum class ContextKind : uint8_t {
  NoYield,
  EventLoop,
  AllowBlocking,
  Caller, ///< In the context of the call, before it returns.
  /// In a stackful coroutine of a loop: it must not block the thread, but a
  /// sync wait of its library only switches to others, and yields.
  Fiber,
  /// On a thread of a pool that asynchronous work needs: it may block, and must
  /// not wait synchronously for that work.
  Pool,
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
    Number,        ///< The argument is a number.
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

/// Positions that an entry may name instead of an argument's number.
namespace position {
inline constexpr int Result = -3;  ///< What the call returns.
inline constexpr int None = -2000; ///< The entry names no argument.
} // namespace position

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
  /// `{0}`, `{1}`… are replaced by the call's, `{name}` for the unqualified
  /// name of the function. Empty: none is known.
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
  /// AnyArgument: every argument that is callable. position::None: the callable
  /// is a template argument.
  int Argument = -1;
  ContextKind Runs = ContextKind::EventLoop;
  llvm::ArrayRef<Condition> Unless = {}; ///< Any one of them voids it.
  /// `server.register_handler<&S::f>()`: which template argument is the
  /// callable; AnyArgument for all of a pack.
  int TemplateArgument = position::None;
  /// The argument, or Condition::Object, whose class decides where the callable
  /// runs if an ExecutorModel describes it; `Runs` holds if none does.
  int Executor = position::None;
  /// The callable's parameter that is ready when the callable runs:
  /// `f.then([](future<int> f) { f.get(); })`.
  int Ready = position::None;
  /// Several calls of it may be unfinished at once.
  bool Overlapping = false;
  llvm::StringRef Library = {};

  static constexpr int AnyArgument = -1000;
};

//===----------------------------------------------------------------------===//
// Where code runs
//===----------------------------------------------------------------------===//

/// How a class or a function determines where code runs.
enum class ContextBy : uint8_t {
  Result,    ///< Functions that return the class by value run there.
  Parameter, ///< Functions that take the class, or a reference to it.
  Override,  ///< The name is a virtual method: its overrides run there.
  Base,      ///< Methods of the classes derived from it run there.
  Member,    ///< The name is a data member: callables stored in it run there.
};

/// A context that comes with a type or an interface.
struct ContextModel {
  llvm::StringRef Name;
  ContextKind Runs = ContextKind::EventLoop;
  ContextBy By = ContextBy::Result;
  llvm::StringRef Library = {};
};

/// A class whose objects run the work that is posted to them.
struct ExecutorModel {
  llvm::StringRef Class;
  ContextKind Runs = ContextKind::EventLoop;
  llvm::StringRef Library = {};
};

/// Where a coroutine goes on after a hop.
enum class HopTarget : uint8_t {
  Unknown,       ///< Elsewhere, and nothing is known of it.
  AllowBlocking, ///< On a thread that may block.
  EventLoop,     ///< On a loop or executor that must not block.
  /// The first such hop on a path leaves the loop; a later one, with another
  /// argument, returns to it: `moveToThread(worker)` … `moveToThread(ui)`.
  Alternates,
};

/// How long the effect of a hop lasts.
enum class HopUntil : uint8_t {
  Hop,        ///< Until the next hop.
  Suspension, ///< Until the next suspension point.
};

/// An awaitable that moves the coroutine to another thread.
struct ResumeModel {
  llvm::StringRef Name; ///< The awaitable's class, or a function returning it.
  HopTarget Runs = HopTarget::Unknown;
  HopUntil Until = HopUntil::Hop;
  /// The argument, or Condition::Object, whose class decides if an
  /// ExecutorModel describes it; `Runs` holds if none does.
  int Executor = position::None;
  llvm::ArrayRef<Condition> OnlyIf = {}; ///< All must hold.
  llvm::ArrayRef<Condition> Unless = {}; ///< Any one of them voids it.
  llvm::StringRef Library = {};
};

/// A function that returns a callable around one that it is handed.
struct BindModel {
  llvm::StringRef Function;
  int Argument = 0; ///< CallableModel::AnyArgument: every callable.
  /// The argument whose class decides where the callable runs; see
  /// CallableModel::Executor. position::None: where the result is run.
  int Executor = position::None;
  llvm::StringRef Library = {};
};

/// The effect of a method on the lock, region or pending work of its object.
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
  Maybe,   ///< Acquired or not, as a test shows.
  Adopted, ///< Takes over a mutex that is locked already.
};

/// One rule about a guard's constructors; the first that fits decides. An
/// entry without a condition fits always.
struct ConstructorModel {
  int Count = -1;                    ///< -1: any number of arguments.
  llvm::StringRef ArgumentType = {}; ///< Some argument has this class type.
  GuardState State = GuardState::Held;
};

/// What an object of the class holds while it lives.
enum class GuardRole : uint8_t {
  Lock,          ///< RAII: a thread lock, released by the destructor.
  AsyncLock,     ///< RAII: made to be held across `co_await`.
  Mutex,         ///< A lock itself: `lock()` and `unlock()` on the object.
  NoYield,       ///< RAII: a no-yield region.
  AllowBlocking, ///< RAII: blocking is meant while it lives.
  PendingWork,   ///< Its destructor waits for work that is still running.
  AsyncMutex,    ///< A lock that coroutines wait for: `lock()` is awaited.
  /// RAII: keeps something open, counted or reserved that other holders share
  /// (a gate, units of a semaphore). Isolates nothing.
  Hold,
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
/// `Releases` destroys it, `Tests` returns whether there is one.
struct WrapperModel {
  llvm::StringRef Class;
  llvm::ArrayRef<MethodModel> Methods = {};
  /// Functions that return a wrapper around a new object: `std::make_unique`.
  llvm::ArrayRef<llvm::StringRef> Factories = {};
  llvm::StringRef Library = {};
};

/// What a method or function proves, or brings about.
enum class ReadinessMeaning : uint8_t {
  /// The result proves asynchronous work complete, so that waiting for it does
  /// not block: `future.wait_for(0s) == std::future_status::ready`.
  Ready,
  OnLoop,  ///< True where a coroutine of the loop runs: `isInLoopThread()`.
  OffLoop, ///< True only where blocking is meant: `onFiber()`.
  /// The thread that the code runs on: where it differs from another, the code
  /// is not that thread's loop's.
  ThisThread,
  /// The call completes the work that the object's `Source` returned:
  /// `promise.set_value(1)`, and `promise.get_future()` is ready.
  Fulfils,
};

struct ReadinessModel {
  llvm::StringRef Class; ///< Of a free function: its namespace.
  llvm::StringRef Method;
  /// The enumerator that the result must equal; empty: the result is `true`.
  llvm::StringRef Ready = {};
  ReadinessMeaning Means = ReadinessMeaning::Ready;
  /// Fulfils: the method of the same object that returns the work.
  llvm::StringRef Source = {};
  llvm::StringRef Library = {};
};

//===----------------------------------------------------------------------===//
// Tasks and lifetimes
//===----------------------------------------------------------------------===//

enum class TaskStart : uint8_t {
  Lazy,  ///< Nothing runs before the task is awaited or started.
  Eager, ///< The coroutine runs up to its first suspension in the call.
};

/// What happens to the work when a task is destroyed unfinished.
enum class TaskDropped : uint8_t {
  Nothing,    ///< A lazy task that was never started: the work is not done.
  Cancels,    ///< The work ends at its suspension point.
  Detaches,   ///< The work goes on.
  Terminates, ///< The program ends.
};

/// What a method or function does to the task that it is called on or given.
enum class TaskAction : uint8_t {
  Starts,   ///< The work runs on by itself; the caller need do nothing more.
  Detaches, ///< Likewise, and nobody can wait for it.
  Chains,   ///< Returns a task, or awaitable, that includes this one.
  Waits,    ///< Blocks until the task is finished.
  Ready,    ///< Returns a task that is finished already.
};

struct TaskMethod {
  llvm::StringRef Method; ///< Unqualified.
  TaskAction Action;
};

/// A class that represents the work of a coroutine.
struct TaskModel {
  llvm::StringRef Class;
  TaskStart Start = TaskStart::Lazy;
  TaskDropped Dropped = TaskDropped::Nothing;
  bool Awaitable = true;
  llvm::ArrayRef<TaskMethod> Methods = {};
  llvm::StringRef WhenAll = {}; ///< A function that awaits several at once.
  /// Awaiting that gives a tuple of what the tasks give.
  bool WhenAllGivesValues = false;
  llvm::StringRef Library = {};
};

/// A function that is handed tasks, or callables that return tasks.
struct TaskFunctionModel {
  llvm::StringRef Function;
  TaskAction Action = TaskAction::Starts;
  llvm::StringRef Library = {};
};

/// How long a function keeps a copy of what it is handed.
enum class KeptUntil : uint8_t {
  Finished, ///< Until the task that the function starts is finished.
  /// A callable is destroyed once its call has returned, even if the task that
  /// the call returned is unfinished.
  Invoked,
  Returned, ///< Not beyond the call.
  /// It is not copied: the task that the function returns refers to the
  /// caller's object.
  Borrowed,
};

struct KeepAliveModel {
  llvm::StringRef Function;
  int Argument = 0; ///< CallableModel::AnyArgument, or Condition::Object.
  KeptUntil Until = KeptUntil::Finished;
  llvm::StringRef Library = {};
};

//===----------------------------------------------------------------------===//
// Descriptors
//===----------------------------------------------------------------------===//

enum class DescriptorRole : uint8_t {
  Opens,            ///< Yields a descriptor that may block.
  OpensNonblocking, ///< Yields one that does not.
  OpensMemory,      ///< Yields one that refers to memory: never blocks.
  MakesNonblocking, ///< Makes an existing one non-blocking.
  AwaitsReadiness,  ///< After the call, the next operation does not block.
};

/// A function, or constructor, that decides whether a descriptor (a number, a
/// socket object, a stream) blocks. Where several entries apply to a call,
/// those that make it not block win.
struct DescriptorModel {
  llvm::StringRef Function;
  DescriptorRole Role = DescriptorRole::Opens;
  /// position::Result, an argument, or Condition::Object.
  int Argument = position::Result;
  llvm::ArrayRef<Condition> OnlyIf = {}; ///< All must hold.
  llvm::ArrayRef<Condition> Unless = {}; ///< Any one of them voids it.
  llvm::StringRef Library = {};
};

/// A macro or enumerator that means "this would have blocked".
struct WouldBlockModel {
  llvm::StringRef Name;
  int64_t Value = 0;
  bool HasValue = false;
  llvm::StringRef Library = {};
};

//===----------------------------------------------------------------------===//
// Shared state
//===----------------------------------------------------------------------===//

/// What changing a container does to iterators and references into it.
enum class Invalidates : uint8_t {
  Nothing,   ///< What is inserted or erased alone.
  Iterators, ///< All iterators; references stay valid.
  All,       ///< Iterators and references.
};

/// The effect of a method on the state of its object. A set of bits.
enum ContainerAction : uint8_t {
  ReadsState = 1 << 0,   ///< Returns a copy of something.
  TestsState = 1 << 1,   ///< Returns whether something is there: `empty`.
  LooksUp = 1 << 2,      ///< Returns an iterator, reference or pointer into it.
  InsertsState = 1 << 3, ///< Adds elements.
  ErasesState = 1 << 4,  ///< Removes single elements.
  ReplacesState = 1 << 5, ///< Replaces everything: `clear`, `reset`, `swap`.
  AtOnce = 1 << 6,        ///< Checks and acts in one step: `try_emplace`.
};

struct ContainerMethod {
  llvm::StringRef Method; ///< Unqualified: `push_back`, `operator[]`.
  uint8_t Actions = 0;    ///< Bits of ContainerAction.
};

/// A class that owns state: a container, an owning pointer, an optional.
struct ContainerModel {
  llvm::StringRef Class;
  Invalidates OnInsert = Invalidates::Nothing;
  llvm::ArrayRef<ContainerMethod> Methods = {};
  llvm::StringRef Library = {};
};

/// A wait for a predicate: `co_await changed.wait([&] { return !queue.empty();
/// })`.
struct PredicateWaitModel {
  llvm::StringRef Function;
  int Predicate = 0; ///< The argument, or Condition::Last.
  /// Other coroutines may run between the test and the resumption, so that the
  /// predicate may no longer hold.
  bool ResumesLater = true;
  llvm::StringRef Library = {};
};

/// Tables of one library, or of several joined. ModelTables.def describes them.
struct ModelTables {
#define COROLINT_MODEL_TABLE(Type, Name, Key) llvm::ArrayRef<Type> Name = {};
#define COROLINT_MODEL_NAMES(Name, Key)                                        \
  llvm::ArrayRef<llvm::StringRef> Name = {};
#include "ModelTables.def"
};

/// The lists of names in ModelTables.
enum class NameList : uint8_t {
#define COROLINT_MODEL_NAMES(Name, Key) Name,
#include "ModelTables.def"
};

/// The models compiled in, generated from lib/model/*.yaml.
const ModelTables &builtinModels();

/// The spelling of \p Kind in options, models and messages: "sleep".
llvm::StringRef spelling(BlockKind Kind);

/// What a call of \p Kind waits for: "for time to pass".
llvm::StringRef description(BlockKind Kind);

/// Where calls of \p Kind are reported unless options say otherwise.
BlockDefault reportedByDefault(BlockKind Kind);

} // namespace corolint

#endif // COROLINT_MODEL_MODEL_H
