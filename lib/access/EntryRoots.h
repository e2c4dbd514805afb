//===-- EntryRoots.h - The roots of functions in a call graph ---*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The rule that decides whether two functions may run at the same time, over
// any graph of calls: that of one AST (Callers.h) or of a whole program
// (program/ProgramInterference.cpp). Does not depend on Clang.
//
// A graph has
//   EntryKind entryKind(Node) const;
//   /// Calls Visit(Caller, Way) for every way into a function.
//   void forEachEntry(Node, Visit) const;
//   /// Whether a function is \p Starter, or a callable that it passes on.
//   bool isPartOf(Node, Node Starter) const;
// and a way has the members `Started`, if the caller does not wait for its end,
// and `Conditional`, if only some paths of the caller take it.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_ENTRYROOTS_H
#define COROLINT_ACCESS_ENTRYROOTS_H

#include "llvm/ADT/SetVector.h"
#include <cstdint>
#include <optional>

namespace corolint {

/// From where control can enter a function.
enum class EntryKind : uint32_t {
  Closed,   ///< From visible callers.
  Open,     ///< From any code, if no caller is known.
  Sequenced ///< From code with exclusive access to the object, or the program.
};

/// The limit of direct and indirect callers. Beyond it nothing is known.
inline constexpr unsigned MaxCallers = 256;

template <typename Node> using RootSet = llvm::SmallSetVector<Node, 4>;

/// The functions in which control begins that may reach \p Function, other than
/// through \p Except.
template <typename Node, typename GraphT>
RootSet<Node> findRoots(const GraphT &Graph, Node Function,
                        std::optional<Node> Except = std::nullopt) {
  RootSet<Node> Found;
  llvm::SmallSetVector<Node, 16> Seen;
  Seen.insert(Function);
  for (unsigned I = 0; I < Seen.size(); ++I) {
    const Node Reached = Seen[I];
    const EntryKind Kind = Graph.entryKind(Reached);
    // During construction and destruction an object is not shared.
    if (Kind == EntryKind::Sequenced)
      continue;
    bool Any = false;
    Graph.forEachEntry(Reached, [&](Node Caller, const auto &Way) {
      if (Caller == Reached)
        return;
      Any = true;
      if (Way.Started)
        Found.insert(Reached);
      else if (Caller != Except && Seen.size() < MaxCallers)
        Seen.insert(Caller);
    });
    if (!Any && Kind == EntryKind::Open)
      Found.insert(Reached);
  }
  return Found;
}

/// Whether \p Starter always starts one of \p Coroutines, so that it runs
/// before them.
template <typename Node, typename GraphT>
bool startsUnconditionally(const GraphT &Graph, Node Starter,
                           const RootSet<Node> &Coroutines) {
  bool Starts = false;
  for (const Node Started : Coroutines)
    Graph.forEachEntry(Started, [&](Node Caller, const auto &Way) {
      Starts |=
          Way.Started && !Way.Conditional && Graph.isPartOf(Caller, Starter);
    });
  return Starts;
}

/// One of \p Roots, the roots of another function, from which that function may
/// run while \p Coroutine is suspended. \p Own are the coroutine's roots.
template <typename Node, typename GraphT>
std::optional<Node> findInterferingRoot(const GraphT &Graph, Node Coroutine,
                                        const RootSet<Node> &Own,
                                        const RootSet<Node> &Roots) {
  for (const Node Root : Roots) {
    // One chain of calls runs one function at a time; several roots may run at
    // once.
    if ((Own.contains(Root) && Own.size() == 1) || Root == Coroutine ||
        startsUnconditionally(Graph, Root, Own))
      continue;
    return Root;
  }
  return std::nullopt;
}

} // namespace corolint

#endif // COROLINT_ACCESS_ENTRYROOTS_H
