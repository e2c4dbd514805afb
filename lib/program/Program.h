//===-- Program.h - All translation units together --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Joins summaries and lets effects flow back along the calls of the whole
// program, shortest way first. A virtual call reaches every override that some
// unit knows. The result does not depend on the order in which units come: they
// are sorted, and of a function that several units define, the first counts.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_PROGRAM_H
#define COROLINT_PROGRAM_PROGRAM_H

#include "program/Summary.h"
#include "report/Finding.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"
#include <memory>
#include <vector>

namespace corolint {

/// A file's content, piece by piece.
using Parts = std::vector<std::string>;

/// A linked program. Not thread-safe.
class Program {
public:
  /// Adds one unit. \p Shard holds the bytes it was read from, if an index is to
  /// be written; they must outlive the program.
  void add(std::unique_ptr<Summary> Unit, llvm::MemoryBufferRef Shard = {});

  /// Solves the effects of everything added. An error names two shards that
  /// contradict each other.
  llvm::Error link();

  /// What is wrong in the program, each finding once, sorted by place.
  std::vector<Finding> findings() const;

  /// The bytes of the index. The same units give the same bytes.
  Parts index() const;

  /// One function of the program.
  using FunctionId = uint32_t;
  std::vector<FunctionId> functionsNamed(llvm::StringRef Name) const;
  std::string qualifiedName(FunctionId Id) const;
  Location whereIs(FunctionId Id) const;
  bool isDefined(FunctionId Id) const;
  EffectSet effects(FunctionId Id) const { return Effects[Id]; }
  /// What its callers get of these.
  EffectSet passing(FunctionId Id) const { return Effects[Id] & Passing[Id]; }
  std::vector<Note> witness(FunctionId Id, EffectSet Effect) const;

  /// The qualified names nearest to \p Name.
  std::vector<std::string> namesLike(llvm::StringRef Name) const;

  const std::vector<std::unique_ptr<Summary>> &units() const { return Units; }
  size_t numFunctions() const { return Defined.size(); }

private:
  using Node = uint32_t;

  /// How a node comes by an effect.
  struct Origin {
    Node At = 0;
    uint16_t Effect = 0;   ///< Number of the bit.
    uint16_t Distance = 0; ///< Steps to the primitive.
    Node Next = None;      ///< None for a primitive.
    uint32_t Unit = 0;
    uint32_t Record = None; ///< Of the cause or call; None between overrides.
  };
  struct Incoming {
    Node Caller;
    EffectSet Allowed;
    uint32_t Unit, Record;
  };

  void numberFunctions();
  void buildGraph();
  void solve();
  template <typename Visitor> void forEachEdge(Visitor Visit) const;
  Node nodeOf(uint32_t Unit, uint32_t Function) const {
    return Ids[FirstId[Unit] + Function];
  }
  Node targetOf(uint32_t Unit, const CallRecord &Call) const;
  const FunctionRecord &recordOf(Node Id) const;
  uint32_t unitOf(Node Id) const;
  const Origin *originOf(Node Id, unsigned Effect) const;
  Node skipDispatch(Node Id, unsigned Effect) const;
  Location location(uint32_t Unit, const SourcePoint &P) const;
  Finding finding(uint32_t Unit, const FindingRecord &R) const;
  void pendingFindings(uint32_t Unit, std::vector<Finding> &Found) const;
  void passedFindings(uint32_t Unit, std::vector<Finding> &Found) const;
  struct Way {
    std::vector<Note> Notes;
    std::vector<std::string> Through; ///< Qualified names.
    std::string Reason;
  };
  Way follow(Node Id, unsigned Effect) const;

  struct Input {
    std::unique_ptr<Summary> Unit;
    llvm::MemoryBufferRef Shard;
  };
  std::vector<Input> Inputs;
  std::vector<std::unique_ptr<Summary>> Units;
  std::vector<llvm::MemoryBufferRef> Shards;

  std::vector<uint32_t> FirstId; ///< Of each unit, in `Ids`.
  std::vector<Node> Ids;
  struct Definition {
    uint32_t Unit = None, Function = 0;
    bool HasBody = false;
  };
  std::vector<Definition> Defined; ///< Of each function.
  std::vector<Node> DispatchOf;    ///< Of each function, or None.
  std::vector<Node> DispatchBase;  ///< Of each dispatch node: its function.
  std::vector<std::pair<Node, Node>> Overrides; ///< Derived, base.
  std::vector<EffectSet> Effects, Passing;
  std::vector<uint32_t> FirstIncoming;
  std::vector<Incoming> Callers;
  std::vector<uint32_t> FirstOrigin;
  std::vector<Origin> Origins;
};

} // namespace corolint

#endif // COROLINT_PROGRAM_PROGRAM_H
