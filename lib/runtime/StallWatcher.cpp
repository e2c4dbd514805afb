//===-- StallWatcher.cpp - Detects stalls and starvation ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StallWatcher.h"
#include "ContextFrame.h"
#include "StackCapture.h"
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <cxxabi.h>
#include <new>
#include <span>
#include <sys/syscall.h>
#include <unistd.h>

using namespace corolint::rt;
using namespace corolint::rt::detail;

StallWatcher &StallWatcher::get() noexcept {
  // Threads may outlive statics. The program ends if there is no memory for it.
  // NOLINTNEXTLINE(bugprone-unhandled-exception-at-new)
  static auto *Instance = new StallWatcher;
  return *Instance;
}

/// The watcher thread exists only in the parent. State that it may have been
/// changing is recreated in place: nothing waits for it here.
void StallWatcher::startOverInChild() noexcept {
  Ending = false;
  new (&Watcher) std::thread();
  new (&Changed) std::condition_variable();
  new (&StartStop) std::mutex();
}

//===----------------------------------------------------------------------===//
// The watcher thread
//===----------------------------------------------------------------------===//

/// Clamps durations that the clock cannot represent, which are as good as
/// infinite.
static WatchOptions saturated(WatchOptions Options) {
  using namespace std::chrono;
  constexpr auto Longest = duration_cast<milliseconds>(nanoseconds::max());
  for (milliseconds *Limit :
       {&Options.Stall, &Options.Quiescence, &Options.Starvation})
    *Limit = std::min(*Limit, Longest);
  return Options;
}

void StallWatcher::start(const WatchOptions &Given) {
  const WatchOptions NewOptions = saturated(Given);
  const std::lock_guard Serial(StartStop);
  if (NewOptions.CaptureStack &&
      (NewOptions.Stall.count() > 0 || NewOptions.Starvation.count() > 0))
    installStackSignal(NewOptions.Signal ? NewOptions.Signal : SIGURG);
  {
    const std::lock_guard Guard(Lock);
    Options = NewOptions;
    Ending = false;
    for (RateLimit &Limit : Limits)
      Limit = {};
  }
  Changed.notify_all();
  if (!Watcher.joinable())
    Watcher = std::thread([this] { watch(); });
}

void StallWatcher::stop() {
  const std::lock_guard Serial(StartStop);
  {
    const std::lock_guard Guard(Lock);
    Ending = true;
  }
  Changed.notify_all();
  if (Watcher.joinable())
    Watcher.join();
}

WatchOptions StallWatcher::options() {
  const std::lock_guard Guard(Lock);
  return Options;
}

/// The polling interval: a fraction of the shortest limit.
static std::chrono::nanoseconds interval(const WatchOptions &Options) {
  using namespace std::chrono;
  nanoseconds Shortest = seconds(1);
  for (const milliseconds Limit : {Options.Stall, Options.Starvation})
    if (Limit.count() > 0)
      Shortest = std::min<nanoseconds>(Shortest, Limit);
  return std::max<nanoseconds>(Shortest / 4, microseconds(500));
}

void StallWatcher::watch() {
  std::unique_lock Guard(Lock);
  while (!Ending) {
    Changed.wait_for(Guard, interval(Options));
    if (Ending)
      return;
    const WatchOptions Now = Options;
    const Clock::time_point Time = Clock::now();
    std::vector<SeenThread> Stalled;
    std::vector<SeenPool> Starving;
    look(Time, Stalled, Starving);
    Guard.unlock();
    for (const SeenThread &Thread : Stalled)
      reportStall(Thread, Now);
    for (const SeenPool &Pool : Starving)
      relieve(Pool, reportStarvation(Pool, Now));
    Guard.lock();
  }
}

/// Runs under the lock and collects suspicious threads, which are examined
/// later without it.
void StallWatcher::look(Clock::time_point Now, std::vector<SeenThread> &Stalled,
                        std::vector<SeenPool> &Starving) {
  if (Contracts::active() && Options.Stall.count() > 0)
    for (WatchedThread &Thread : Registry.Threads)
      if (standsStill(Thread, Now))
        Stalled.push_back({Thread.Id, Thread.SeenTick, Now - Thread.Since,
                           Thread.SeenProcessorTime});
  if (Options.Starvation.count() > 0)
    for (WatchedPool &Pool : Registry.Pools)
      if (isStarving(Pool, Now))
        Starving.push_back(seen(Pool, Now));
}

