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

} // namespace corolint
