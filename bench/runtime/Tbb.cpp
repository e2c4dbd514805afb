//===-- Tbb.cpp - The benchmarks of the pool, on oneTBB -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Peak.h"
#include <benchmark/benchmark.h>
#include <tbb/parallel_invoke.h>
#include <tbb/parallel_reduce.h>
#include <tbb/task_group.h>

using benchmark::State;

namespace {

long fib(int N) {
  if (N < 2)
    return N;
  long A, B;
  tbb::task_group Group;
  Group.run([&] { A = fib(N - 1); });
  B = fib(N - 2);
  Group.wait();
  return A + B;
}
void fib30(State &S) {
  for (auto _ : S)
    if (fib(30) != 832040)
      S.SkipWithError("wrong");
}
BENCHMARK(fib30)->Unit(benchmark::kMillisecond)->UseRealTime();

long skynet(long From, long Size) {
  if (Size == 1)
    return From;
  long Parts[10];
  const long Step = Size / 10;
  tbb::task_group Group;
  for (int I = 1; I != 10; ++I)
    Group.run([&, I] { Parts[I] = skynet(From + I * Step, Step); });
  Parts[0] = skynet(From, Step);
  Group.wait();
  long Sum = 0;
  for (long Part : Parts)
    Sum += Part;
  return Sum;
}
void skynet100000(State &S) {
  for (auto _ : S)
    if (skynet(0, 100'000) != 4999950000)
      S.SkipWithError("wrong");
}
BENCHMARK(skynet100000)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace

BENCHMARK_MAIN();
