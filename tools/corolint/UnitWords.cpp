//===-- UnitWords.cpp - The identifiers of a unit -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnitWords.h"
#include "clang/Basic/IdentifierTable.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include <vector>

using namespace llvm;

namespace corolint {

static uint32_t hashOf(StringRef Word) {
  return uint32_t(xxh3_64bits(Word) & ((1u << 22) - 1));
}

/// Writes the number of hashes, and the distances between them.
static void writeHashes(std::vector<uint32_t> &Hashes, raw_ostream &Out) {
  llvm::sort(Hashes);
  Hashes.erase(llvm::unique(Hashes), Hashes.end());
  encodeULEB128(Hashes.size(), Out);
  uint32_t Last = 0;
  for (const uint32_t Hash : Hashes) {
    encodeULEB128(Hash - Last, Out);
    Last = Hash;
  }
}

std::string UnitWords::write(clang::Preprocessor &PP) {
  const clang::IdentifierTable &Table = PP.getIdentifierTable();
  if (Table.getExternalIdentifierLookup())
    return {};
  std::vector<uint32_t> All, Macros;
  All.reserve(Table.size());
  for (const auto &Entry : Table) {
    const uint32_t Hash = hashOf(Entry.getKey());
    All.push_back(Hash);
    if (Entry.getValue()->hadMacroDefinition())
      Macros.push_back(Hash);
  }
  std::string Result;
  raw_string_ostream Out(Result);
  writeHashes(All, Out);
  writeHashes(Macros, Out);
  return Result;
}

/// Reads what `writeHashes` wrote from the front of \p Bytes.
static bool readHashes(StringRef &Bytes, DenseSet<uint32_t> &Hashes) {
  const char *Wrong = nullptr;
  auto Number = [&] {
    unsigned Count = 0;
    const uint64_t Result =
        decodeULEB128(Bytes.bytes_begin(), &Count, Bytes.bytes_end(), &Wrong);
    if (!Wrong)
      Bytes = Bytes.drop_front(Count);
    return Result;
  };
  const uint64_t Count = Number();
  if (Wrong || Count > Bytes.size())
    return false;
  Hashes.reserve(Count);
  uint64_t Hash = 0;
  for (uint64_t I = 0; I < Count && !Wrong; ++I)
    Hashes.insert(uint32_t(Hash += Number()));
  return !Wrong;
}

UnitWords::UnitWords(StringRef Bytes) {
  IsKnown = !Bytes.empty() && readHashes(Bytes, All) &&
            readHashes(Bytes, Macros) && Bytes.empty();
}

bool UnitWords::mayContain(StringRef Word) const {
  return !IsKnown || All.contains(hashOf(Word));
}

bool UnitWords::mayBeMacro(StringRef Word) const {
  return !IsKnown || Macros.contains(hashOf(Word));
}

} // namespace corolint
