//===-- ExtractAll.cpp - Units, each in a process of its own --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExtractAll.h"
#include "Cache.h"
#include "Compat.h"
#include "program/Index.h"
#include "program/Shard.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/xxhash.h"
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace llvm;

namespace corolint {

namespace {

using Clock = std::chrono::steady_clock;

//===----------------------------------------------------------------------===//
// Progress
//===----------------------------------------------------------------------===//

class Progress {
public:
  Progress(size_t Total, bool Quiet)
      : Total(Total), Quiet(Quiet),
        Terminal(sys::Process::StandardErrIsDisplayed()), Start(Clock::now()),
        Last(Start) {}

  void step() {
    ++Done;
    if (Quiet || Total == 0)
      return;
    const auto Now = Clock::now();
    const double Seconds = std::chrono::duration<double>(Now - Start).count();
    const auto Pause = std::chrono::milliseconds(Terminal ? 100 : 10000);
    if (Done != Total && Now - Last < Pause)
      return;
    if (!Terminal && Seconds < 10)
      return; // Short runs need no chatter in logs.
    Last = Now;
    const double Rate = Seconds > 0 ? Done / Seconds : 0;
    if (Terminal)
      errs() << "\r\033[K";
    errs() << "corolint: " << Done << " of " << Total << " units";
    if (Rate >= 1)
      errs() << format(", %.1f a second", Rate);
    else if (Rate > 0)
      errs() << format(", %.1f s each", 1 / Rate);
    if (Rate > 0)
      errs() << format(", %.0f s left", (Total - Done) / Rate);
    if (!Terminal)
      errs() << "\n";
    Drawn = Terminal;
  }
  ~Progress() {
    if (Drawn)
      errs() << "\r\033[K";
  }

private:
  size_t Total, Done = 0;
  bool Quiet, Terminal, Drawn = false;
  Clock::time_point Start, Last;
};

//===----------------------------------------------------------------------===//
// Processes
//===----------------------------------------------------------------------===//

/// What a child sends: 'S' and a shard, or 'E' and an error.
struct Child {
  pid_t Process = -1;
  int Pipe = -1;
  size_t Job = 0;
  std::string Received;
  Clock::time_point Start;
};

[[noreturn]] void runChild(const ExtractionJob &Job, int Pipe) {
  // What crashes the analysis of one function costs that function alone.
  CrashRecoveryContext::Enable();
  std::string Answer;
  if (auto Unit = extract(Job))
    Answer = "S" + writeShard(**Unit);
  else
    Answer = "E" + toString(Unit.takeError());
  StringRef Rest = Answer;
  while (!Rest.empty()) {
    ssize_t Count = write(Pipe, Rest.data(), Rest.size());
    if (Count < 0 && errno == EINTR)
      continue;
    if (Count <= 0)
      _exit(3);
    Rest = Rest.drop_front(Count);
  }
  // No destructors: the parent's state is none of the child's business.
  _exit(0);
}

std::string describeStatus(int Status, const std::string &File) {
  if (WIFSIGNALED(Status))
    return "the analysis of '" + File + "' crashed (" +
           strsignal(WTERMSIG(Status)) +
           "); the other units are not affected. Please report it with the "
           "file and its command";
  return "the analysis of '" + File + "' ended early (status " +
         std::to_string(WEXITSTATUS(Status)) + ")";
}

} // namespace

std::string costKey(const ExtractionJob &Job) {
  return Job.Variant + " " + Job.paths().nameOf(Job.File);
}

StringMap<unsigned> pastCosts(StringRef Cache) {
  StringMap<unsigned> Result;
  auto Buffer = MemoryBuffer::getFile(Cache + "/costs");
  if (!Buffer)
    return Result;
  SmallVector<StringRef, 0> Lines;
  (*Buffer)->getBuffer().split(Lines, '\n', -1, false);
  for (StringRef Line : Lines) {
    auto [Cost, Key] = Line.split(' ');
    unsigned Milliseconds = 0;
    if (!Cost.getAsInteger(10, Milliseconds))
      Result[Key] = Milliseconds;
  }
  return Result;
}

static void saveCosts(StringRef Cache, ArrayRef<ExtractionJob> Jobs,
                      ArrayRef<Extracted> Results) {
  StringMap<unsigned> Costs = pastCosts(Cache);
  for (size_t I = 0; I < Jobs.size(); ++I)
    if (Results[I].Shard && !Results[I].FromCache)
      Costs[costKey(Jobs[I])] = Results[I].Milliseconds;
  std::map<StringRef, unsigned> Sorted;
  for (const auto &Entry : Costs)
    Sorted[Entry.getKey()] = Entry.getValue();
  std::string Text;
  for (const auto &[Key, Cost] : Sorted)
    Text += std::to_string(Cost) + " " + Key.str() + "\n";
  consumeError(writeFileAtomically((Cache + "/costs").str(), Text));
}

namespace {

/// Extracts units, each in a child process: what crashes one leaves the others
/// alone.
class Extraction {
public:
  Extraction(ArrayRef<ExtractionJob> Jobs, const ExtractOptions &Options)
      : Jobs(Jobs), Options(Options), Cached(Options.Cache),
        Results(Jobs.size()), Entries(Jobs.size()) {}

