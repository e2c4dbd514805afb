//===-- LinkBench.cpp - Measures linking and index look-ups ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// LinkBench write FUNCTIONS CALLS UNITS DIRECTORY: writes shards of a synthetic
// program.
// LinkBench lookup INDEX: prints the nanoseconds of one look-up.
//
//===----------------------------------------------------------------------===//

#include "program/Index.h"
#include "program/Shard.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>
#include <random>

using namespace llvm;
using namespace corolint;

static std::string nameOf(uint32_t Number) {
  return "program::module" + std::to_string(Number % 97) + "::function" +
         std::to_string(Number);
}

static FunctionKey keyOf(uint32_t Number) {
  return FunctionKey::of("c:@N@program@F@function" + std::to_string(Number) +
                         "#");
}

/// As in real programs, most calls are to neighbours and some to any function.
/// One function in five hundred sleeps.
static int write(uint32_t Functions, uint32_t Calls, uint32_t Units,
                 StringRef Directory) {
  std::mt19937 Random(1);
  if (sys::fs::create_directories(Directory))
    return 2;
  const uint32_t PerUnit = Functions / Units, CallsEach = Calls / Functions;
  for (uint32_t U = 0; U < Units; ++U) {
    Summary S;
    StringTable Strings(S.Strings);
    S.Unit = "/program/unit" + std::to_string(U) + ".cpp";
    S.Made = "bench";
    const StringId File = Strings.id(S.Unit);
    DenseMap<uint32_t, uint32_t> Ids;
    auto Function = [&](uint32_t Number) {
      auto [It, Inserted] = Ids.try_emplace(Number, S.Functions.size());
      if (Inserted) {
        FunctionRecord R;
        R.Key = keyOf(Number);
        R.Qualified = Strings.id(nameOf(Number));
        R.Name = Strings.id("function" + std::to_string(Number));
        R.Where = {File, Number % 5000 + 1, 1};
        S.Functions.push_back(R);
      }
      return It->second;
    };
    for (uint32_t I = 0; I < PerUnit; ++I) {
      const uint32_t Number = U * PerUnit + I;
      const uint32_t Own = Function(Number);
      FunctionRecord R = S.Functions[Own];
      R.Defined = true;
      R.Passing = Number % 40 == 7 ? 0 : AllEffects; // Coroutines.
      R.FirstCause = S.Causes.size();
      if (Number % 500 == 3) {
        CauseRecord C;
        C.Effect = bit(BlockKind::Sleep);
        C.Where = C.Note = {File, Number % 5000 + 2, 3};
        C.Callee = C.Qualified = Strings.id("sleep");
        C.What = {
            Strings.id("Blocks"),
            {Strings.id("sleep"), Strings.id("posix"), Strings.id("sleep")}};
        C.Reason = Strings.id("sleep");
        S.Causes.push_back(C);
        R.NumCauses = 1;
      }
      R.FirstCall = S.Calls.size();
      for (uint32_t C = 0; C < CallsEach; ++C) {
        uint32_t Callee =
            Random() % 4 ? Number + Random() % 64 : Random() % Functions;
        S.Calls.push_back({Function(Callee % Functions),
                           AllEffects,
                           {File, Number % 5000 + 3 + C, 5}});
      }
      R.NumCalls = CallsEach;
      S.Functions[Own] = R;
    }
    const std::string Path =
        (Directory + "/" + std::to_string(U) + ".shard").str();
    if (Error E = writeFileAtomically(Path, writeShard(S))) {
      errs() << toString(std::move(E)) << '\n';
      return 2;
    }
  }
  return 0;
}

static int lookup(StringRef Path, uint32_t Functions) {
  auto Index = ProgramIndex::open(Path);
  if (!Index) {
    errs() << toString(Index.takeError()) << '\n';
    return 2;
  }
  std::mt19937 Random(2);
  std::vector<FunctionKey> Keys(1000000);
  for (FunctionKey &Key : Keys)
    Key = keyOf(Random() % Functions);
  uint64_t Found = 0;
  const auto Start = std::chrono::steady_clock::now();
  for (const FunctionKey &Key : Keys)
    if (const disk::Function *F = (*Index)->find(Key))
      Found += F->Passing != 0;
  const double Seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - Start)
          .count();
  outs() << format("%.1f %llu\n", Seconds * 1e9 / Keys.size(),
                   (unsigned long long)Found);
  return 0;
}

int main(int Argc, char **Argv) {
  auto Number = [&](int I) { return uint32_t(std::stoul(Argv[I])); };
  if (Argc == 6 && StringRef(Argv[1]) == "write")
    return write(Number(2), Number(3), Number(4), Argv[5]);
  if (Argc == 4 && StringRef(Argv[1]) == "lookup")
    return lookup(Argv[2], Number(3));
  errs() << "usage: LinkBench write FUNCTIONS CALLS UNITS DIRECTORY\n"
            "       LinkBench lookup INDEX FUNCTIONS\n";
  return 2;
}
