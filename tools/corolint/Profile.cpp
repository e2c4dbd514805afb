//===-- Profile.cpp - The time that each step takes -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Profile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <sys/resource.h>

using namespace llvm;

namespace corolint {

static constexpr std::array<llvm::StringLiteral, StepTimes::NumSteps>
    StepNames = {"database and cache",    "scan of includes",
                 "shared headers",        "parse of units",
                 "instantiation",         "analysis",
                 "writing of summaries",  "link",
                 "findings across units", "report"};

double StepTimes::processTime() const {
  double Sum = 0;
  for (const TimeRecord &Time : Times)
    Sum += Time.getProcessTime();
  return Sum;
}

void UnitCosts::notePeak() {
  rusage Usage;
  // The field is in kilobytes (getrusage(2)).
  if (getrusage(RUSAGE_SELF, &Usage) == 0)
    PeakBytes = uint64_t(Usage.ru_maxrss) << 10;
}

/// The processor time of this process and of all children that have ended.
static double processTimeOfAll() {
  double Sum = 0;
  for (int Who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage Usage;
    if (getrusage(Who, &Usage) != 0)
      continue;
    for (const timeval &Time : {Usage.ru_utime, Usage.ru_stime})
      Sum += double(Time.tv_sec) + double(Time.tv_usec) * 1e-6;
  }
  return Sum;
}

void Profile::print(raw_ostream &Out) const {
  StepTimes Sum = Steps;
  uint64_t Peak = 0;
  std::vector<std::pair<double, StringRef>> Dearest;
  size_t NumShared = 0, NumInstantiated = 0, NumLeftOut = 0;
  for (const auto &[Name, Costs] : Units) {
    NumShared += Costs.Shared;
    NumInstantiated += Costs.NumInstantiated;
    NumLeftOut += Costs.NumLeftOut;
    Sum += Costs.Steps;
    Peak = std::max(Peak, Costs.PeakBytes);
    Dearest.emplace_back(Costs.Steps.processTime(), Name);
  }
  const double Total = processTimeOfAll();
  auto Row = [&](double Seconds, StringRef Name) {
    Out << format("  %9.2f s %5.1f %%  ", Seconds,
                  Total > 0 ? 100 * Seconds / Total : 0)
        << Name << '\n';
  };
  Out << "corolint: processor time by step\n";
  for (size_t I = 0; I < StepTimes::NumSteps; ++I)
    Row(Sum[Step(I)].getProcessTime(), StepNames[I]);
  Row(std::max(0.0, Total - Sum.processTime()),
      "processes, and parses that were given up");
  Row(Total, "all");
  if (Units.empty())
    return;
  constexpr size_t Most = 10;
  llvm::sort(Dearest, std::greater<>());
  Dearest.resize(std::min(Dearest.size(), Most));
  Out << "corolint: the most expensive of " << Units.size() << " units\n";
  for (const auto &[Seconds, Name] : Dearest)
    Row(Seconds, Name);
  Out << "corolint: " << NumShared << " of " << Units.size()
      << " units shared the parse of their headers";
  if (NumRepeated)
    Out << "; " << NumRepeated << " could not, and were parsed again";
  Out << "\ncorolint: " << NumLeftOut << " of " << NumLeftOut + NumInstantiated
      << " function templates were not instantiated: no check looks inside"
      << "\ncorolint: the largest process had " << (Peak >> 20)
      << " MB of memory\n";
}

} // namespace corolint
