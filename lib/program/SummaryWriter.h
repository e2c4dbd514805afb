//===-- SummaryWriter.h - Writes the summary of a unit ----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Converts the analysis of one AST to the records of its summary. FindingWriter
// adds the findings of the checks.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_SUMMARYWRITER_H
#define COROLINT_PROGRAM_SUMMARYWRITER_H

#include "Analysis.h"
#include "access/StaleState.h"
#include "program/Summary.h"
#include "program/UnitPaths.h"
#include "report/Message.h"
#include "llvm/ADT/DenseSet.h"

namespace corolint {

/// Writes into one summary. Not thread-safe; must not outlive the AST.
class SummaryWriter {
public:
  SummaryWriter(Analysis &Analysed, UnitPaths &Paths, StringTable &Strings,
                Summary &Result)
      : Analysed(Analysed), Inference(Analysed.inference()),
        Sources(Analysed.context().getSourceManager()), Paths(Paths),
        Strings(Strings), Result(Result) {}

  /// Writes functions with their calls and causes.
  void writeFunctions();

  /// Writes the calls of unknown functions, and the ways to them
  /// (UnknownCalls.cpp).
  void writeUnknownCalls();

  /// Writes the records that depend on all functions of the summary: overrides,
  /// and callables that are passed on. Call it last.
  void finish();

  /// The number of \p Function in the summary.
  uint32_t function(const clang::FunctionDecl &Function);

  /// The place of \p Where; it has no file if \p Where is invalid.
  SourcePoint point(clang::SourceLocation Where);

  /// Writes the calls at the site on which \p Open depends. Returns the numbers
  /// of the first call and of the one after the last.
  std::pair<uint32_t, uint32_t> callsOf(const PendingFinding &Open);

  /// Writes the list of \p Functions.
  DeadIfRange deadIf(llvm::ArrayRef<const clang::FunctionDecl *> Functions);

  /// Writes the record on which \p Finding, which must be open, depends.
  /// Returns its number in `StaleActs`.
  uint32_t staleAct(const StaleFinding &Finding);

private:
  /// The effects of a site, by its index, that pass to callers.
  using LiveEffects = llvm::function_ref<EffectSet(unsigned)>;

  bool isWorthKeeping(EffectInference::NodeId Id);
  bool isUnknown(const Site &S);
  bool isDescribed(const clang::FunctionDecl &Function);
  bool runsInContext(const Body &Walked);
  void findUnknownCalls();
  EffectSet addDeclared(const clang::FunctionDecl &Function);
  void addCause(const clang::FunctionDecl &Callee,
                const DeclaredEffects &Declared, EffectSet Effect,
                const Site *S, DeadIfRange DeadIf);
  void addSuspension(const Site &S);
  StringId siteOf(const Site &S, const clang::FunctionDecl &Target);
  void addBody(EffectInference::NodeId Id);
  void addCauses(const EffectInference::Node &N, const Body &Walked,
                 LiveEffects LiveAt);
  std::vector<CallRecord> callsIn(const EffectInference::Node &N,
                                  const Body &Walked, LiveEffects LiveAt);
  CallRecord call(const EffectInference::Edge &E, EffectSet Allowed,
                  const Body &Walked);
  CallRecord call(const EffectInference::OpenCall &Open, EffectSet Allowed,
                  const Body &Walked);
  void addParameters(const clang::FunctionDecl &Function, uint32_t Own);
  void addOverrides();
  void addPassed();
  void addBorrows();
  void addEntries();
  void addChanges();

  Analysis &Analysed;
  EffectInference &Inference;
  const clang::SourceManager &Sources;
  UnitPaths &Paths;
  StringTable &Strings;
  Summary &Result;
  llvm::DenseMap<const clang::FunctionDecl *, uint32_t> Ids;
  std::vector<const clang::CXXMethodDecl *> Virtual;
  /// The sites of unknown calls, by node.
  std::vector<std::pair<EffectInference::NodeId, unsigned>> Unknown;
  /// The nodes that make such calls, or call nodes that do.
  llvm::DenseSet<EffectInference::NodeId> ReachUnknown;
};

/// \p What as a record.
MessageRecord recordOf(const Message &What, StringTable &Strings);

} // namespace corolint

#endif // COROLINT_PROGRAM_SUMMARYWRITER_H
