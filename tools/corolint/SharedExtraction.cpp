//===-- SharedExtraction.cpp - Extracts units in one parse ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SharedExtraction.h"
#include "IncludeScan.h"
#include "Preambles.h"
#include "program/Shard.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cerrno>
#include <chrono>
#include <sys/wait.h>
#include <unistd.h>

using namespace llvm;

namespace corolint {

using Clock = std::chrono::steady_clock;

std::string sharingKey(const ExtractionJob &Job) {
  const bool IsCxx = StringSwitch<bool>(sys::path::extension(Job.File))
                         .Case(".cpp", true)
                         .Case(".cc", true)
                         .Case(".cxx", true)
                         .Case(".C", true)
                         .Case(".c++", true)
                         .Default(false);
  const std::optional<StringRef> File = Job.fileArgument();
  if (!IsCxx || !File || Job.IsModuleUser)
    return {};
  std::string Key = Job.Directory;
  for (StringRef Argument : Job.Command) {
    // The content of a module is not in the text.
    if (Argument.starts_with("-fmodule"))
      return {};
    Key += '\0';
    Key += Argument == *File ? "<file>" : Argument;
  }
  return Key;
}

static bool writeAll(int Pipe, StringRef Rest) {
  while (!Rest.empty()) {
    const ssize_t Count = write(Pipe, Rest.data(), Rest.size());
    if (Count < 0 && errno == EINTR)
      continue;
    if (Count <= 0)
      return false;
    Rest = Rest.drop_front(Count);
  }
  return true;
}

bool writeAnswer(int Pipe, Expected<std::unique_ptr<Summary>> Unit,
                 UnitCosts &Costs) {
  std::string Text = Unit ? "S" + writeShard(**Unit) + (*Unit)->Words
                          : "E" + toString(Unit.takeError());
  Costs.Steps.end();
  Costs.notePeak();
  Text.append(reinterpret_cast<const char *>(&Costs), sizeof(Costs));
  return writeAll(Pipe, Text);
}

namespace {

/// The units of one preamble, and the processes that extract them.
class Branches {
public:
  /// \p Before is the cost of finding them. If timed, answers include the cost
  /// of each step.
  Branches(ArrayRef<const ExtractionJob *> Jobs, ArrayRef<int> Pipes,
           const Preamble &Shared, JobSlots &Slots, const StepTimes &Before,
           bool Timed)
      : Pipes(Pipes), Units(Shared.Units), Slots(Slots) {
    Costs.Steps = Before;
    if (Timed)
      Parse.Costs = &Costs;
    Parse.Preamble = Shared.Text;
    for (unsigned Unit : Units)
      Parse.Jobs.push_back(Jobs[Unit]);
    Parse.Branch = [this] { return branch(); };
    Parse.Receive = [this](auto Unit) { receive(std::move(Unit)); };
    // The process that waits for this one receives the status.
    Parse.GiveUp = [] { _exit(LeftAlone); };
  }

  /// Parses, forks, and ends this process and each child.
  [[noreturn]] void run() {
    CrashRecoveryContext::Enable();
    extractShared(Parse);
    _exit(LeftAlone); // Nothing was received.
  }

private:
  static constexpr int LeftAlone = 4, BrokenPipe = 3; ///< Exit statuses.

  struct Branch {
    pid_t Process = -1;
    size_t Unit = 0; ///< Index of `Units`.
    Clock::time_point Start;
  };

  [[noreturn]] void receive(Expected<std::unique_ptr<Summary>> Unit) {
    // Skip destructors: the child must not touch the parent's state.
    const bool Sent = writeAnswer(Pipes[Units[Mine]], std::move(Unit), Costs);
    _exit(Sent ? 0 : BrokenPipe);
  }

  /// Returns only in the process of each unit.
  size_t branch() {
    Costs.Steps.end();
    Common = Costs.Steps;
    Costs = UnitCosts();
    Costs.Shared = true;
    for (size_t Next = 0; Next < Units.size(); ++Next) {
      // The first child uses the slot of this process, which waits.
      while (!Running.empty() && !Slots.tryAcquire())
        finishOne();
      const Clock::time_point Start = Clock::now();
      const pid_t Process = fork();
      if (Process == 0) {
        for (size_t I = 0; I < Units.size(); ++I)
          if (I != Next)
            close(Pipes[Units[I]]);
        return Mine = Next;
      }
      if (Process > 0)
        Running.push_back({Process, Next, Start});
      else if (!Running.empty())
        Slots.release();
    }
    while (!Running.empty())
      finishOne();
    _exit(0);
  }

  /// Waits for some child to end, and passes its status on.
  void finishOne() {
    SharedStatus Result;
    pid_t Process;
    do
      Process = waitpid(-1, &Result.Status, 0);
    while (Process < 0 && errno == EINTR);
    auto It = llvm::find_if(
        Running, [&](const Branch &B) { return B.Process == Process; });
    if (It == Running.end())
      _exit(BrokenPipe);
    Result.Milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(
                              Clock::now() - It->Start)
                              .count();
    Result.Common = std::exchange(Common, StepTimes());
    const int Pipe = Pipes[Units[It->Unit]];
    if (!writeAll(Pipe, StringRef(reinterpret_cast<const char *>(&Result),
                                  sizeof(Result))))
      _exit(BrokenPipe); // The reader is gone.
    close(Pipe);
    Running.erase(It);
    if (!Running.empty())
      Slots.release();
  }

  ArrayRef<int> Pipes;
  ArrayRef<unsigned> Units;
  JobSlots &Slots;
  SharedParse Parse;
  std::vector<Branch> Running;
  UnitCosts Costs;  ///< Of the preamble; in a child, of its unit.
  StepTimes Common; ///< Of the preamble, until sent with one unit's status.
  size_t Mine = 0;  ///< In a child: its unit.
};

} // namespace

void extractTogether(ArrayRef<const ExtractionJob *> Jobs, ArrayRef<int> Pipes,
                     JobSlots &Slots, bool Timed) {
  if (sys::fs::set_current_path(Jobs.front()->Directory))
    _exit(0);         // Each unit reports the error itself.
  StepTimes Scanning; // Sent with the first unit of some preamble.
  Scanning.begin(Step::Scan);
  std::vector<Preamble> Preambles;
  {
    IncludeScanner Scanner;
    std::vector<std::optional<UnitIncludes>> Units;
    for (const ExtractionJob *Job : Jobs)
      Units.push_back(Scanner.scan(*Job));
    Preambles = findPreambles(Units, Scanner.headers());
  }
  Scanning.end();
  BitVector Grouped(Jobs.size());
  for (const Preamble &Each : Preambles)
    for (unsigned Unit : Each.Units)
      Grouped.set(Unit);
  for (unsigned Unit = 0; Unit < Jobs.size(); ++Unit)
    if (!Grouped.test(Unit))
      close(Pipes[Unit]);
  for (const Preamble &Each : Preambles) {
    const pid_t Process = fork();
    if (Process == 0) {
      // The answers of other preambles must not depend on this process.
      for (const Preamble &Other : Preambles)
        if (&Other != &Each)
          for (unsigned Unit : Other.Units)
            close(Pipes[Unit]);
      Branches(Jobs, Pipes, Each, Slots, Scanning, Timed).run();
    }
    Scanning = StepTimes();
    for (unsigned Unit : Each.Units)
      close(Pipes[Unit]);
    while (Process > 0 && waitpid(Process, nullptr, 0) < 0 && errno == EINTR)
      ;
  }
  _exit(0);
}

} // namespace corolint
