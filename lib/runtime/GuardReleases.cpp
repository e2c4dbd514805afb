//===-- GuardReleases.cpp - Guards that end before a returned task --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whether a task is returned past a guard shows in the addresses of both. The
// guard is in the stack frame of its function. A result is constructed directly
// in the place that the caller provides, in an outer frame. So when the
// destructor of the guard runs, a returned task is beyond the end of the
// guard's frame.
//
// A task can get there in other ways: it is assigned to a variable of the
// caller, or a container constructs it in its own storage. These are not
// returned.
//
//===----------------------------------------------------------------------===//

#include "ContextFrame.h"
#include "ContractObserver.h"
#include "corolint/rt/SmallLock.h"
#include <algorithm>
#include <coroutine>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <unwind.h>

using namespace corolint::rt;
using namespace corolint::rt::detail;

namespace {

/// One function on the stack. Its frame extends to the next one's begin.
struct StackFrame {
  void *Address; ///< To which its callee returns.
  std::uintptr_t Begin;
};
using Stack = std::vector<StackFrame>;

struct NotedTask {
  const void *Owner;
  /// It is where the guard's function returns it.
  bool Returned;
  /// The stack when it was made, from the function that constructed it.
  std::vector<void *> Made;
};

struct NotedGuard {
  const void *Object;
  const ThreadContext *Thread;
  /// The context that the thread had: nested loops have their own.
  const ThreadContext *Below;
  std::source_location Begin; ///< Of a region. Line 0 for other guards.
  void *Taken;                ///< An address in the function of the guard.
  std::uintptr_t FrameEnd;    ///< Of that function.
  std::unordered_map<const void *, NotedTask> Tasks; ///< By their frames.

  bool isHere() const noexcept {
    return Thread == &ThisThread && Below == ThisThread.Below;
  }
};

struct Guards {
  SmallLock Lock;
  std::vector<NotedGuard> All;

