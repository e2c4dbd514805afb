//===-- Graph.h - Control flow graphs of functions --------------*- C++ -*-===//
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

#ifndef COROLINT_FLOW_GRAPH_H
#define COROLINT_FLOW_GRAPH_H

#include "code/Body.h"
#include "clang/Analysis/CFG.h"
#include <memory>

namespace corolint {

/// The graph of the statements in \p Walked, or null if Clang cannot build one.
std::unique_ptr<clang::CFG> buildFlowGraph(const Body &Walked,
                                           clang::ASTContext &Context);

/// The condition that decides a two-way branch. For `a && b`, the part that is
/// evaluated last in its block. Null if \p Block does not end in one.
const clang::Expr *decidingCondition(const clang::CFGBlock &Block);

/// Whether \p Block branches two ways on a condition.
bool isTwoWay(const clang::CFGBlock &Block);

} // namespace corolint

#endif // COROLINT_FLOW_GRAPH_H
