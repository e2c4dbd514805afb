//===-- FlowGraph.h - Control flow graphs of functions ----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Builds Clang's control flow graph with the options that all data flows of
// corolint need: each expression is an element, and destructors are included.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CODE_FLOWGRAPH_H
#define COROLINT_CODE_FLOWGRAPH_H

#include "code/Body.h"
#include "clang/Analysis/CFG.h"
#include <array>
#include <memory>

namespace corolint {

/// The graphs of the functions of one AST. Several analyses ask for the graph
/// of a function, one after another. Not thread-safe.
class FlowGraphs {
public:
  explicit FlowGraphs(clang::ASTContext &Context) : Context(Context) {}

  /// The graph of the statements in \p Walked, or null if Clang cannot build
  /// one.
  std::shared_ptr<const clang::CFG> of(const Body &Walked);

private:
  std::unique_ptr<clang::CFG> build(const Body &Walked);

  struct Entry {
    const clang::FunctionDecl *Function = nullptr;
    std::shared_ptr<const clang::CFG> Graph;
  };

  clang::ASTContext &Context;
  /// The last ones; a graph is large.
  std::array<Entry, 8> Recent;
  unsigned Next = 0; ///< Index of the entry to replace.
};

/// The condition that decides a two-way branch. For `a && b`, the part that is
/// evaluated last in its block. Null if \p Block does not end in one.
const clang::Expr *decidingCondition(const clang::CFGBlock &Block);

/// Whether \p Block branches two ways on a condition.
bool isTwoWay(const clang::CFGBlock &Block);

} // namespace corolint

#endif // COROLINT_CODE_FLOWGRAPH_H
