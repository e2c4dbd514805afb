//===-- Program.h - Links all translation units -----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Joins summaries and propagates effects back along the calls of the whole
// program, shortest way first. A virtual call reaches every override that some
// unit shows. The result does not depend on the order of the units: they are
// sorted, and if several units define a function, the first one counts.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_PROGRAM_H
#define COROLINT_PROGRAM_PROGRAM_H

#include "effect/Witness.h"
#include "program/Summary.h"
#include "report/Finding.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace corolint {

struct CheckInfo;

/// The content of a file, in pieces that are written one after another.
using FilePieces = std::vector<std::string>;

static_assert(WayOut::Nowhere == NoIndex, "ways and records share numbers");

/// A linked program. Not thread-safe.
class Program {
public:
  /// Adds one unit. \p Shard holds the bytes from which it was read, if an
  /// index will be written; they must outlive the program.
  void add(std::unique_ptr<Summary> Unit, llvm::MemoryBufferRef Shard = {});

  /// Solves the effects of everything added. An error names two shards that
  /// contradict each other.
  llvm::Error link();

  /// Sets the project's directory: places below it get absolute paths.
  void setRoot(llvm::StringRef Directory) { Root = Directory.str(); }
  std::string pathOf(llvm::StringRef File) const;

  /// All findings of the program, each once, sorted by place, without
  /// fingerprints.
  std::vector<Finding> findings() const;

  /// One function of the program.
  using FunctionId = uint32_t;
  std::vector<FunctionId> functionsNamed(llvm::StringRef Name) const;
  std::string qualifiedName(FunctionId Id) const;
  Location whereIs(FunctionId Id) const;
  bool isDefined(FunctionId Id) const;

  /// The annotations of the function in all units, as bits, and the place of
  /// one annotation per unit.
  std::pair<uint32_t, Location> marks(FunctionId Id) const;

  /// An effect that annotations or models declare for functions of a name that
  /// some unit calls. Each one is listed once.
  struct Declared {
    std::string Qualified;
    EffectSet Effect = 0; ///< One bit.
    Note Why;             ///< Placed at a call, if a model declares the effect.
  };
  std::vector<Declared> declaredOf(llvm::StringRef Name) const;
  EffectSet effects(FunctionId Id) const { return Effects[Id]; }
  /// The effects that its callers get.
  EffectSet passing(FunctionId Id) const { return Effects[Id] & Passing[Id]; }
  std::vector<Note> witness(FunctionId Id, EffectSet Effect) const;

  /// A function that asynchronous code calls and that nothing describes: no
  /// unit has its body, and it has no model or annotation.
  struct Unknown {
    std::string Qualified; ///< As in a model.
    Location Declared;
    Location Example; ///< Its first call.
    unsigned NumCalls = 0;
  };
  /// The unknown functions called from asynchronous code or a context, directly
  /// or through functions of the program, most calls first. Overloads count as
  /// one.
  std::vector<Unknown> unknownCallees() const;

  // The graph for shortestWay: calls, and the overrides in which a virtual call
  // may end.
  void forEachWay(uint32_t Node, WayVisitor Visit) const;
  unsigned distance(uint32_t Node, unsigned Effect) const;

  /// The qualified names nearest to \p Name.
  std::vector<std::string> namesLike(llvm::StringRef Name) const;

  const std::vector<std::unique_ptr<Summary>> &units() const { return Units; }
  size_t numFunctions() const { return Defined.size(); }

private:
  friend class IndexWriter;

  using Node = uint32_t;
  struct Avoiding;

  struct Incoming {
    Node Caller;
    EffectSet Allowed;
  };

  void numberFunctions();
  void joinParameters();
  void joinContexts();
  void joinBorrows();
  void joinChanges();
  void joinEnds();
  /// Whether one of the functions that \p DeadIf of \p Unit lists ends the
  /// process.
  bool isDead(uint32_t Unit, DeadIfRange DeadIf) const {
    return llvm::any_of(
        llvm::ArrayRef(Units[Unit]->DeadIf).slice(DeadIf.First, DeadIf.Num),
        [&](uint32_t Function) { return EndsProcess[nodeOf(Unit, Function)]; });
  }
  void buildGraph();
  void solve();
  void forEachEdge(
      llvm::function_ref<void(Node Target, const Incoming &From)> Visit) const;
  std::vector<bool> reachableFromContexts() const;
  std::vector<bool> describedFunctions() const;
  Node nodeOf(uint32_t Unit, uint32_t Function) const {
    return Ids[FirstId[Unit] + Function];
  }
  Node targetOf(uint32_t Unit, const CallRecord &Call) const;
  bool wayOf(uint32_t Unit, uint32_t Call, WayOut &Way) const;
  const FunctionRecord &recordOf(Node Id) const;
  uint32_t unitOf(Node Id) const;
  Location location(uint32_t Unit, const SourcePoint &P) const;
  Message messageOf(uint32_t Unit, const MessageRecord &R) const;
  Finding finding(uint32_t Unit, const FindingRecord &R) const;
  bool isDispatch(Node Id) const { return Id >= Defined.size(); }