bool StallWatcher::mayReport(ViolationKind Kind, std::uint64_t &Suppressed) {
  const Clock::time_point Now = Clock::now();
  const std::lock_guard Guard(Lock);
  RateLimit &Limit = Limits[std::size_t(Kind)];
  if (Now - Limit.Window >= std::chrono::seconds(1)) {
    Limit.Window = Now;
    Limit.Shown = 0;
  }
  if (Limit.Shown >= Options.ReportsPerSecond) {
    ++Limit.Dropped;
    return false;
  }
  ++Limit.Shown;
  Suppressed = std::exchange(Limit.Dropped, 0);
  return true;
}

//===----------------------------------------------------------------------===//
// Stalls
//===----------------------------------------------------------------------===//

namespace {
struct KernelState {
  char State = '?'; ///< As in proc(5): R runs, S sleeps, D waits for a disk.
  long SystemCall = -1;
};
} // namespace

static KernelState kernelState(pid_t Id) {
  KernelState Result;
  char Path[64];
  std::snprintf(Path, sizeof(Path), "/proc/self/task/%d/stat", int(Id));
  if (std::FILE *File = std::fopen(Path, "re")) {
    char Text[512] = {};
    const std::size_t Size = std::fread(Text, 1, sizeof(Text) - 1, File);
    std::fclose(File);
    // The state follows the name, which is in parentheses and may itself
    // contain some.
    const std::string_view View(Text, Size);
    const std::size_t End = View.rfind(')');
    if (End != View.npos && End + 2 < View.size())
      Result.State = View[End + 2];
  }
  std::snprintf(Path, sizeof(Path), "/proc/self/task/%d/syscall", int(Id));
  if (std::FILE *File = std::fopen(Path, "re")) {
    // "running", or the number and arguments in hexadecimal; unreadable where
    // the kernel forbids it.
    // NOLINTNEXTLINE(bugprone-unchecked-string-to-number-conversion)
    if (std::fscanf(File, "%ld", &Result.SystemCall) != 1)
      Result.SystemCall = -1;
    std::fclose(File);
  }
  return Result;
}

/// The processor time that thread \p Id has used; 0 if it is gone.
static std::chrono::nanoseconds processorTime(pid_t Id) noexcept {
  // Built as by pthread_getcpuclockid: CPUCLOCK_PERTHREAD_MASK, CPUCLOCK_SCHED.
  const clockid_t Clock = clockid_t(~unsigned(Id) << 3 | 4 | 2);
  timespec Time{};
  if (::clock_gettime(Clock, &Time) != 0)
    return {};
  return std::chrono::seconds(Time.tv_sec) +
         std::chrono::nanoseconds(Time.tv_nsec);
}

static bool asleep(const KernelState &K) {
  return K.State == 'S' || K.State == 'D';
}

static std::string kernelText(const KernelState &K) {
  if (!asleep(K))
    return "busy on the CPU";
  if (K.SystemCall < 0)
    return "blocked in the kernel";
  return std::string("blocked in system call ")
      .append(std::to_string(K.SystemCall));
}

/// The source name of a function, as far as it is known.
static std::string functionName(const std::string &Symbol, void *Address) {
  if (Symbol.empty()) {
    char Text[32];
    std::snprintf(Text, sizeof(Text), "%p", Address);
    return Text;
  }
  // "f() [clone .resume]" is readable enough.
  int Status = 0;
  char *Demangled =
      abi::__cxa_demangle(Symbol.c_str(), nullptr, nullptr, &Status);
  std::string Name = Demangled ? Demangled : Symbol;
  std::free(Demangled);
  return Name;
}

namespace {
/// The state of a thread when it was interrupted.
struct HeldThread {
  std::vector<void *> Stack;
  std::vector<SourceFrame> Frames;
  std::source_location LastAwait;
  SourceSite Where; ///< In the coroutine or callback.
};
} // namespace

