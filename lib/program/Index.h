//===-- Index.h - The effects of a whole program, in a file -----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An index is mapped into memory, checked once, and looked up by the hash of a
// USR, without parsing. It contains every function that has an effect, the way
// to the cause of the effect, and the files it was made from. The shards that
// were linked follow, so that indexes can be linked again.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_INDEX_H
#define COROLINT_PROGRAM_INDEX_H

#include "effect/ExternalWitness.h"
#include "program/Summary.h"
#include "llvm/ADT/ArrayRef.h"
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
  Wide High, Low;       ///< Its key; zero if no other unit can call it.
  Wide Invokes;         ///< The parameters it calls, as bits.
  Number Effects;       ///< All its effects.
  Number Passing;       ///< The effects that callers get.
  Number FirstDistance; ///< One for each effect, lowest bit first.
  Number FirstWay;      ///< Up to that of the next function.
  Number Name, Qualified;
};

/// A way out of a function by which it gets effects.
struct Way {
  Number Target; ///< Function; NoIndex: a primitive.
  Number Effects;
  Point Where; ///< Of the call; line 0: from a virtual function to an override.
               ///< Of a primitive, only `File`: its number.
};

struct Cause {
  Point Where;
  Number Callee; ///< Its name; empty: the function itself.
  Number Qualified;
  Number Message, Arguments[4]; ///< The last note.
  Number Reason;
  Point Note; ///< Where the last note is.
};

/// A context in which a function runs because some unit passes it there, or in
/// which one of its parameters runs callables.
struct Context {
  Wide High, Low;   ///< The function's key.
  Number Parameter; ///< NoIndex: the function itself.
  Number Kind;      ///< A ContextKind.
  Point Where;
  Number Reserved;
};

struct File {
  Wide Hash;
  Number Path, Reserved;
};

struct Header {
  Number NumKeyed; ///< The first functions, sorted by key.
  Number NumFunctions;
  Number DirectoryBits;
  Number NumDistances, NumWays, NumCauses, NumContexts;
  Number NumStrings, NumFiles, NumShards;
};
} // namespace disk

/// A mapped index. Lookups are thread-safe.
class ProgramIndex {
public:
  /// Maps and checks the file. Errors name it and a remedy.
  static llvm::Expected<std::unique_ptr<ProgramIndex>>
  open(llvm::StringRef Path);

  /// The entry of the function, or null if it has no effect that the program's
  /// units show.
  const disk::Function *find(FunctionKey Key) const;

  /// The key of a virtual call of the function, which includes overrides.
  static FunctionKey dispatched(FunctionKey Key);

  /// How \p Function gets one of \p Wanted, without passing through a function
  /// that \p Avoid names.
  ExternalWitness witness(const disk::Function &Function, EffectSet Wanted,
                          llvm::ArrayRef<llvm::StringRef> Avoid = {}) const;

  /// The contexts of a function and of its parameters.
  llvm::ArrayRef<disk::Context> contexts(FunctionKey Key) const;

  /// Finds the root of the tree that the index describes: above \p SourceFile,
  /// or above the index itself. Not thread-safe.
  void findRoot(llvm::StringRef SourceFile);
  llvm::StringRef root() const { return Root; }

  /// The path of file number \p Id, absolute if the root is known.
  std::string pathOf(uint32_t Id) const;

  /// Describes the problem if a file has changed since it was extracted, or
  /// does not exist here.
  std::optional<std::string> staleness() const;

  /// The shards that were linked.
  std::vector<llvm::MemoryBufferRef> shards() const { return Shards; }

  unsigned numFunctions() const { return Head->NumFunctions; }
  llvm::StringRef string(uint32_t Id) const;

private:
  ProgramIndex() = default;
  bool connect(llvm::StringRef Payload, llvm::StringRef Rest);

  struct Graph;

  std::string Path, Root;
  std::unique_ptr<llvm::MemoryBuffer> Buffer;
  const disk::Header *Head = nullptr;
  const disk::Function *Functions = nullptr;
  const disk::Number *Directory = nullptr;
  const disk::Way *Ways = nullptr;
  const disk::Cause *Causes = nullptr;
  const disk::Context *Contexts = nullptr;
  const disk::File *Files = nullptr;
  const llvm::support::ulittle16_t *Distances = nullptr;
  const disk::Number *StringEnds = nullptr;
  llvm::StringRef Text;
  std::vector<llvm::MemoryBufferRef> Shards;
};

} // namespace corolint

#endif // COROLINT_PROGRAM_INDEX_H
