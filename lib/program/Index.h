//===-- Index.h - Effects of a whole program, in a file ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An index is read where it lies: mapped, checked once, and looked up by a hash
// of the USR, without parsing. It holds every function that has an effect, how it
// comes by it, the files it stands for, and, behind all that, the shards it was
// linked from, so that indexes can be linked further.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_INDEX_H
#define COROLINT_PROGRAM_INDEX_H

#include "program/Summary.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>
#include <optional>

namespace corolint {

namespace disk {
using Number = llvm::support::ulittle32_t;
using Wide = llvm::support::ulittle64_t;

struct Point {
  Number File, Line, Column;
};

struct Function {
  Wide High, Low; ///< Its key; zero if no other unit can call it.
  Number Effects; ///< All it has.
  Number Passing; ///< What callers get of these.
  Number FirstOrigin; ///< One for each effect, lowest bit first.
  Number Name, Qualified;
  Number Reserved;
};

struct Origin {
  Number Next; ///< Function; None: a primitive.
  Point Where; ///< Of the call.
  /// Of a primitive: its name (empty: the function itself), what the last note
  /// says and where, the reason.
  Number Callee, Qualified, Message, Reason;
  Point Note;
};

struct File {
  Wide Hash;
  Number Path, Reserved;
};

struct Header {
  Number NumKeyed;     ///< The first functions, sorted by key.
  Number NumFunctions;
  Number DirectoryBits;
  Number NumOrigins, NumStrings, NumFiles, NumShards, Reserved;
};
} // namespace disk

/// A step of a witness.
struct IndexStep {
  std::string Message, File, Callee;
  unsigned Line = 0, Column = 0;
};

/// A mapped index. Lookups are thread-safe.
class ProgramIndex {
public:
  /// Maps and checks the file. Errors name it and a remedy.
  static llvm::Expected<std::unique_ptr<ProgramIndex>>
  open(llvm::StringRef Path);

  /// Null if it has no effect that the program's units know.
  const disk::Function *find(FunctionKey Key) const;

  /// Of calling a virtual function, whatever overrides it.
  static FunctionKey dispatched(FunctionKey Key);

  /// How \p Function comes by \p Effect (one bit), and the kind of blocking.
  std::vector<IndexStep> witness(const disk::Function &Function,
                                 EffectSet Effect, std::string &Reason) const;

  /// What is wrong if a file has changed since it was extracted, or is not here.
  std::optional<std::string> staleness() const;

  /// The shards that were linked.
  std::vector<llvm::MemoryBufferRef> shards() const { return Shards; }

  unsigned numFunctions() const { return Head->NumFunctions; }
  llvm::StringRef string(uint32_t Id) const;

private:
  ProgramIndex() = default;
  bool connect(llvm::StringRef Payload, llvm::StringRef Rest);

  std::string Path;
  std::unique_ptr<llvm::MemoryBuffer> Buffer;
  const disk::Header *Head = nullptr;
  const disk::Function *Functions = nullptr;
  const disk::Number *Directory = nullptr;
  const disk::Origin *Origins = nullptr;
  const disk::File *Files = nullptr;
  const disk::Number *StringEnds = nullptr;
  llvm::StringRef Text;
  std::vector<llvm::MemoryBufferRef> Shards;
};

} // namespace corolint

#endif // COROLINT_PROGRAM_INDEX_H
