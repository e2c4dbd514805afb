//===-- Analysis.h - One analysis for all checks ----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Analyses the functions of one AST once and combines regions, contexts and
// effects to findings. Each check takes its own findings from here.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ANALYSIS_H
#define COROLINT_ANALYSIS_H

#include "access/Interference.h"
#include "access/Tasks.h"
#include "effect/Effects.h"
#include <map>

namespace corolint {

/// The context of an offending site, for its message.
struct FindingContext {
  enum class Kind : uint8_t { Coroutine, EventLoop, NoYieldRegion };
  Kind What;
  const clang::FunctionDecl *Function = nullptr;
  ContextReason Reason; ///< For event loops and no-yield functions.
  const clang::IfStmt *Region = nullptr;
  std::optional<HeldObject> Scope; ///< The object that opens the region.
};

/// An effect in a context where it is not allowed.
struct EffectFinding {
  const Site *At = nullptr;
  EffectSet Effects = 0;
  FindingContext Context;
  /// The way from the site to one of \p Wanted, avoiding functions that
  /// \p Avoid names.
  EffectInference::Witness witness(EffectSet Wanted,
                                   llvm::ArrayRef<llvm::StringRef> Avoid) const;

  EffectInference *Inference = nullptr;
  unsigned SiteIndex = 0;
};

/// A site in a context whose callee's effects another translation unit decides.
struct PendingFinding {
  const Site *At = nullptr;
  EffectSet Possible = 0; ///< Effects that would be findings.
  FindingContext Context;
  unsigned SiteIndex = 0;
};

/// Locks held at a suspension point, or at a call that yields without one.
struct LockFinding {
  const Site *At = nullptr;
  const clang::FunctionDecl *Function = nullptr;
  llvm::SmallVector<HeldObject, 1> Locks;
  EffectInference *Inference = nullptr; ///< Null for a suspension point.
  unsigned SiteIndex = 0;
  /// The locks are moved into a callable that runs after the call.
  bool InCallable = false;

  /// The way from the call to a yield, or to a wait on a fiber.
  EffectInference::Witness witness() const;
};

/// An annotation that is unknown, misplaced or contradicts another.
struct AnnotationFinding {
  enum class Kind : uint8_t { Unknown, Contradiction };
  Kind What;
  clang::SourceLocation Where;
  std::string Name;   ///< Unknown: the spelling. Else the declaration's name.
  std::string Other;  ///< Unknown: a suggestion, or empty. Else its mark.
  std::string Second; ///< Contradiction: the other mark.
};

/// The findings in one function, including those that depend on other units.
struct FunctionFindings {
  std::vector<EffectFinding> Effects;
  std::vector<LockFinding> Locks;
  std::vector<PendingFinding> Pending; ///< For whole-program analysis only.
};

struct AnalysisOptions {
  /// Also judges functions in system headers.
  bool IncludeSystemHeaders = false;
  /// Keeps facts that other translation units may need, for a summary.
  bool WholeProgram = false;
  /// The contents of a program's index; null without one.
  ExternalEffects *Effects = nullptr;
  ExternalContexts *Contexts = nullptr;
};

/// The analysis of one AST. The constructor finds the contexts; functions are
/// judged on demand. Not thread-safe; findings live as long as the analysis.
class Analysis {
public:
  Analysis(clang::ASTContext &Context,
           llvm::ArrayRef<const ModelTables *> Tables,
           const AnalysisOptions &Options);
  ~Analysis();

  /// The findings in \p Function; empty if no rule applies to it.
  const FunctionFindings &findingsIn(const clang::FunctionDecl &Function);

  /// Whether \p Function is judged: it is a definition outside system headers,
  /// and no template pattern that has instantiations.
  bool isJudged(const clang::FunctionDecl &Function) const {
    return Judged.contains(&Function);
  }

