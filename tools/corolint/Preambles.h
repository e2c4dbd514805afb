//===-- Preambles.h - Which units share which headers -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Most of a unit's parse is headers that other units include as well. A
// preamble is a list of such headers, parsed once for several units.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_PREAMBLES_H
#define COROLINT_TOOLS_PREAMBLES_H

#include "IncludeScan.h"

namespace corolint {

/// Units, and headers that each of them includes.
struct Preamble {
  std::vector<unsigned> Units; ///< Indexes, ascending; two at least.
  std::string Text;            ///< One `#include` a line.
};

/// Groups \p Units so that parsing each group's preamble once saves the most
/// bytes of headers. Units that share too little are in no group.
std::vector<Preamble>
findPreambles(llvm::ArrayRef<std::optional<UnitIncludes>> Units,
              llvm::ArrayRef<ScannedHeader> Headers);

} // namespace corolint

#endif // COROLINT_TOOLS_PREAMBLES_H
