//===-- RemoteIndex.cpp - Disables the remote index -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ClangdApi.h"

namespace clang::clangd::remote {

/// A remote index needs gRPC, which would add fifty libraries. Without one,
/// clangd uses its own index.
std::unique_ptr<SymbolIndex> getClient(llvm::StringRef Address,
                                       llvm::StringRef ProjectRoot) {
  llvm::errs() << "corolint-clangd: no remote index: this build has none; '"
               << Address << "' (for " << ProjectRoot
               << ") is ignored, the local index is used\n";
  return nullptr;
}

} // namespace clang::clangd::remote
