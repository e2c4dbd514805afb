//===-- Analysis.h - One analysis for all checks ----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Judges the functions of one AST once; each check takes its own findings. This
// is where regions, contexts and effects meet.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ANALYSIS_H
#define COROLINT_ANALYSIS_H

#include "effect/Effects.h"

namespace corolint {

/// Where an offending site stands, as a message tells it.
struct FindingContext {
  enum class Kind : uint8_t { Coroutine, EventLoop, NoYieldRegion };
  Kind What;
  const clang::FunctionDecl *Function = nullptr;
  ContextReason Reason; ///< For event loops and no-yield functions.
  const clang::IfStmt *Region = nullptr;
  std::optional<HeldObject> Scope; ///< The object that opens the region.
};

/// An effect where it must not be.
struct EffectFinding {
  const Site *At = nullptr;
  EffectSet Effects = 0;
  FindingContext Context;
  /// How it comes to one of \p Wanted, through nothing that \p Avoid names.
  EffectInference::Witness witness(EffectSet Wanted,
                                   llvm::ArrayRef<llvm::StringRef> Avoid) const;

  EffectInference *Inference = nullptr;
  unsigned SiteIndex = 0;
};

/// A site in a context whose callee's effects another translation unit decides.
struct PendingFinding {
  const Site *At = nullptr;
  EffectSet Possible = 0; ///< What would be a finding.
  FindingContext Context;
  unsigned SiteIndex = 0;
};

/// Locks held at a suspension point.
struct LockFinding {
  const Site *At = nullptr;
  const clang::FunctionDecl *Function = nullptr;
  llvm::SmallVector<HeldObject, 1> Locks;
};

/// An annotation that is unknown, misplaced or contradicts another.
struct AnnotationFinding {
  enum class Kind : uint8_t { Unknown, Contradiction };
  Kind What;
  clang::SourceLocation Where;
  std::string Name;   ///< Unknown: the spelling. Else the declaration's name.
  std::string Other;  ///< Unknown: a suggestion, or empty. Else what it is.
  std::string Second; ///< Contradiction: and what else it is.
};

/// The analysis of one AST. Not thread-safe; findings live as long as it.
class Analysis {
public:
  Analysis(clang::ASTContext &Context,
           llvm::ArrayRef<const ModelTables *> Tables,
           bool IncludeSystemHeaders = false,
           ExternalEffects *External = nullptr,
           ExternalContexts *Elsewhere = nullptr, bool WholeProgram = false);

  llvm::ArrayRef<EffectFinding> effects() const { return Effects; }
  llvm::ArrayRef<LockFinding> locks() const { return Locks; }
  llvm::ArrayRef<AnnotationFinding> annotations() const { return Misused; }

  /// Only of a whole-program analysis.
  llvm::ArrayRef<PendingFinding> pending() const { return Pending; }

  clang::ASTContext &context() { return Unit.Context; }
  Facts &facts() { return Unit; }
  EffectInference &inference() { return Inference; }
  ContextMap &contexts() { return Contexts; }

private:
  bool isReleasedBy(const Site &Suspension, const HeldObject &Object);
  bool mayMatter(const clang::FunctionDecl &Function);
  void judge(const clang::FunctionDecl &Function);
  void judgeSite(const Body &Walked, unsigned Index,
                 const FunctionContext &Own);
  void judgeAnnotations();
  void judgeOpen(const Site &S, unsigned Index,
                 const std::optional<FindingContext> &Context, bool InRegion,
                 bool MayBlock, bool ProvenReady);
  std::optional<FindingContext> regionAt(const Body &Walked, const Site &S,
                                         const FunctionContext &Own,
                                         const PointState *Point);
  std::optional<FindingContext> threadContext(const Body &Walked,
                                              const FunctionContext &Own);
  bool hasGuards(const Body &Walked);
  bool mayHold(const Body &Walked);
  bool reportedBefore(clang::SourceLocation Where, EffectSet Effects,
                      unsigned Slot);

  Facts Unit;
  GuardClasses Guards;
  FlowAnalysis Flows;
  ContextMap Contexts;
  EffectInference Inference;
  std::vector<EffectFinding> Effects;
  std::vector<LockFinding> Locks;
  std::vector<AnnotationFinding> Misused;
  std::vector<PendingFinding> Pending;
  llvm::DenseMap<std::pair<clang::SourceLocation, unsigned>, unsigned> Reported;
};

} // namespace corolint

#endif // COROLINT_ANALYSIS_H
