//===-- ClangdApi.h - Declarations of clangd's functions --------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Debian packages clangd's archives but none of its headers. This file declares
// the few functions and classes of clangd that are called or replaced here,
// exactly as clangd does.
//
// Functions are replaced through the linker's `--wrap`: clangd's calls go to
// `__wrap_NAME`, which is ours, and `__real_NAME` is clangd's own. The mangled
// names are here and in CMakeLists.txt.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_CLANGD_CLANGDAPI_H
#define COROLINT_TOOLS_CLANGD_CLANGDAPI_H

#include "Compat.h"
#include "clang-tidy/ClangTidyOptions.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdio>
#include <memory>
#include <optional>

namespace clang::clangd {

/// clangd's main function.
int clangdMain(int ArgCount, char *Arguments[]);

/// Changes the options of clang-tidy for a file.
using TidyProvider = corolint::compat::ProviderOf<tidy::ClangTidyOptions &,
                                                  llvm::StringRef /*Filename*/>;

/// A connection to an editor. Messages are not sent concurrently.
class Transport {
public:
  virtual ~Transport() = default;
  virtual void notify(llvm::StringRef Method, llvm::json::Value Params) = 0;
  virtual void call(llvm::StringRef Method, llvm::json::Value Params,
                    llvm::json::Value ID) = 0;
  virtual void reply(llvm::json::Value ID,
                     llvm::Expected<llvm::json::Value> Result) = 0;

  class MessageHandler;
  virtual llvm::Error loop(MessageHandler &) = 0;
};

enum JSONStreamStyle { Standard, Delimited };

/// Deliberately incomplete: its table of virtual functions must be clangd's.
class SymbolIndex {
public:
  virtual ~SymbolIndex();
};

} // namespace clang::clangd

#endif // COROLINT_TOOLS_CLANGD_CLANGDAPI_H
