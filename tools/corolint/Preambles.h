//===-- Preambles.h - Finds units that share headers ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Most of a unit's parse is spent on headers that other units include as well.
// A preamble is a list of such headers that is parsed once for several units.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_PREAMBLES_H
#define COROLINT_TOOLS_PREAMBLES_H

#include "IncludeScan.h"

namespace corolint {

/// A group of units and the headers that all of them include.
struct Preamble {
  std::vector<unsigned> Units; ///< Indexes, ascending; two at least.
  std::string Text;            ///< One `#include` per line.
};

/// Groups \p Units so that parsing each group's preamble once saves the most
/// bytes of headers. Units that share too little are in no group.
std::vector<Preamble>
findPreambles(llvm::ArrayRef<std::optional<UnitIncludes>> Units,
              llvm::ArrayRef<ScannedHeader> Headers);

} // namespace corolint

#endif // COROLINT_TOOLS_PREAMBLES_H
