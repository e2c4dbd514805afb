//===-- Profile.h - The time that each step takes ---------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Records times by step. Each process measures its own steps; the driver adds
// the times that its children send, and `--profile` prints the sum.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_PROFILE_H
#define COROLINT_TOOLS_PROFILE_H

#include "llvm/Support/Timer.h"
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace corolint {

/// The steps of a run, in their order.
enum class Step : unsigned char {
  LookUp,      ///< The database and the cache are read.
  Scan,        ///< The directives of units are read, to find shared headers.
  Preamble,    ///< Shared headers are parsed.
  Parse,       ///< A unit is parsed.
  Instantiate, ///< Clang instantiates templates at the end of the unit.
  Analyse,     ///< The analysis and the checks of one unit.
  Write,       ///< A unit's summary is written.
  Link,        ///< Summaries are read and joined.
  Judge,       ///< Findings across units are computed.
  Report,      ///< Findings are printed.
};

/// The time that each step took. Trivially copyable: children send it as bytes.
/// Not thread-safe.
class StepTimes {
public:
  static constexpr size_t NumSteps = size_t(Step::Report) + 1;

  /// Ends the current step, if any, and begins \p Next.
  void begin(Step Next) { beginAt(Next, llvm::TimeRecord::getCurrentTime()); }

  /// Ends the current step.
  void end() { endAt(llvm::TimeRecord::getCurrentTime()); }

  /// Ends the current step at \p When, which is in the past, and begins \p Next
  /// then.
  void beginAt(Step Next, const llvm::TimeRecord &When) {
    endAt(When);
    Current = Next;
    Since = When;
  }

  void operator+=(const StepTimes &Other) {
    for (size_t I = 0; I < NumSteps; ++I)
      Times[I] += Other.Times[I];
  }

  const llvm::TimeRecord &operator[](Step S) const { return Times[size_t(S)]; }

  /// Processor time of all steps, in seconds.
  double processTime() const;

private:
  void endAt(const llvm::TimeRecord &When) {
    if (Current == NoStep)
      return;
    llvm::TimeRecord Passed = When;
    Passed -= Since;
    Times[size_t(Current)] += Passed;
    Current = NoStep;
  }

  static constexpr Step NoStep = Step(NumSteps);

  std::array<llvm::TimeRecord, NumSteps> Times;
  Step Current = NoStep;
  llvm::TimeRecord Since;
};

/// The cost of extracting one unit.
struct UnitCosts {
  StepTimes Steps;
  uint64_t PeakBytes = 0; ///< The peak memory of its process.
  bool Shared = false;    ///< Its headers were parsed for other units, too.
  uint32_t NumInstantiated = 0; ///< Functions, as far as they were referenced.
  uint32_t NumLeftOut = 0; ///< Functions not instantiated: nobody looks inside.

  /// Records this process's peak so far.
  void notePeak();
};

/// The costs of a whole run.
struct Profile {
  StepTimes Steps; ///< In the driver's own process.
  /// For each extracted unit, with its name.
  std::vector<std::pair<std::string, UnitCosts>> Units;
  /// The number of units whose shared parse failed and that were then parsed
  /// alone.
  unsigned NumRepeated = 0;

  /// Prints the times by step, the most expensive units and the memory.
  void print(llvm::raw_ostream &Out) const;
};

} // namespace corolint

#endif // COROLINT_TOOLS_PROFILE_H
