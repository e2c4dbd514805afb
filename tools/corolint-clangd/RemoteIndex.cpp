//===-- RemoteIndex.cpp - No index on a server ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ClangdApi.h"

namespace clang::clangd::remote {

/// Without gRPC, which would bring fifty libraries. clangd goes on with its own
/// index when there is none.
std::unique_ptr<SymbolIndex> getClient(llvm::StringRef Address,
                                       llvm::StringRef ProjectRoot) {
  llvm::errs() << "corolint-clangd: no remote index: this build has none; '"
               << Address << "' (for " << ProjectRoot
               << ") is ignored, the local index is used\n";
  return nullptr;
}

} // namespace clang::clangd::remote
