//===-- StallWatcher.cpp - Looks for threads that do not move on ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StallWatcher.h"
#include "ContextFrame.h"
#include "StackCapture.h"
#include "corolint/rt/RunBlocking.h"
#include "corolint/rt/ThreadPool.h"
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cxxabi.h>
#include <span>
#include <sys/syscall.h>
#include <unistd.h>

using namespace corolint::rt;
using namespace corolint::rt::detail;

StallWatcher &StallWatcher::get() noexcept {
  static auto *Instance = new StallWatcher; // Threads may outlive statics.
  return *Instance;
}

//===----------------------------------------------------------------------===//
// Who is watched
//===----------------------------------------------------------------------===//

static pid_t currentThread() noexcept { return pid_t(::syscall(SYS_gettid)); }

StallWatcher::Registration::Registration(Heartbeat &Watched, ThreadKind Kind,
                                         bool Already)
    : Beat(Already ? nullptr : &Watched) {
  if (!Beat)
    return;
  StallWatcher &W = get();
  const std::lock_guard Guard(W.Lock);
  ThreadPool *Pool = ThisThread.Exec ? ThisThread.Exec->as_pool() : nullptr;
  W.Threads.push_back({Beat, currentThread(), Kind, Pool, 0, {}, false});
}

StallWatcher::Registration::~Registration() {
  if (!Beat)
    return;
  StallWatcher &W = get();
  const std::lock_guard Guard(W.Lock);
  std::erase_if(W.Threads,
                [this](const WatchedThread &T) { return T.Beat == Beat; });
}

void StallWatcher::add(ThreadPool &Pool) {
  const std::lock_guard Guard(Lock);
  Pools.push_back({&Pool, 0, {}, false});
}

void StallWatcher::remove(ThreadPool &Pool) noexcept {
  const std::lock_guard Guard(Lock);
  std::erase_if(Pools, [&](const WatchedPool &P) { return P.Pool == &Pool; });
}

bool StallWatcher::othersAreAtWork() {
  if (BlockingThreads::get().busy())
    return true;
  const pid_t Self = currentThread();
  const std::lock_guard Guard(Lock);
  return std::any_of(Threads.begin(), Threads.end(),
                     [&](const WatchedThread &T) {
                       return T.Id != Self &&
                              (T.Kind == ThreadKind::Loop || T.Beat->running());
                     }) ||
         std::any_of(Pools.begin(), Pools.end(),
                     [](const WatchedPool &P) { return P.Pool->hasQueued(); });
}

//===----------------------------------------------------------------------===//
// The watcher thread
//===----------------------------------------------------------------------===//

void StallWatcher::start(const WatchOptions &NewOptions) {
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

/// How often to look: a few times within the shortest limit.
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
    std::vector<Violation> Found;
    const Clock::time_point Now = Clock::now();
    if (Contracts::active() && Options.Stall.count() > 0)
      for (WatchedThread &Thread : Threads)
        lookAtThread(Thread, Now, Found);
    if (Options.Starvation.count() > 0)
      for (WatchedPool &Pool : Pools)
        lookAtPool(Pool, Now, Found);
    Guard.unlock();
    for (Violation &V : Found)
      Contracts::violate(std::move(V), /*MayThrow=*/false);
    Guard.lock();
  }
}

bool StallWatcher::mayReport(ViolationKind Kind, Clock::time_point Now,
                             Violation &V) {
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
  V.Suppressed = std::exchange(Limit.Dropped, 0);
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
    // The state follows the name, which is in parentheses and may hold some.
    const std::string_view View(Text, Size);
    const std::size_t End = View.rfind(')');
    if (End != View.npos && End + 2 < View.size())
      Result.State = View[End + 2];
  }
  std::snprintf(Path, sizeof(Path), "/proc/self/task/%d/syscall", int(Id));
  if (std::FILE *File = std::fopen(Path, "re")) {
    // "running", or the number and arguments in hexadecimal; unreadable where
    // the kernel forbids it.
    if (std::fscanf(File, "%ld", &Result.SystemCall) != 1)
      Result.SystemCall = -1;
    std::fclose(File);
  }
  return Result;
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

/// A function's name as in the source, as far as it is known.
static std::string functionName(const std::string &Symbol, void *Address) {
  if (Symbol.empty()) {
    char Text[32];
    std::snprintf(Text, sizeof(Text), "%p", Address);
    return Text;
  }
  // "f() [clone .resume]" says it well enough.
  int Status = 0;
  char *Demangled =
      abi::__cxa_demangle(Symbol.c_str(), nullptr, nullptr, &Status);
  std::string Name = Demangled ? Demangled : Symbol;
  std::free(Demangled);
  return Name;
}

/// What a thread was at when it was asked.
struct StallWatcher::HeldThread {
  std::vector<void *> Stack;
  std::vector<SourceFrame> Frames;
  std::source_location LastAwait;
  SourceSite Where; ///< In the coroutine, or whatever else the executor called.
};

