//===-- Model.cpp - Facts about code that cannot be edited ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/Model.h"
#include "llvm/Support/ErrorHandling.h"

namespace corolint {

llvm::StringRef spelling(BlockKind Kind) {
  switch (Kind) {
#define COROLINT_BLOCK_KIND(Name, Spelling, Default, Text)                     \
  case BlockKind::Name:                                                        \
    return Spelling;
#include "model/BlockKinds.def"
  }
  llvm_unreachable("not a kind of blocking");
}

llvm::StringRef description(BlockKind Kind) {
  switch (Kind) {
#define COROLINT_BLOCK_KIND(Name, Spelling, Default, Text)                     \
  case BlockKind::Name:                                                        \
    return Text;
#include "model/BlockKinds.def"
  }
  llvm_unreachable("not a kind of blocking");
}

BlockDefault reportedByDefault(BlockKind Kind) {
  switch (Kind) {
#define COROLINT_BLOCK_KIND(Name, Spelling, Default, Text)                     \
  case BlockKind::Name:                                                        \
    return BlockDefault::Default;
#include "model/BlockKinds.def"
  }
  llvm_unreachable("not a kind of blocking");
}

std::string withoutTemplateArguments(llvm::StringRef Qualified) {
  std::string Result;
  unsigned Depth = 0;
  for (size_t I = 0; I != Qualified.size(); ++I) {
    const bool StartsName = I == 0 || Qualified[I - 1] == ':';
    if (Depth == 0 && StartsName &&
        Qualified.substr(I).starts_with("operator")) {
      Result += Qualified.substr(I);
      break;
    }
    if (Qualified[I] == '<')
      ++Depth;
    else if (Qualified[I] == '>' && Depth)
      --Depth;
    else if (!Depth)
      Result += Qualified[I];
  }
  return Result;
}

} // namespace corolint