  std::vector<Extracted> run() {
    lookUp();
    Progress Shown(Waiting.size(), Options.Quiet);
    for (size_t Next = 0; Next < Waiting.size() || !Running.empty();) {
      while (Running.size() < std::max(1u, Options.Jobs) &&
             Next < Waiting.size())
        if (!start(Waiting[Next++]))
          Shown.step();
      if (!Running.empty() && !receive(Shown))
        break;
    }
    if (Cached.isOn() && !Waiting.empty()) {
      saveCosts(Options.Cache, Jobs, Results);
      Cached.prune(Options.CacheBytes);
    }
    return std::move(Results);
  }

private:
  /// Takes what the cache has; orders the rest.
  void lookUp() {
    for (size_t I = 0; I < Jobs.size(); ++I) {
      if (Cached.isOn()) {
        Entries[I] = Cached.pathOf(Jobs[I]);
        Results[I].Shard = Cached.find(Entries[I], Jobs[I].Root);
        Results[I].FromCache = Results[I].Shard != nullptr;
      }
      if (!Results[I].Shard)
        Waiting.push_back(I);
    }
    Cached.save();
    if (!Cached.isOn() || Waiting.empty())
      return;
    // The dearest first, so that none of them runs alone at the end.
    StringMap<unsigned> Costs = pastCosts(Options.Cache);
    llvm::stable_sort(Waiting, [&](size_t A, size_t B) {
      return Costs.lookup(costKey(Jobs[A])) > Costs.lookup(costKey(Jobs[B]));
    });
  }

  /// Starts a child for job number \p Job; false if there can be none.
  bool start(size_t Job) {
    Child C;
    C.Job = Job;
    C.Start = Clock::now();
    int Ends[2];
    if (pipe(Ends) != 0) {
      Results[Job].Error =
          std::string("cannot make a pipe: ") + std::strerror(errno);
      return false;
    }
    outs().flush();
    errs().flush();
    C.Process = fork();
    if (C.Process == 0) {
      close(Ends[0]);
      for (const Child &Other : Running)
        close(Other.Pipe);
      runChild(Jobs[Job], Ends[1]);
    }
    close(Ends[1]);
    C.Pipe = Ends[0];
    if (C.Process < 0) {
      Results[Job].Error =
          std::string("cannot start a process: ") + std::strerror(errno);
      close(Ends[0]);
      return false;
    }
    Running.push_back(std::move(C));
    return true;
  }

  /// Waits for some child to send something or to end.
  bool receive(Progress &Shown) {
    std::vector<pollfd> Watched;
    for (const Child &C : Running)
      Watched.push_back({C.Pipe, POLLIN, 0});
    if (poll(Watched.data(), Watched.size(), 1000) < 0)
      return errno == EINTR;
    for (size_t I = Running.size(); I-- > 0;) {
      if (!Watched[I].revents)
        continue;
      char Buffer[65536];
      ssize_t Count = read(Running[I].Pipe, Buffer, sizeof(Buffer));
      if (Count > 0) {
        Running[I].Received.append(Buffer, Count);
        continue;
      }
      if (Count < 0 && errno == EINTR)
        continue;
      finish(Running[I]);
      Shown.step();
      Running.erase(Running.begin() + I);
    }
    return true;
  }

  void finish(const Child &C) {
    close(C.Pipe);
    int Status = 0;
    while (waitpid(C.Process, &Status, 0) < 0 && errno == EINTR)
      ;
    Extracted &Result = Results[C.Job];
    Result.Milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(
                              Clock::now() - C.Start)
                              .count();
    const std::string &File = Jobs[C.Job].File;
    StringRef Answer = C.Received;
    if (!WIFEXITED(Status) || WEXITSTATUS(Status) != 0) {
      Result.Error = describeStatus(Status, File);
    } else if (Answer.consume_front("E")) {
      Result.Error = Answer.str();
    } else if (Answer.consume_front("S")) {
      Result.Shard = MemoryBuffer::getMemBufferCopy(Answer, File);
      keep(C.Job, Answer);
    } else {
      Result.Error = "the analysis of '" + File + "' said nothing";
    }
  }

  void keep(size_t Job, StringRef Shard) {
    if (!Cached.isOn() || CacheBroken)
      return;
    if (Error E = writeFileAtomically(Entries[Job], Shard)) {
      errs() << "corolint: warning: no cache: " << toString(std::move(E))
             << "; name another with --cache\n";
      CacheBroken = true;
    }
  }