/// Returns nothing if the thread has made progress since its heartbeat was
/// \p Tick.
static HeldThread whereIs(pid_t Id, std::uint64_t Tick,
                          const WatchOptions &Options) {
  if (!Options.CaptureStack)
    return {};
  CapturedThread Captured =
      captureThread(Id, Options.Signal ? Options.Signal : SIGURG);
  if (Captured.Tick != Tick)
    return {};
  HeldThread Held;
  Held.Stack = std::move(Captured.Stack);
  Held.LastAwait = Captured.LastAwait;
  for (void *Address : Held.Stack)
    Held.Frames.push_back(locate(Address));
  const std::size_t Context =
      contextFrame(Held.Stack, Held.Frames, Captured.RegionBegin);
  if (Context != Held.Frames.size())
    Held.Where = Held.Frames[Context].OwnSite;
  if (Held.Where.Line == 0 && Held.LastAwait.line() != 0)
    Held.Where = SourceSite(Held.LastAwait);
  return Held;
}

static std::string milliseconds(std::chrono::steady_clock::duration Time) {
  using std::chrono::duration_cast;
  return std::to_string(
             duration_cast<std::chrono::milliseconds>(Time).count()) +
         " ms";
}

/// Does the thread run another loop inside that of \p Outer? Then the stall
/// belongs to the inner one.
bool StallWatcher::runsInner(const WatchedThread &Outer) const noexcept {
  const WatchedThread *const End =
      Registry.Threads.data() + Registry.Threads.size();
  return std::any_of(&Outer + 1, End, [&](const WatchedThread &T) {
    return T.Id == Outer.Id && T.Beat->running();
  });
}

/// `reportStall` decides whether that is a stall.
bool StallWatcher::standsStill(WatchedThread &Thread, Clock::time_point Now) {
  const std::uint64_t Tick = Thread.Beat->Tick.load(std::memory_order_relaxed);
  if (Tick != Thread.SeenTick) {
    Thread.SeenTick = Tick;
    Thread.Since = Now;
    Thread.SeenProcessorTime =
        Tick % 2 != 0 ? processorTime(Thread.Id) : std::chrono::nanoseconds(0);
    Thread.Reported = false;
    return false;
  }
  if (Tick % 2 == 0 || Thread.Reported ||
      Thread.Beat->Allowed.load(std::memory_order_relaxed) > 0 ||
      Now - Thread.Since < Options.Stall || runsInner(Thread))
    return false;
  Thread.Reported = true;
  return true;
}

/// Undoes the report, so that the thread is examined again later.
void StallWatcher::takeBack(const SeenThread &Seen) {
  const std::lock_guard Guard(Lock);
  for (WatchedThread &Thread : Registry.Threads)
    if (Thread.Id == Seen.Id && Thread.SeenTick == Seen.Tick)
      Thread.Reported = false;
}

void StallWatcher::reportStall(const SeenThread &Seen,
                               const WatchOptions &Options) {
  const KernelState Kernel = kernelState(Seen.Id);
  // On a busy machine a thread may be ready to run without getting a processor;
  // its code then stalls nobody. Half the limit, since the thread shares the
  // processor with others.
  if (!asleep(Kernel) &&
      processorTime(Seen.Id) - Seen.SeenProcessorTime < Options.Stall / 2) {
    takeBack(Seen);
    return;
  }
  Violation V;
  V.Kind = ViolationKind::Stall;
  V.Check = "coro-blocking-call";
  if (!mayReport(V.Kind, V.Suppressed))
    return;
  V.SystemCall = Kernel.SystemCall;
  HeldThread Held = whereIs(Seen.Id, Seen.Tick, Options);
  V.Where = std::move(Held.Where);
  V.Message = "the thread has been held for " + milliseconds(Seen.Lasted) +
              ": it is " + kernelText(Kernel) +
              ", and every coroutine on it waits";
  if (Held.LastAwait.line() != 0)
    V.Notes.push_back({SourceSite(Held.LastAwait),
                       "the coroutine was last resumed from here"});
  for (std::size_t I = 0; I != Held.Frames.size(); ++I)
    V.Notes.push_back(
        {Held.Frames[I].Site, std::string("in ").append(functionName(
                                  Held.Frames[I].Symbol, Held.Stack[I]))});
  V.Stack = std::move(Held.Stack);
  Contracts::violate(std::move(V), /*MayThrow=*/false);
}