  /// The properties of a function that the rules of the checks use
  /// (checks/Matchers.h).
  struct Nature {
    bool IsCoroutine = false;
    /// An asynchronous coroutine: its body shares a thread with other
    /// coroutines.
    bool RunsAsynchronously = false;
    bool RunsOnEventLoop = false;
    /// The function, or a part of it, must not yield.
    bool OpensNoYieldRegion = false;
    /// It has a suspension point.
    bool Suspends = false;
    /// It may hold a thread lock where it suspends, or where a call may yield,
    /// or it may move one into a lambda.
    bool HoldsThreadLock = false;

    /// Whether the function can contain a finding.
    bool matters() const {
      return IsCoroutine || RunsOnEventLoop || OpensNoYieldRegion ||
             HoldsThreadLock;
    }
  };
  /// The nature of a judged function.
  const Nature &natureOf(const clang::FunctionDecl &Function);

  llvm::ArrayRef<AnnotationFinding> annotations() const { return Misused; }

  /// The functions whose analysis crashed, if crash recovery is enabled.
  /// Nothing is known about them.
  llvm::ArrayRef<const clang::FunctionDecl *> crashed() const {
    return Crashed;
  }

  clang::ASTContext &context() { return Unit.Context; }
  Facts &facts() { return Unit; }
  EffectInference &inference() { return Inference; }
  ContextMap &contexts() { return Contexts; }
  Tasks &tasks() { return TaskFacts; }
  GuardClasses &guards() { return Guards; }
  FlowAnalysis &flows() { return Flows; }
  AccessAnalysis &accesses() { return Accesses; }
  Interference &interference() { return Others; }

private:
  bool isReleasedBy(const Site &Suspension, const HeldObject &Object);
  bool isReleasedByCallee(const Site &At, const HeldObject &Object);
  bool guard(const clang::FunctionDecl &Function,
             llvm::function_ref<void()> Step);
  void judge(const clang::FunctionDecl &Function, FunctionFindings &Found);
  void judgeSite(const Body &Walked, unsigned Index, const FunctionContext &Own,
                 FunctionFindings &Found);
  void judgeAnnotations();
  void judgeOpen(const Site &S, unsigned Index,
                 const std::optional<FindingContext> &Context, bool InRegion,
                 bool MayBlock, EffectSet Over, FunctionFindings &Found);
  std::optional<FindingContext> regionAt(const Body &Walked, const Site &S,
                                         const FunctionContext &Own,
                                         const PointState *Point);
  std::optional<FindingContext> threadContext(const Body &Walked,
                                              const FunctionContext &Own);
  bool hasGuards(const Body &Walked);
  bool mayHold(const Body &Walked);
  bool locksThread(const Body &Walked);
  bool locksForCaller(const clang::FunctionDecl &Callee);
  void judgeLocks(const Body &Walked, unsigned Index, const PointState *Point,
                  FunctionFindings &Found);
  bool movesLock(const clang::LambdaExpr &Lambda);
  void judgeMovedLocks(const Body &Walked, FunctionFindings &Found);
  void collectMovedLocks(const Body &Walked, const clang::LambdaExpr &Lambda,
                         llvm::SmallVectorImpl<HeldObject> &Locks);

  /// Findings at one place are reported once for each of these kinds.
  enum class ReportKind : unsigned {
    Yield,
    Lock,
    OnThread,
    UnknownAnnotation,
    Contradiction
  };
  bool reportedBefore(clang::SourceLocation Where, EffectSet Effects,
                      ReportKind Kind);

  Facts Unit;
  GuardClasses Guards;
  FlowAnalysis Flows;
  ContextMap Contexts;
  Tasks TaskFacts;
  EffectInference Inference;
  AccessAnalysis Accesses;
  Interference Others;
  bool KnowsYields = false; ///< Some function may yield.
  llvm::DenseSet<const clang::FunctionDecl *> Judged;
  llvm::DenseMap<const clang::FunctionDecl *, Nature> Natures;
  /// The results of judged functions. Their addresses are stable.
  std::map<const clang::FunctionDecl *, FunctionFindings> Findings;
  std::vector<const clang::FunctionDecl *> Crashed;
  std::vector<AnnotationFinding> Misused;
  llvm::DenseMap<std::pair<clang::SourceLocation, ReportKind>, unsigned>
      Reported;
};

} // namespace corolint

#endif // COROLINT_ANALYSIS_H