  ArrayRef<ExtractionJob> Jobs;
  const ExtractOptions &Options;
  Cache Cached;
  bool CacheBroken = false;
  std::vector<Extracted> Results;
  std::vector<std::string> Entries; ///< Files of the cache.
  std::vector<size_t> Waiting;
  std::vector<Child> Running;
};

} // namespace

std::vector<Extracted> extractAll(ArrayRef<ExtractionJob> Jobs,
                                  const ExtractOptions &Options) {
  return Extraction(Jobs, Options).run();
}

//===----------------------------------------------------------------------===//
// Linking
//===----------------------------------------------------------------------===//

Error addShards(ArrayRef<MemoryBufferRef> Shards, Program &Into) {
  struct Slot {
    std::unique_ptr<Summary> Unit;
    std::string Wrong;
  };
  std::vector<Slot> Slots(Shards.size());
  auto Read = [&](size_t I) {
    auto Unit = readShard(Shards[I]);
    if (Unit)
      Slots[I].Unit = std::move(*Unit);
    else
      Slots[I].Wrong = toString(Unit.takeError());
  };
  // Threads pay only when there is much to unpack.
  constexpr size_t Many = 32;
  if (Shards.size() < Many) {
    for (size_t I = 0; I < Shards.size(); ++I)
      Read(I);
  } else {
    DefaultThreadPool Pool(hardware_concurrency());
    for (size_t I = 0; I < Shards.size(); ++I)
      Pool.async(Read, I);
    Pool.wait();
  }
  for (size_t I = 0; I < Shards.size(); ++I) {
    if (!Slots[I].Unit)
      return makeError(Slots[I].Wrong);
    Into.add(std::move(Slots[I].Unit), Shards[I]);
  }
  return Error::success();
}

Error loadInputs(ArrayRef<std::string> Paths, Program &Into,
                 std::vector<std::unique_ptr<MemoryBuffer>> &Keep) {
  std::vector<MemoryBufferRef> Shards;
  for (const std::string &Path : Paths) {
    auto Buffer = MemoryBuffer::getFile(Path, false, false);
    if (!Buffer)
      return makeError("cannot read '" + Path +
                       "': " + Buffer.getError().message());
    // Which of the two it is, the header says.
    const StringRef Content = (*Buffer)->getBuffer();
    const bool IsIndex = Content.size() >= 12 && Content.substr(8, 4) == "indx";
    if (!IsIndex) {
      Shards.push_back(**Buffer);
      Keep.push_back(std::move(*Buffer));
      continue;
    }
    auto Index = ProgramIndex::open(Path);
    if (!Index)
      return Index.takeError();
    for (MemoryBufferRef Shard : (*Index)->shards()) {
      Keep.push_back(MemoryBuffer::getMemBufferCopy(Shard.getBuffer(), Path));
      Shards.push_back(*Keep.back());
    }
  }
  return addShards(Shards, Into);
}

/// The compiler's errors, each once, and through which units it was seen.
static bool reportErrors(const Program &Linked) {
  struct Seen {
    std::string Text, Through; ///< Empty: in the unit itself.
    unsigned Others = 0;
  };
  std::vector<Seen> All;
  StringMap<size_t> Known;
  for (const auto &Unit : Linked.units())
    for (const ErrorRecord &E : Unit->Errors) {
      std::string Where = Linked.pathOf(Unit->Unit), Through;
      if (E.Where.File) {
        const std::string &File = Unit->Strings[E.Where.File];
        if (File != Unit->Unit)
          Through = Where;
        Where = Linked.pathOf(File) + ":" + std::to_string(E.Where.Line) + ":" +
                std::to_string(E.Where.Column);
      }
      std::string Text = Where + ": error: " + Unit->Strings[E.Message];
      auto [It, Inserted] = Known.try_emplace(Text, All.size());
      if (Inserted)
        All.push_back({std::move(Text), std::move(Through)});
      else
        ++All[It->second].Others;
    }
  for (const Seen &S : All) {
    errs() << S.Text << '\n';
    if (S.Through.empty())
      continue;
    errs() << S.Through << ": note: read by this unit";
    if (S.Others)
      errs() << ", and by " << S.Others << " more with the same error";
    errs() << '\n';
  }
  return !All.empty();
}

bool reportTroubles(const Program &Linked) {
  const bool Any = reportErrors(Linked);
  StringMap<unsigned> Dropped;
  for (const auto &Unit : Linked.units())
    for (StringId Flag : Unit->Dropped)
      ++Dropped[Unit->Strings[Flag]];
  if (!Dropped.empty()) {
    std::map<StringRef, unsigned> Sorted;
    for (const auto &Entry : Dropped)
      Sorted[Entry.getKey()] = Entry.getValue();
    errs() << "corolint: note: flags that Clang lacks were dropped:";
    for (const auto &[Flag, Count] : Sorted)
      errs() << ' ' << Flag;
    errs() << '\n';
  }
  return Any;
}

} // namespace corolint
