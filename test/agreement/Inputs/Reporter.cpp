//===-- Reporter.cpp - Writes what the contracts report into a file -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Linked into each program of the agreement test: before `main` begins, the
// contracts report, and threads are watched.
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/Contracts.h"
#include "corolint/rt/EventLoop.h"
#include <cstdio>
#include <cstdlib>

using namespace corolint::rt;

static void report(const Violation &V) {
  static std::FILE *const File =
      std::fopen(std::getenv("COROLINT_AGREEMENT_REPORT"), "ae");
  std::fprintf(File, "%s\t%s\t%u\n", V.Check, V.Where.File.c_str(),
               V.Where.Line);
  std::fflush(File);
  std::fputs((V.format() + "\n").c_str(), stderr);
  // Nothing would ever happen again.
  if (V.Kind == ViolationKind::Quiescence)
    EventLoop::current()->stop();
}

namespace {
struct Reporter {
  Reporter() {
    Contracts::set_handler(report);
    Contracts::set_mode(ContractMode::Report);
    // Programs stall for a second or more: what the scheduler of a busy machine
    // does to the others is shorter than the limits.
    WatchOptions Options;
    Options.Stall = std::chrono::milliseconds(300);
    Options.Starvation = std::chrono::milliseconds(300);
    // AddressSanitizer takes long to describe what it finds.
    if (!std::getenv("COROLINT_AGREEMENT_UNWATCHED"))
      Contracts::watch(Options);
  }
  ~Reporter() { Contracts::stop_watching(); }
} const TheReporter;
} // namespace