StallWatcher::HeldThread
StallWatcher::whereIs(const WatchedThread &Thread) const {
  if (!Options.CaptureStack)
    return {};
  const std::uint64_t Tick = Thread.Beat->Tick.load(std::memory_order_relaxed);
  CapturedThread Captured =
      captureThread(Thread.Id, Options.Signal ? Options.Signal : SIGURG);
  if (Captured.Tick != Tick)
    return {}; // It had moved on: the stack is of something else.
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

void StallWatcher::lookAtThread(WatchedThread &Thread, Clock::time_point Now,
                                std::vector<Violation> &Found) {
  const std::uint64_t Tick = Thread.Beat->Tick.load(std::memory_order_relaxed);
  if (Tick != Thread.SeenTick) {
    Thread.SeenTick = Tick;
    Thread.Since = Now;
    Thread.Reported = false;
    return;
  }
  if (Tick % 2 == 0 || Thread.Reported ||
      Thread.Beat->Allowed.load(std::memory_order_relaxed) > 0)
    return;
  const auto Lasted = Now - Thread.Since;
  if (Lasted < Options.Stall)
    return;
  Thread.Reported = true;

  Violation V;
  V.Kind = ViolationKind::Stall;
  V.Check = "coro-blocking-call";
  if (!mayReport(V.Kind, Now, V))
    return;
  const KernelState Kernel = kernelState(Thread.Id);
  V.SystemCall = Kernel.SystemCall;
  HeldThread Held = whereIs(Thread);
  V.Where = std::move(Held.Where);
  const auto Milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(Lasted).count();
  V.Message = "the thread has been held for " + std::to_string(Milliseconds) +
              " ms: it is " + kernelText(Kernel) +
              ", and every coroutine on it waits";
  if (Held.LastAwait.line() != 0)
    V.Notes.push_back({SourceSite(Held.LastAwait),
                       "the coroutine was last resumed from here"});
  for (std::size_t I = 0; I != Held.Frames.size(); ++I)
    V.Notes.push_back(
        {Held.Frames[I].Site, std::string("in ").append(functionName(
                                  Held.Frames[I].Symbol, Held.Stack[I]))});
  V.Stack = std::move(Held.Stack);
  Found.push_back(std::move(V));
}

//===----------------------------------------------------------------------===//
// Starvation
//===----------------------------------------------------------------------===//

/// The pool's workers that wait for another thread, though not in `sync_wait`:
/// of those the pool knows itself.
std::vector<const StallWatcher::WatchedThread *>
StallWatcher::workersThatWait(const ThreadPool &Pool) const {
  std::vector<const WatchedThread *> Waiting;
  for (const WatchedThread &Thread : Threads) {
    if (Thread.Pool != &Pool || !Thread.Beat->running() ||
        Thread.Beat->Allowed.load(std::memory_order_relaxed) > 0)
      continue;
    const KernelState Kernel = kernelState(Thread.Id);
    // Futures, condition variables, latches, joins: all are futexes. Where the
    // kernel does not tell, a thread that sleeps may wait for another one.
    if (asleep(Kernel) &&
        (Kernel.SystemCall == SYS_futex || Kernel.SystemCall < 0))
      Waiting.push_back(&Thread);
  }
  return Waiting;
}

void StallWatcher::lookAtPool(WatchedPool &Watched, Clock::time_point Now,
                              std::vector<Violation> &Found) {
  ThreadPool &Pool = *Watched.Pool;
  const std::uint64_t Taken = Pool.taken();
  if (Taken != Watched.SeenTaken || !Pool.hasQueued()) {
    Watched.SeenTaken = Taken;
    Watched.Since = Now;
    Watched.Reported = false;
    return;
  }
  if (Watched.Since == Clock::time_point())
    Watched.Since = Now;
  const auto Lasted = Now - Watched.Since;
  if (Lasted < Options.Starvation)
    return;
  if (Contracts::active() && !Watched.Reported)
    reportStarvation(Watched, Lasted, Now, Found);
  Pool.growIfAllowed();
}

void StallWatcher::reportStarvation(WatchedPool &Watched,
                                    Clock::duration Lasted,
                                    Clock::time_point Now,
                                    std::vector<Violation> &Found) {
  const ThreadPool &Pool = *Watched.Pool;
  const std::size_t Threads = Pool.threads();
  const std::vector<std::source_location> Blocked = Pool.blockedAt();
  const auto Waiting = workersThatWait(Pool);
  if (Blocked.size() + Waiting.size() < Threads)
    return; // One of them is at work, or blocked by something else: a stall.
  Watched.Reported = true;

  Violation V;
  V.Kind = ViolationKind::Starvation;
  V.Check = "coro-sync-over-async";
  if (!mayReport(V.Kind, Now, V))
    return;
  const auto Milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(Lasted).count();
  V.Message = "a thread pool has taken no work for " +
              std::to_string(Milliseconds) + " ms, though work is queued: " +
              std::to_string(Blocked.size() + Waiting.size()) + " of its " +
              std::to_string(Threads) + " workers wait synchronously for work";
  for (const std::source_location &Call : Blocked)
    V.Notes.push_back({SourceSite(Call), "a worker waits here"});
  // A worker that does not answer costs 50 ms: a few show where it is.
  static constexpr std::size_t MostAsked = 8;
  for (const WatchedThread *Worker :
       std::span(Waiting).first(std::min(Waiting.size(), MostAsked)))
    if (SourceSite Where = whereIs(*Worker).Where; Where.Line != 0)
      V.Notes.push_back({std::move(Where), "a worker waits here"});
  if (!V.Notes.empty())
    V.Where = V.Notes.front().Where;
  Found.push_back(std::move(V));
}
