//===-- FlowGraph.cpp - Control flow graphs of functions ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "code/FlowGraph.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/Support/CrashRecoveryContext.h"

using namespace clang;

namespace corolint {

namespace {

/// Building a CFG recurses on the depth of the source. Beyond this depth it
/// runs on a separate stack, with this many bytes for each level.
constexpr unsigned MaxDepthOnOwnStack = 400;
constexpr unsigned StackBytesPerLevel = 16 * 1024;

/// Whether the class that \p Type, or an element of it, names is complete.
bool isComplete(QualType Type) {
  const CXXRecordDecl *Class =
      Type->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
  return !Class || Class->hasDefinition();
}

/// Whether the class of every object that the graph destroys implicitly is
/// complete. After a fatal error Clang instantiates no templates, but it builds
/// graphs that use the destructors of members' classes without checking that
/// they are defined.
bool hasKnownParts(const FunctionDecl &Function) {
  if (!isa<CXXDestructorDecl>(Function))
    return true;
  const CXXRecordDecl &Class = *cast<CXXMethodDecl>(Function).getParent();
  return llvm::all_of(Class.fields(),
                      [](const FieldDecl *Field) {
                        return isComplete(Field->getType());
                      }) &&
         llvm::all_of(Class.bases(),
                      [](const CXXBaseSpecifier &Base) {
                        return isComplete(Base.getType());
                      }) &&
         llvm::all_of(Class.vbases(), [](const CXXBaseSpecifier &Base) {
           return isComplete(Base.getType());
         });
}

} // namespace

std::shared_ptr<const CFG> FlowGraphs::of(const Body &Walked) {
  const auto *Known = llvm::find_if(Recent, [&](const Entry &Each) {
    return Each.Function == Walked.Function;
  });
  if (Known != Recent.end())
    return Known->Graph;
  Entry &Made = Recent[Next];
  Next = (Next + 1) % Recent.size();
  Made = {Walked.Function, build(Walked)};
  return Made.Graph;
}

std::unique_ptr<CFG> FlowGraphs::build(const Body &Walked) {
  CFG::BuildOptions Options;
  Options.setAllAlwaysAdd();
  Options.AddImplicitDtors = true;
  Options.AddTemporaryDtors = true;
  Options.AddLifetime = true;
  Options.AddInitializers = true;
  Options.AddCXXDefaultInitExprInCtors = true;
  Options.PruneTriviallyFalseEdges = true;
  auto *Written = const_cast<Stmt *>(writtenBody(*Walked.Function));
  if (!Written || !hasKnownParts(*Walked.Function))
    return nullptr;

  std::unique_ptr<CFG> Result;
  auto Build = [&] {
    Result = CFG::buildCFG(Walked.Function, Written, &Context, Options);
  };
  // If the host has enabled crash recovery, as the driver does, a crash in
  // Clang costs only this graph.
  llvm::CrashRecoveryContext Recovery;
  if (Walked.Depth <= MaxDepthOnOwnStack)
    Recovery.RunSafely(Build);
  else
    Recovery.RunSafelyOnThread(Build, 8u * 1024 * 1024 +
                                          Walked.Depth * StackBytesPerLevel);
  return Result;
}

const Expr *decidingCondition(const CFGBlock &Block) {
  const Stmt *Terminator = Block.getTerminatorStmt();
  const auto *Condition = dyn_cast_or_null<Expr>(
      Block.getTerminatorCondition(/*StripParens=*/true));
  if (!Condition)
    return nullptr;
  if (const auto *Logical = dyn_cast<BinaryOperator>(Terminator);
      Logical && Logical->isLogicalOp())
    return Condition;
  while (true) {
    const auto *Logical =
        dyn_cast<BinaryOperator>(Condition->IgnoreParenImpCasts());
    if (!Logical || !Logical->isLogicalOp())
      return Condition;
    // With temporaries, Clang joins the operands first and branches on the
    // value of the whole condition.
    for (const CFGElement &Element : Block)
      if (auto Statement = Element.getAs<CFGStmt>();
          Statement && Statement->getStmt() == Logical)
        return Condition;
    Condition = Logical->getRHS();
  }
}

bool isTwoWay(const CFGBlock &Block) {
  return Block.succ_size() == 2 && Block.getTerminatorStmt() &&
         !isa<CXXTryStmt, SwitchStmt>(Block.getTerminatorStmt()) &&
         Block.getTerminator().isStmtBranch();
}

} // namespace corolint