  std::vector<NotedGuard>::iterator find(const void *Object) {
    return std::ranges::find(All, Object, &NotedGuard::Object);
  }
  void publishCount() const noexcept {
    RecordedGuards.store(std::uint32_t(All.size()), std::memory_order_relaxed);
  }
};

Guards &guards() {
  static auto *All = new Guards; // Outlives guards that end at exit.
  return *All;
}

/// A guard that is further away is not on this thread's stack.
constexpr std::uintptr_t MaxDistance = std::uintptr_t(1) << 20;
/// The number of frames among which the creator of a task is searched.
constexpr std::size_t MaxCallers = 16;
constexpr std::size_t MaxStackFrames = 1024;

std::uintptr_t numberOf(const void *Address) {
  return reinterpret_cast<std::uintptr_t>(Address);
}

struct Walk {
  Stack Frames;
  std::uintptr_t Until;
  std::size_t Least;
};

_Unwind_Reason_Code visit(_Unwind_Context *Context, void *Data) {
  auto &W = *static_cast<Walk *>(Data);
  // The unwinder has addresses as numbers.
  // NOLINTNEXTLINE(performance-no-int-to-ptr)
  const StackFrame Frame{reinterpret_cast<void *>(_Unwind_GetIP(Context)),
                         std::uintptr_t(_Unwind_GetCFA(Context))};
  // Another stack: of a signal handler, for example.
  if (!W.Frames.empty() && Frame.Begin < W.Frames.back().Begin)
    return _URC_END_OF_STACK;
  W.Frames.push_back(Frame);
  const bool Enough = Frame.Begin > W.Until && W.Frames.size() > W.Least;
  return Enough || W.Frames.size() == MaxStackFrames ? _URC_END_OF_STACK
                                                     : _URC_NO_REASON;
}

/// This thread's stack, innermost first, up to the first frame beyond \p Until,
/// and at least \p Least frames if there are as many.
Stack walkStack(std::uintptr_t Until, std::size_t Least = 0) {
  Walk W{{}, Until, Least};
  _Unwind_Backtrace(&visit, &W);
  return std::move(W.Frames);
}

bool isOnStack(const Stack &Frames, std::uintptr_t Address) {
  return !Frames.empty() && Address >= Frames.front().Begin &&
         Address < Frames.back().Begin;
}

/// The frame that contains \p Address, which is on the stack.
Stack::const_iterator frameOf(const Stack &Frames, std::uintptr_t Address) {
  return std::prev(
      std::ranges::upper_bound(Frames, Address, {}, &StackFrame::Begin));
}

/// A member function of a task or of its promise.
bool isOfTask(const SourceFrame &Frame) {
  return Frame.Symbol.starts_with("_ZN8corolint2rt4TaskI") ||
         Frame.Symbol.starts_with("_ZN8corolint2rt6detail11TaskPromiseI");
}

/// Did the program's own code move a task, rather than a container for it?
/// \p Caller is an address in the constructor of the task.
bool isMovedByProgram(const Stack &Frames, const void *Caller) {
  auto F = std::ranges::find(Frames, Caller, &StackFrame::Address);
  for (; F != Frames.end(); ++F) {
    const SourceFrame Frame = locate(F->Address);
    if (!isOfTask(Frame)) // The code of a container may be inlined.
      return !isLibrary(Frame) && Frame.Site.File == Frame.OwnSite.File;
  }
  return false;
}

/// The call in the program's own code that made a task. In \p Made, the member
/// functions of tasks come first, then the function of the coroutine.
SourceSite creatorOf(const std::vector<void *> &Made) {
  bool IsCaller = false;
  for (void *Address : Made) {
    const SourceFrame Frame = locate(Address);
    if (IsCaller && Frame.OwnSite.Line != 0 && !isLibrary(Frame))
      return Frame.OwnSite;
    IsCaller |= !isOfTask(Frame);
  }
  return {};
}

/// Is the task at \p Owner, on this thread's stack, suspended at its begin? The
/// memory may belong to an object that is being awaited elsewhere, or
/// destroyed.
[[gnu::no_sanitize_address, gnu::no_sanitize_thread]] bool
isUnfinished(const void *Owner, const void *Frame) {
  using Word [[gnu::may_alias]] = void *;
  if (*static_cast<Word const volatile *>(Owner) != Frame)
    return false;
  return !std::coroutine_handle<>::from_address(const_cast<void *>(Frame))
              .done();
}

void reportRelease(const NotedGuard &Guard,
                   const std::vector<const NotedTask *> &Tasks) {
  const Stack Frames = walkStack(UINTPTR_MAX);
  if (!isOnStack(Frames, numberOf(Guard.Object)))
    return;
  auto Function = frameOf(Frames, numberOf(Guard.Object));
  SourceFrame End = locate(Function->Address);
  if (isCoroutineBody(End))
    return;
  SourceFrame Taken = locate(Guard.Taken);
  // The library only calls callables that it was given.
  while (isLibrary(End) && ++Function != Frames.end())
    Taken = End = locate(Function->Address);
  Violation V;
  V.Kind = ViolationKind::EarlyRelease;
  V.Check = "coro-early-release";
  V.Where = Guard.Begin.line() != 0 ? SourceSite(Guard.Begin) : Taken.OwnSite;
  V.Message = "this guard is released before the returned task is finished";
  for (const NotedTask *Task : Tasks) {
    const SourceSite Creator = creatorOf(Task->Made);
    if (Creator.Line != 0)
      V.Notes.push_back({Creator, "the task was created here"});
  }
  if (End.OwnSite.Line != 0)
    V.Notes.push_back({End.OwnSite, "the guard is released here"});
  Contracts::violate(std::move(V), /*MayThrow=*/false);
}

/// Removes the record of the guard \p Object, and returns it.
std::optional<NotedGuard> takeOut(const void *Object) {
  std::optional<NotedGuard> Guard;
  const std::lock_guard Locked(guards().Lock);
  const auto Found = guards().find(Object);
  if (Found != guards().All.end()) {
    Guard = std::move(*Found);
    guards().All.erase(Found);
    guards().publishCount();
  }
  return Guard;
}

} // namespace

