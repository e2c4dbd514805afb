//===-- Model.h - Facts about code that cannot be edited --------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The in-memory form of model files (docs/models.md). Plain data: the built-in
// models are constant tables generated from lib/model/*.yaml at build time; the
// user's files (option CoroModels) are parsed into the same structures. This
// file does not depend on the Clang AST.
//
// All names are qualified, without template arguments and inline namespaces:
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

/// The kinds of blocking. BlockKinds.def lists spellings and defaults.
enum class BlockKind : uint8_t {
#define COROLINT_BLOCK_KIND(Name, Spelling, Default, Text) Name,
#include "BlockKinds.def"
};

/// Where a kind of blocking is reported by default.
enum class BlockDefault : uint8_t {
  Off,
  On,
  OutsideCoroutines, ///< In no-yield regions and on event loops only.
};

/// Where a callable runs that is passed to a function.
enum class ContextKind : uint8_t {
  NoYield,
  EventLoop,
  AllowBlocking,
  Caller, ///< In the context of the call, before it returns.
  /// In a stackful coroutine of a loop. It must not block the thread, but a
  /// sync wait of its library only switches to other coroutines: it yields.
  Fiber,
  /// On a thread of a pool that asynchronous work needs. It may block, but must
  /// not wait synchronously for that work.
  Pool,
};

/// A condition on one call. `Argument` counts from 0 and excludes the object of
/// a method, including the left operand of an overloaded member operator.
struct Condition {
  static constexpr int Last = -1;   ///< `Argument`: the last one.
  static constexpr int Object = -2; ///< `Argument`: the object of the method.

  enum class Test : uint8_t {
    Zero,          ///< The argument is a constant zero, a duration of zero
                   ///< length, or points to such a structure.
    Null,          ///< The argument is a null pointer.
    True,          ///< The argument is the constant `true`.
    Number,        ///< The argument is a number.
    Address,       ///< The argument is a network address in digits.
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

/// Positions that an entry may use instead of the index of an argument.
namespace position {
inline constexpr int Result = -3;  ///< The result of the call.
inline constexpr int None = -2000; ///< The entry has no argument.
} // namespace position

/// The operand that could be awaited instead of a synchronous wait.
enum class AwaitOperand : uint8_t { None, Object, FirstArgument };

/// A function with a known effect. A function may have several models, one for
/// each effect or condition. Each applies independently.
struct FunctionModel {
  llvm::StringRef Name;
  EffectKind Effect = EffectKind::Blocks;
  BlockKind Kind = BlockKind::Other;
  llvm::ArrayRef<Condition> OnlyIf = {}; ///< All must hold for the effect.
  llvm::ArrayRef<Condition> Unless = {}; ///< Any one of them voids it.
  AwaitOperand Awaitable = AwaitOperand::None;
  /// Source code that does the same asynchronously. `{object}`, `{arguments}`
  /// and `{0}`, `{1}`… are replaced by those of the call, `{name}` by the
  /// unqualified name of the function. Empty: none is known.
  llvm::StringRef Replacement = {};
  /// The class that a coroutine must return for `Replacement` to be offered in
  /// it. Empty: any.
  llvm::StringRef ReplacementIn = {};
  /// A qualified name that must be declared for `Replacement` to be offered.
  llvm::StringRef ReplacementNeeds = {};
  llvm::StringRef Library = {};
  /// Applies only to functions with C linkage: a user's `read(File &)` in the
  /// global namespace is not the system call.
  bool IsC = false;
};

/// A function that runs a callable passed to it in a certain context.
struct CallableModel {
  llvm::StringRef Function;
  /// AnyArgument: every callable argument. position::None: the callable is a
  /// template argument.
  int Argument = -1;
  ContextKind Runs = ContextKind::EventLoop;
  llvm::ArrayRef<Condition> Unless = {}; ///< Any one of them voids it.
  /// The index of a callable template argument, as in
  /// `server.register_handler<&S::f>()`; AnyArgument for all of a pack.
  int TemplateArgument = position::None;
  /// The argument, or Condition::Object, whose class decides where the callable
  /// runs if an ExecutorModel describes it. Otherwise `Runs` applies.
  int Executor = position::None;
  /// The callable's parameter that is ready when the callable runs:
  /// `f.then([](future<int> f) { f.get(); })`.
  int Ready = position::None;
  /// Several calls of the callable may be unfinished at the same time.
  bool Overlapping = false;
  llvm::StringRef Library = {};

