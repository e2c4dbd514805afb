//===-- ExtractAll.cpp - Extracts units in child processes ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExtractAll.h"
#include "Cache.h"
#include "Compat.h"
#include "Modules.h"
#include "SharedExtraction.h"
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
      return; // Short runs must not clutter logs.
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

/// A process that the driver forked: it extracts one unit, or several together.
struct Child {
  pid_t Process = -1;
  unsigned Waiting = 0; ///< Units that have not answered.
  bool HasSlot = false;
};

/// A unit whose answer is pending.
struct Answer {
  int Pipe = -1;
  size_t Job = 0;
  std::shared_ptr<Child> From;
  bool Shared = false; ///< A SharedStatus follows.
  std::string Received;
  Clock::time_point Start;
};

[[noreturn]] void runChild(const ExtractionJob &Job, int Pipe,
                           const ExtractOptions &Options) {
  // A crash while analysing one function must cost only that function.
  CrashRecoveryContext::Enable();
  UnitCosts Costs;
  extract(Job, /*Plain=*/!Options.Shortcuts, Options.Profile ? &Costs : nullptr,
          [&](Expected<std::unique_ptr<Summary>> Unit) {
            // Skip destructors: the child must not touch the parent's state.
            _exit(writeAnswer(Pipe, std::move(Unit), Costs) ? 0 : 3);
          });
  _exit(3);
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

/// Extracts units in child processes, so that a crash affects one unit only.
class Extraction {
public:
  Extraction(ArrayRef<ExtractionJob> Jobs, const ExtractOptions &Options)
      : Jobs(Jobs), Options(Options), Cached(Options.Cache),
        Refresh(Options.Cache), Slots(std::max(1u, Options.Jobs)),
        Results(Jobs.size()), Entries(Jobs.size()) {}

  std::vector<Extracted> run() {
    const std::vector<size_t> Missing = lookUp();
    Modules = std::make_unique<BuiltModules>(Jobs, Missing, Options.Jobs);
    Progress Shown(Missing.size(), Options.Quiet);
    group(Missing);
    for (size_t Next = 0; Next < Waiting.size() || !Running.empty();) {
      while (Next < Waiting.size()) {
        const bool HasSlot = Slots.tryAcquire();
        if (!HasSlot && !Running.empty())
          break;
        // A copy: units that fail together are appended to the list.
        const std::vector<size_t> Together = Waiting[Next++];
        if (!start(Together, HasSlot))
          for ([[maybe_unused]] size_t Job : Together)
            Shown.step();
      }
      if (!Running.empty() && !receive(Shown, Next < Waiting.size()))
        break;
    }
    if (Cached.isOn() && !Missing.empty()) {
      keepTexts();
      saveCosts(Options.Cache, Jobs, Results);
      Cached.prune(Options.CacheBytes);
    }
    return std::move(Results);
  }

private:
  /// Takes results from the cache. Returns the remaining units in working
  /// order.
  std::vector<size_t> lookUp() {
    std::vector<size_t> Missing;
    for (size_t I = 0; I < Jobs.size(); ++I) {
      if (Cached.isOn()) {
        Entries[I] = Cached.pathOf(Jobs[I]);
        const bool MayRefresh = Options.Shortcuts && !Jobs[I].IsModuleUser;
        Results[I].Shard = Cached.find(Entries[I], Jobs[I].Root,
                                       MayRefresh ? &Refresh : nullptr);
        Results[I].FromCache = Results[I].Shard != nullptr;
      }
      if (!Results[I].Shard)
        Missing.push_back(I);
    }
    Cached.save();
    if (!Cached.isOn() || Missing.empty())
      return Missing;
    // The most expensive first, so that none of them runs alone at the end.
    StringMap<unsigned> Costs = pastCosts(Options.Cache);
    llvm::stable_sort(Missing, [&](size_t A, size_t B) {
      return Costs.lookup(costKey(Jobs[A])) > Costs.lookup(costKey(Jobs[B]));
    });
    return Missing;
  }

  /// Groups units that may share a parse. Groups start first, since they take
  /// longest.
  void group(ArrayRef<size_t> Missing) {
    std::map<std::string, std::vector<size_t>> Groups;
    std::vector<size_t> Alone;
    for (size_t Job : Missing) {
      std::string Key =
          Options.Shortcuts ? sharingKey(Jobs[Job]) : std::string();
      if (Key.empty())
        Alone.push_back(Job);
      else
        Groups[Key].push_back(Job);
    }
    for (auto &[Key, Group] : Groups) {
      // Neighbouring files include the same headers.
      llvm::sort(Group);
      const size_t Parts = partsOf(Group.size());
      for (size_t Part = 0; Part < Parts; ++Part)
        Waiting.emplace_back(Group.begin() + Group.size() * Part / Parts,
                             Group.begin() + Group.size() * (Part + 1) / Parts);
    }
    for (size_t Job : Alone)
      Waiting.push_back({Job});
  }

  /// The number of processes for \p Units of one command. Each scans its units
  /// one after the other and parses their shared headers, while the others
  /// would wait.
  size_t partsOf(size_t Units) const {
    constexpr size_t Most = 48, Least = 16; // In one part.
    const size_t Few = (Units + Most - 1) / Most;
    return std::max(Few, std::min<size_t>(Options.Jobs, Units / Least));
  }

  /// Starts a child for \p Together. Returns false if that is impossible.
  bool start(ArrayRef<size_t> Together, bool HasSlot) {
    std::vector<Answer> Awaited;
    std::vector<int> Ends; // The child's ends.
    auto Child = std::make_shared<corolint::Child>();
    Child->Waiting = Together.size();
    Child->HasSlot = HasSlot;
    auto Fail = [&](const char *What) {
      const std::string Why = std::strerror(errno);
      for (const Answer &A : Awaited)
        close(A.Pipe);
      for (int End : Ends)
        close(End);
      for (size_t Job : Together)
        Results[Job].Error = std::string("cannot ") + What + ": " + Why;
      if (HasSlot)
        Slots.release();
      return false;
    };
    for (size_t Job : Together) {
      int Pipe[2];
      if (pipe(Pipe) != 0)
        return Fail("make a pipe");
      Ends.push_back(Pipe[1]);
      Answer A;
      A.Pipe = Pipe[0];
      A.Job = Job;
      A.From = Child;
      A.Shared = Together.size() > 1;
      A.Start = Clock::now();
      Awaited.push_back(std::move(A));
    }
    outs().flush();
    errs().flush();
    Child->Process = fork();
    if (Child->Process == 0) {
      for (const Answer &A : Awaited)
        close(A.Pipe);
      for (const Answer &Other : Running)
        close(Other.Pipe);
      if (Together.size() == 1)
        runChild(Modules->withModules(Jobs[Together.front()]), Ends.front(),
                 Options);
      std::vector<const ExtractionJob *> Mine;
      for (size_t Job : Together)
        Mine.push_back(&Jobs[Job]);
      extractTogether(Mine, Ends, Slots, Options.Profile);
    }
    if (Child->Process < 0)
      return Fail("start a process");
    for (int End : Ends)
      close(End);
    for (Answer &A : Awaited)
      Running.push_back(std::move(A));
    return true;
  }

  /// Waits until a child sends data or ends, or, if more could start, for a
  /// slot.
  bool receive(Progress &Shown, bool WantsSlot) {
    std::vector<pollfd> Watched;
    for (const Answer &A : Running)
      Watched.push_back({A.Pipe, POLLIN, 0});
    if (WantsSlot && Slots.isOpen())
      Watched.push_back({Slots.descriptor(), POLLIN, 0});
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
      if (finish(Running[I]))
        Shown.step();
      Running.erase(Running.begin() + I);
    }
    return true;
  }

  /// Called when all data of \p A has arrived. Returns false if its unit is
  /// queued for extraction on its own.
  bool finish(const Answer &A) {
    close(A.Pipe);
    int Status = 0;
    if (--A.From->Waiting == 0) {
      while (waitpid(A.From->Process, &Status, 0) < 0 && errno == EINTR)
        ;
      if (A.From->HasSlot)
        Slots.release();
    }
    Extracted &Result = Results[A.Job];
    Result.Milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(
                              Clock::now() - A.Start)
                              .count();
    const std::string &File = Jobs[A.Job].File;
    StringRef Text = A.Received;
    if (A.Shared) {
      SharedStatus Told;
      if (Text.size() < sizeof(Told)) {
        Waiting.push_back({A.Job});
        return false;
      }
      std::memcpy(&Told, Text.end() - sizeof(Told), sizeof(Told));
      Text = Text.drop_back(sizeof(Told));
      Result.Common = Told.Common;
      Result.Milliseconds = Told.Milliseconds;
      if (Told.Status != 0) {
        Result.Repeated = true;
        Waiting.push_back({A.Job});
        return false;
      }
    } else if (!WIFEXITED(Status) || WEXITSTATUS(Status) != 0) {
      Result.Error = describeStatus(Status, File);
      return true;
    }
    if (Text.size() > sizeof(Result.Costs)) {
      std::memcpy(&Result.Costs, Text.end() - sizeof(Result.Costs),
                  sizeof(Result.Costs));
      Text = Text.drop_back(sizeof(Result.Costs));
    }
    if (Text.consume_front("E")) {
      Result.Error = Text.str();
    } else if (Text.consume_front("S")) {
      const StringRef Shard = Text.take_front(sizeOfSealed(Text));
      Result.Shard = MemoryBuffer::getMemBufferCopy(Shard, File);
      keep(A.Job, Shard, Text.drop_front(Shard.size()));
    } else {
      Result.Error = "the analysis of '" + File + "' said nothing";
    }
    return true;
  }

  void keep(size_t Job, StringRef Shard, StringRef Words) {
    if (!Cached.isOn() || CacheBroken)
      return;
    if (Error E = writeFileAtomically(Entries[Job], Shard)) {
      errs() << "corolint: warning: no cache: " << toString(std::move(E))
             << "; name another with --cache\n";
      CacheBroken = true;
      return;
    }
    Cached.keepWords(Entries[Job], Words);
  }

  /// Keeps the texts of the files that new units have read.
  void keepTexts() {
    for (size_t I = 0; I < Jobs.size(); ++I) {
      if (!Results[I].Shard || Results[I].FromCache)
        continue;
      auto Unit = readShard(*Results[I].Shard);
      if (Unit)
        Refresh.keepTexts(**Unit, Jobs[I].Root);
      else
        consumeError(Unit.takeError());
    }
  }

  ArrayRef<ExtractionJob> Jobs;
  const ExtractOptions &Options;
  Cache Cached;
  UnitRefresh Refresh;
  JobSlots Slots;
  std::unique_ptr<BuiltModules> Modules; ///< Imported by the missing units.
  bool CacheBroken = false;
  std::vector<Extracted> Results;
  std::vector<std::string> Entries; ///< Files of the cache.
  /// The groups to start, in this order: units that belong together, or one
  /// unit.
  std::vector<std::vector<size_t>> Waiting;
  std::vector<Answer> Running;
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
  // Threads pay off only if there is much to unpack.
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
    // The header distinguishes the two formats.
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

/// Prints the compiler's errors, each once, with the units in which it
/// occurred.
static bool reportErrors(const Program &Linked, raw_ostream &Out) {
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
    Out << S.Text << '\n';
    if (S.Through.empty())
      continue;
    Out << S.Through << ": note: read by this unit";
    if (S.Others)
      Out << ", and by " << S.Others << " more with the same error";
    Out << '\n';
  }
  return !All.empty();
}

bool reportTroubles(const Program &Linked, raw_ostream &Out) {
  const bool Any = reportErrors(Linked, Out);
  StringMap<unsigned> Dropped;
  for (const auto &Unit : Linked.units())
    for (StringId Flag : Unit->Dropped)
      ++Dropped[Unit->Strings[Flag]];
  if (!Dropped.empty()) {
    std::map<StringRef, unsigned> Sorted;
    for (const auto &Entry : Dropped)
      Sorted[Entry.getKey()] = Entry.getValue();
    Out << "corolint: note: flags that Clang lacks were dropped:";
    for (const auto &[Flag, Count] : Sorted)
      Out << ' ' << Flag;
    Out << '\n';
  }
  return Any;
}

} // namespace corolint