  /// How a site gets an effect.
  struct Witness {
    std::vector<Note> Notes;
    std::string Reason;
    bool Found = false;
  };
  Witness follow(uint32_t Unit, llvm::ArrayRef<WayOut> Starts,
                 llvm::StringRef Check) const;
  void pendingFindings(uint32_t Unit, std::vector<Finding> &Found) const;
  std::optional<Finding> lentFinding(uint32_t Unit,
                                     const PendingRecord &P) const;

  // Code that changes state while a coroutine is suspended
  // (ProgramInterference.cpp).
  struct EntryGraph;
  std::optional<Finding> staleFinding(uint32_t Unit,
                                      const PendingRecord &P) const;
  template <typename Visit> void forEachEntry(Node Callee, Visit V) const;

  /// A callable that some unit passes to a parameter that runs it in a context.
  struct Passed {
    Node Function;
    uint32_t Context; ///< A ContextKind.
    uint32_t Unit;
    SourcePoint Where;
  };
  void passedFindings(const Passed &P, std::vector<Finding> &Found) const;
  bool isPassedAs(Node Function, ContextKind Kind) const;
  bool judgesAwaits(const Passed &P) const;
  bool isMeantToBlock(uint32_t Unit, const FindingRecord &R) const;
  /// The effects that \p Check reports with the unit's options; 0 if it is off.
  EffectSet reportedBy(uint32_t Unit, llvm::StringRef Check) const;

  /// A place in a callable, and the ways out of the callable from there.
  struct CallableSite {
    SourcePoint Where;
    std::string Text; ///< As in messages.
    llvm::SmallVector<WayOut, 2> Ways;
  };
  std::vector<CallableSite> sitesOf(Node Function) const;
  std::optional<Finding> findingAt(const CallableSite &S, const Passed &P,
                                   const CheckInfo &Check,
                                   EffectSet Wanted) const;

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
    uint32_t Unit = NoIndex, Function = 0;
    bool HasBody = false;
  };
  std::vector<Definition> Defined; ///< Of each function.
  std::vector<bool> EndsProcess;   ///< Of each function.
  std::vector<uint64_t> Invokes;   ///< Of each function, through others too.
  std::vector<std::tuple<Node, uint32_t, uint32_t>> Parameters; ///< Contexts.
  /// How functions use objects that their callers own, indirectly too: the unit
  /// and the record of the use, by function and parameter.
  std::map<std::pair<Node, uint32_t>, std::pair<uint32_t, uint32_t>> Borrows;
  /// Ways into functions, by callee: the unit and the record.
  struct Entry {
    Node Callee, Caller;
    uint32_t Unit, Record;
  };
  std::vector<Entry> Entries; ///< Sorted. Empty if never needed.
  /// Changes of state, by its key: the unit and the record. Sorted.
  std::vector<std::tuple<uint64_t, uint32_t, uint32_t>> Changes;
  std::vector<std::pair<Node, Node>> Bases; ///< Derived, base; sorted.
  std::vector<Passed> AllPassed;  ///< Sorted; each function and context once.
  std::vector<Node> DispatchOf;   ///< Of each function, or NoIndex.
  std::vector<Node> DispatchBase; ///< Of each dispatch node: its function.
  std::vector<std::pair<Node, Node>> Overrides; ///< Base, derived; sorted.
  std::vector<EffectSet> Effects, Passing;
  std::vector<uint32_t> FirstIncoming;
  std::vector<Incoming> Callers;
  std::vector<uint32_t> FirstDistance; ///< Of each node, in `Distances`.
  std::vector<uint16_t> Distances;     ///< Of each effect, lowest bit first.
  std::string Root;
};

/// Sets the fingerprints by which baselines identify findings.
void addFingerprints(std::vector<Finding> &Findings);

} // namespace corolint

#endif // COROLINT_PROGRAM_PROGRAM_H
