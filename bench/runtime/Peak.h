//===-- Peak.h - Prints the peak memory at exit -----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The peak that `getrusage` returns for a child starts at its parent's memory;
// the kernel's VmHWM starts at `execve`.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_BENCH_PEAK_H
#define COROLINT_BENCH_PEAK_H

#include <cstdio>
#include <cstring>

namespace {

/// Prints "peak KiB: N" to stderr when the program ends.
const struct PrintPeak {
  ~PrintPeak() {
    std::FILE *Status = std::fopen("/proc/self/status", "r");
    if (!Status)
      return;
    char Line[256];
    while (std::fgets(Line, sizeof(Line), Status))
      if (std::strncmp(Line, "VmHWM:", 6) == 0)
        std::fprintf(stderr, "peak KiB: %s", Line + 6);
    std::fclose(Status);
  }
} AtExit;

} // namespace

#endif // COROLINT_BENCH_PEAK_H