  static constexpr int AnyArgument = -1000;
};

//===----------------------------------------------------------------------===//
// Contexts
//===----------------------------------------------------------------------===//

/// How a class or a function determines where code runs.
enum class ContextBy : uint8_t {
  Result,    ///< Functions that return the class by value run there.
  Parameter, ///< Functions that take the class, or a reference to it.
  Override,  ///< The name is a virtual method: its overrides run there.
  Base,      ///< Methods of the classes derived from it run there.
  Member,    ///< The name is a data member: callables stored in it run there.
};

/// A context that a type or an interface implies.
struct ContextModel {
  llvm::StringRef Name;
  ContextKind Runs = ContextKind::EventLoop;
  ContextBy By = ContextBy::Result;
  llvm::StringRef Library = {};
};

/// A class whose objects run work that is posted to them.
struct ExecutorModel {
  llvm::StringRef Class;
  ContextKind Runs = ContextKind::EventLoop;
  llvm::StringRef Library = {};
};

/// Where a coroutine continues after a hop.
enum class HopTarget : uint8_t {
  Unknown,       ///< Elsewhere; the place is unknown.
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
  /// ExecutorModel describes it. Otherwise `Runs` applies.
  int Executor = position::None;
  llvm::ArrayRef<Condition> OnlyIf = {}; ///< All must hold.
  llvm::ArrayRef<Condition> Unless = {}; ///< Any one of them voids it.
  llvm::StringRef Library = {};
};

/// A function that returns a callable that wraps one of its arguments.
struct BindModel {
  llvm::StringRef Function;
  int Argument = 0; ///< CallableModel::AnyArgument: every callable.
  /// The argument whose class decides where the callable runs; see
  /// CallableModel::Executor. position::None: where the result is called.
  int Executor = position::None;
  llvm::StringRef Library = {};
};

/// The effect of a method on the lock, region or pending work of its object.
enum class GuardAction : uint8_t {
  Acquires, ///< Held afterwards.
  Releases, ///< No longer held.
  Tries,    ///< Held afterwards if the call returns true.
  Tests,    ///< Returns whether it is held.
  Detaches, ///< The object gives up a mutex that stays locked.
  Swaps,    ///< Exchanges state with the first argument.
  Replaces, ///< Returns an object with its state, and takes that of the
            ///< next argument.
};

struct MethodModel {
  llvm::StringRef Method; ///< Unqualified: `unlock`, `operator bool`.
  GuardAction Action;
};

/// The state of a guard after construction.
enum class GuardState : uint8_t {
  Empty,   ///< Nothing is held.
  Held,    ///< Acquired.
  Maybe,   ///< Unknown until tested.
  Adopted, ///< Takes ownership of a locked mutex.
};

/// One rule for the constructors of a guard. The first rule that matches
/// applies. A rule without a condition always matches.
struct ConstructorModel {
  int Count = -1;                    ///< -1: any number of arguments.
  llvm::StringRef ArgumentType = {}; ///< An argument has this class type.
  GuardState State = GuardState::Held;
};

/// What an object of the class holds while it exists.
enum class GuardRole : uint8_t {
  Lock,          ///< RAII: a thread lock, released by the destructor.
  AsyncLock,     ///< RAII: made to be held across `co_await`.
  Mutex,         ///< A lock itself: `lock()` and `unlock()` on the object.
  NoYield,       ///< RAII: a no-yield region.
  AllowBlocking, ///< RAII: blocking is intended while it exists.
  PendingWork,   ///< Its destructor waits for work that is still running.
  AsyncMutex,    ///< A lock that coroutines wait for: `lock()` is awaited.
  /// RAII: keeps something open, counted or reserved that other holders share
  /// (a gate, units of a semaphore). It does not isolate.
  Hold,
};

struct GuardModel {
  llvm::StringRef Class;
  GuardRole Role = GuardRole::Lock;
  llvm::ArrayRef<ConstructorModel> Constructors = {}; ///< None: always held.
  llvm::ArrayRef<MethodModel> Methods = {};
  /// Functions whose result, an object of this class, is held. If there are
  /// none, every function that returns the class by value returns it held.
  llvm::ArrayRef<llvm::StringRef> AcquiredBy = {};
  /// If any of these holds for a call of `AcquiredBy`, the result is empty.
  llvm::ArrayRef<Condition> AcquiredUnless = {};
  /// PendingWork: the effect of the destructor.
  EffectKind DestructorEffect = EffectKind::None;
  BlockKind DestructorKind = BlockKind::Wait;
  llvm::StringRef Library = {};
};

/// How a function that tries to lock reports success.
enum class LockSuccess : uint8_t {
  True,
  Zero,     ///< `pthread_mutex_trylock` etc.: 0, or an error.
  MinusOne, ///< `std::try_lock`: -1, or the number of the failed one.
};

/// A free function that locks or unlocks the mutexes that it receives by
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
  /// Functions that return a wrapper of a new object: `std::make_unique`.
  llvm::ArrayRef<llvm::StringRef> Factories = {};
  llvm::StringRef Library = {};
};

/// What a method or function proves or causes.
enum class ReadinessMeaning : uint8_t {
  /// The result proves that asynchronous work is complete, so that waiting for
  /// it does not block: `future.wait_for(0s) == std::future_status::ready`.
  Ready,
  OnLoop,  ///< True only in a coroutine of the loop: `isInLoopThread()`.
  OffLoop, ///< True only where blocking is intended: `onFiber()`.
  /// The thread that runs the code: if it differs from another thread, the code
  /// is not on that thread's loop.
  ThisThread,
  /// The call completes the work that the object's `Source` returned: after
  /// `promise.set_value(1)`, `promise.get_future()` is ready.
  Fulfils,
};

struct ReadinessModel {
  llvm::StringRef Class; ///< For a free function: its namespace.
  llvm::StringRef Method;
  /// The enumerator that the result must equal. Empty: the result must be
  /// `true`.
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

/// What happens to the work when an unfinished task is destroyed.
enum class TaskDropped : uint8_t {
  Nothing,    ///< A lazy task that was not started: no work is done.
  Cancels,    ///< The work ends at its suspension point.
  Detaches,   ///< The work continues.
  Terminates, ///< The program ends.
};

/// The effect of a method or function on its task.
enum class TaskAction : uint8_t {
  Starts,   ///< The work continues by itself; the caller need do nothing more.
  Detaches, ///< The same, but it is impossible to wait for the work.
  Chains,   ///< Returns a task, or awaitable, that includes this one.
  Waits,    ///< Blocks until the task is finished.
  Ready,    ///< Returns a task that is already finished.
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
  /// Awaiting that returns a tuple of the tasks' results.
  bool WhenAllGivesValues = false;
  llvm::StringRef Library = {};
};

/// A function that receives tasks, or callables that return tasks.
struct TaskFunctionModel {
  llvm::StringRef Function;
  TaskAction Action = TaskAction::Starts;
  llvm::StringRef Library = {};
};

/// How long a function keeps a copy of its argument.
enum class KeptUntil : uint8_t {
  Finished, ///< Until the task that the function starts is finished.
  /// A callable is destroyed once its call has returned, even if the task
  /// returned by the call is unfinished.
  Invoked,
  Returned, ///< Not beyond the call.
  /// There is no copy: the task that the function returns refers to the
  /// caller's object.
  Borrowed,
  /// There is no copy: the operation uses what a pointer points to until it
  /// calls back.
  CalledBack,
};

struct KeepAliveModel {
  llvm::StringRef Function;
  int Argument = 0; ///< CallableModel::AnyArgument, or Condition::Object.
  KeptUntil Until = KeptUntil::Finished;
  llvm::ArrayRef<Condition> OnlyIf = {}; ///< All must hold.
  llvm::ArrayRef<Condition> Unless = {}; ///< Any one of them voids it.
  llvm::StringRef Library = {};
};

//===----------------------------------------------------------------------===//
// Descriptors
//===----------------------------------------------------------------------===//

enum class DescriptorRole : uint8_t {
  Opens,            ///< Returns a descriptor that may block.
  OpensNonblocking, ///< Returns one that does not block.
  OpensMemory,      ///< Returns one that refers to memory: never blocks.
  MakesNonblocking, ///< Makes an existing one non-blocking.
  AwaitsReadiness,  ///< After the call, the next operation does not block.
};

/// A function, or constructor, that decides whether a descriptor (a number, a
/// socket object, a stream) blocks. If several entries apply to a call,
/// non-blocking ones take precedence.
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

/// Which iterators and references a change of a container invalidates.
enum class Invalidates : uint8_t {
  Nothing,   ///< Those of inserted or erased elements only.
  Iterators, ///< All iterators; references stay valid.
  All,       ///< Iterators and references.
};

/// The effect of a method on the state of its object. A set of bits.
enum ContainerAction : uint8_t {
  ReadsState = 1 << 0,   ///< Returns a copy of something.
  TestsState = 1 << 1,   ///< Returns whether something exists: `empty`.
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

/// The tables of one library, or of several joined. ModelTables.def describes
/// them.
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

/// The built-in models, generated from lib/model/*.yaml.
const ModelTables &builtinModels();

/// The spelling of \p Kind in options, models and messages: "sleep".
llvm::StringRef spelling(BlockKind Kind);

/// The end of "waits …" for \p Kind: "for time to pass".
llvm::StringRef description(BlockKind Kind);

/// \p Qualified, a name, without template arguments, as models name classes and
/// functions. `operator<` and the like keep their names.
std::string withoutTemplateArguments(llvm::StringRef Qualified);

/// Where calls of \p Kind are reported by default.
BlockDefault reportedByDefault(BlockKind Kind);

} // namespace corolint

#endif // COROLINT_MODEL_MODEL_H