void corolint::rt::detail::lockGuardsForFork(bool Lock) noexcept {
  Lock ? guards().Lock.lock() : guards().Lock.unlock();
}

void corolint::rt::detail::guardMade(const void *Guard,
                                     const std::source_location *Begin) {
  const std::uintptr_t Address = numberOf(Guard);
  if (Address - stackTop() > MaxDistance)
    return;
  const Stack Frames = walkStack(Address);
  if (!isOnStack(Frames, Address))
    return;
  const auto Function = frameOf(Frames, Address);
  const std::lock_guard Locked(guards().Lock);
  std::erase_if(guards().All,
                [&](const NotedGuard &G) { return G.Object == Guard; });
  guards().All.push_back({Guard,
                          &ThisThread,
                          ThisThread.Below,
                          Begin ? *Begin : std::source_location(),
                          Function->Address,
                          std::next(Function)->Begin,
                          {}});
  guards().publishCount();
}

void corolint::rt::detail::guardForgotten(const void *Guard) noexcept {
  (void)takeOut(Guard);
}

void corolint::rt::detail::guardEnds(const void *Guard) {
  const std::optional<NotedGuard> Ended = takeOut(Guard);
  if (!Ended || !Ended->isHere())
    return;
  std::vector<const NotedTask *> Returned;
  for (const auto &[Frame, Task] : Ended->Tasks)
    if (Task.Returned && isUnfinished(Task.Owner, Frame))
      Returned.push_back(&Task);
  if (!Returned.empty())
    reportRelease(*Ended, Returned);
}

/// Does a change of the owner of \p Frame concern a guard? Forgets the tasks
/// that had the frame before, if it is new.
static bool concernsGuards(const void *Frame, OwnerChange How) {
  const bool IsMade = How == OwnerChange::Made;
  bool Concerns = false;
  const std::lock_guard Locked(guards().Lock);
  for (NotedGuard &Guard : guards().All) {
    const bool Known =
        IsMade ? Guard.Tasks.erase(Frame) : Guard.Tasks.contains(Frame);
    Concerns |= IsMade ? Guard.isHere() : Known;
  }
  return Concerns;
}

void corolint::rt::detail::taskOwned(const void *Owner, const void *Frame,
                                     OwnerChange How, const void *Caller) {
  if (!Frame || !concernsGuards(Frame, How))
    return;
  const std::uintptr_t Address = numberOf(Owner);
  const Stack Frames = walkStack(Address, MaxCallers);
  bool MayBeReturned =
      isOnStack(Frames, Address) && How != OwnerChange::Assigned;
  std::vector<void *> Made;
  if (How == OwnerChange::Made) {
    auto F = std::ranges::find(Frames, Caller, &StackFrame::Address);
    for (; F != Frames.end() && Made.size() != MaxCallers; ++F)
      Made.push_back(F->Address);
  } else if (MayBeReturned) {
    MayBeReturned = isMovedByProgram(Frames, Caller);
  }
  const std::lock_guard Locked(guards().Lock);
  for (NotedGuard &Guard : guards().All) {
    const bool Returned =
        MayBeReturned && Guard.isHere() && Address >= Guard.FrameEnd;
    const auto Known = Guard.Tasks.find(Frame);
    if (Known != Guard.Tasks.end()) {
      Known->second.Owner = Owner;
      Known->second.Returned = Returned;
    } else if (How == OwnerChange::Made && Guard.isHere()) {
      Guard.Tasks.emplace(Frame, NotedTask{Owner, Returned, Made});
    }
  }
}

void corolint::rt::detail::taskGone(const void *Frame) noexcept {
  const std::lock_guard Locked(guards().Lock);
  for (NotedGuard &Guard : guards().All)
    Guard.Tasks.erase(Frame);
}
