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
  W.Threads.push_back({Beat, currentThread(), Kind, 0, {}, false});
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
  if (NewOptions.CaptureStack && NewOptions.Stall.count() > 0)
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

static std::string kernelText(const KernelState &K) {
  const bool Asleep = K.State == 'S' || K.State == 'D';
  if (!Asleep)
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
  CapturedThread Captured;
  if (Options.CaptureStack)
    Captured =
        captureThread(Thread.Id, Options.Signal ? Options.Signal : SIGURG);
  if (Captured.Tick != Tick)
    Captured = {}; // It had moved on: the stack is of something else.
  V.Stack = std::move(Captured.Stack);
  std::vector<SourceFrame> Frames;
  for (void *Address : V.Stack)
    Frames.push_back(locate(Address));
  const std::size_t Context =
      contextFrame(V.Stack, Frames, Captured.RegionBegin);
  if (Context != Frames.size())
    V.Where = Frames[Context].OwnSite;
  if (V.Where.Line == 0 && Captured.LastAwait.line() != 0)
    V.Where = SourceSite(Captured.LastAwait);
  const auto Milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(Lasted).count();
  V.Message = "the thread has been held for " + std::to_string(Milliseconds) +
              " ms: it is " + kernelText(Kernel) +
              ", and every coroutine on it waits";
  if (Captured.LastAwait.line() != 0)
    V.Notes.push_back({SourceSite(Captured.LastAwait),
                       "the coroutine was last resumed from here"});
  for (std::size_t I = 0; I != Frames.size(); ++I)
    V.Notes.push_back({Frames[I].Site, std::string("in ").append(functionName(
                                           Frames[I].Symbol, V.Stack[I]))});
  Found.push_back(std::move(V));
}

//===----------------------------------------------------------------------===//
// Starvation
//===----------------------------------------------------------------------===//

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
  Pool.growIfAllowed();
  if (Watched.Reported || !Contracts::active())
    return;
  Watched.Reported = true;

  Violation V;
  V.Kind = ViolationKind::Starvation;
  V.Check = "coro-sync-over-async";
  if (!mayReport(V.Kind, Now, V))
    return;
  const std::vector<std::source_location> Blocked = Pool.blockedAt();
  if (!Blocked.empty())
    V.Where = SourceSite(Blocked.front());
  const auto Milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(Lasted).count();
  V.Message = "a thread pool has taken no work for " +
              std::to_string(Milliseconds) +
              " ms, though work is queued: " + std::to_string(Blocked.size()) +
              " of its " + std::to_string(Pool.threads()) +
              " workers wait synchronously for work";
  for (const std::source_location &Call : Blocked)
    V.Notes.push_back({SourceSite(Call), "a worker waits here"});
  Found.push_back(std::move(V));
}
