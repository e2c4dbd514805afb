//===-- ProgramBorrows.cpp - Objects borrowed across units ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/Program.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace corolint {

/// Computes which parameters and objects each function uses after its caller
/// may have continued, directly or through functions to which it passes them.
void Program::joinBorrows() {
  struct Loan {
    Node Callee;
    uint32_t Argument;
    Node Function;
    uint32_t Parameter;
    auto operator<=>(const Loan &) const = default;
  };
  std::vector<Loan> Loans;
  std::vector<std::pair<Node, uint32_t>> Queue;
  for (uint32_t U = 0; U < Units.size(); ++U) {
    for (const ForwardRecord &R : Units[U]->Lent)
      Loans.push_back({nodeOf(U, R.Callee), R.Argument, nodeOf(U, R.Function),
                       R.Parameter});
    for (uint32_t I = 0; I < Units[U]->Borrows.size(); ++I) {
      const BorrowRecord &R = Units[U]->Borrows[I];
      const std::pair Of(nodeOf(U, R.Function), R.Parameter);
      if (Borrows.try_emplace(Of, U, I).second)
        Queue.push_back(Of);
    }
  }
  llvm::sort(Loans);
  for (size_t I = 0; I < Queue.size(); ++I) {
    auto [Callee, Argument] = Queue[I];
    for (auto It = llvm::lower_bound(Loans, Loan{Callee, Argument, 0, 0});
         It != Loans.end() && It->Callee == Callee && It->Argument == Argument;
         ++It)
      if (Borrows
              .try_emplace({It->Function, It->Parameter},
                           Borrows.at({Callee, Argument}))
              .second)
        Queue.emplace_back(It->Function, It->Parameter);
  }
}

/// The finding for an argument that a function of another unit uses too late,
/// or nothing.
std::optional<Finding> Program::lentFinding(uint32_t Unit,
                                            const PendingRecord &P) const {
  auto It = Borrows.find({nodeOf(Unit, P.Borrower), P.Parameter});
  if (It == Borrows.end())
    return std::nullopt;
  const auto &[Where, Index] = It->second;
  const BorrowRecord &Use = Units[Where]->Borrows[Index];
  Finding Result = finding(Unit, Units[Unit]->PendingFindings[P.Finding]);
  Result.Notes.push_back(
      {messageOf(Where, Use.What), location(Where, Use.Where)});
  return Result;
}

} // namespace corolint