//===----------------------------------------------------------------------===//
// Starvation
//===----------------------------------------------------------------------===//

bool StallWatcher::isStarving(WatchedPool &Watched,
                              Clock::time_point Now) const {
  const std::uint64_t Taken = Watched.taken();
  if (Taken != Watched.SeenTaken || !Watched.hasQueued()) {
    Watched.SeenTaken = Taken;
    Watched.Since = Now;
    Watched.Reported = false;
    return false;
  }
  if (Watched.Since == Clock::time_point())
    Watched.Since = Now;
  return Now - Watched.Since >= Options.Starvation;
}

StallWatcher::SeenPool StallWatcher::seen(const WatchedPool &Watched,
                                          Clock::time_point Now) const {
  SeenPool Seen{Watched.Address,
                Watched.SeenTaken,
                Now - Watched.Since,
                Watched.Reported,
                Watched.threads(),
                Watched.blockedAt(),
                {}};
  for (const WatchedThread &Thread : Registry.Threads)
    if (Thread.Pool == Watched.Address && Thread.Beat->running() &&
        Thread.Beat->Allowed.load(std::memory_order_relaxed) == 0)
      Seen.Running.push_back(
          {Thread.Id, Thread.Beat->Tick.load(std::memory_order_relaxed)});
  return Seen;
}

/// The workers of the pool that wait for another thread, except those in
/// `sync_wait`, which the pool counts itself.
std::vector<StallWatcher::SeenThread>
StallWatcher::thoseThatWait(const SeenPool &Seen) {
  std::vector<SeenThread> Waiting;
  for (const SeenThread &Thread : Seen.Running) {
    const KernelState Kernel = kernelState(Thread.Id);
    // Futures, condition variables, latches and joins all use a futex. If the
    // kernel hides the system call, a sleeping thread may be waiting for
    // another one.
    if (asleep(Kernel) &&
        (Kernel.SystemCall == SYS_futex || Kernel.SystemCall < 0))
      Waiting.push_back(Thread);
  }
  return Waiting;
}

/// Returns whether there was anything to report.
bool StallWatcher::reportStarvation(const SeenPool &Seen,
                                    const WatchOptions &Options) {
  if (!Contracts::active() || Seen.Reported)
    return false;
  const std::vector<SeenThread> Waiting = thoseThatWait(Seen);
  if (Seen.Blocked.size() + Waiting.size() < Seen.Threads)
    return false; // One is running, or blocked by something else: a stall.
  Violation V;
  V.Kind = ViolationKind::Starvation;
  V.Check = "coro-sync-over-async";
  if (!mayReport(V.Kind, V.Suppressed))
    return true;
  V.Message = "a thread pool has taken no work for " +
              milliseconds(Seen.Lasted) + ", though work is queued: " +
              std::to_string(Seen.Blocked.size() + Waiting.size()) +
              " of its " + std::to_string(Seen.Threads) +
              " workers wait synchronously for work";
  for (const std::source_location &Call : Seen.Blocked)
    V.Notes.push_back({SourceSite(Call), "a worker waits here"});
  // A worker that does not answer costs 50 ms; a few are enough to show the
  // place.
  static constexpr std::size_t MostAsked = 8;
  for (const SeenThread &Worker :
       std::span(Waiting).first(std::min(Waiting.size(), MostAsked)))
    if (SourceSite Where = whereIs(Worker.Id, Worker.Tick, Options).Where;
        Where.Line != 0)
      V.Notes.push_back({std::move(Where), "a worker waits here"});
  if (!V.Notes.empty())
    V.Where = V.Notes.front().Where;
  Contracts::violate(std::move(V), /*MayThrow=*/false);
  return true;
}

/// Lets the pool grow if allowed, unless it has taken work meanwhile.
void StallWatcher::relieve(const SeenPool &Seen, bool Reported) {
  const std::lock_guard Guard(Lock);
  const auto Found =
      std::ranges::find_if(Registry.Pools, [&](const WatchedPool &P) {
        return P.Address == Seen.Pool;
      });
  if (Found == Registry.Pools.end() || Found->SeenTaken != Seen.Taken)
    return;
  Found->Reported |= Reported;
  Found->growIfAllowed();
}
