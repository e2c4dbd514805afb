//===-- Main.cpp - clangd with the checks inside --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// corolint-clangd is Debian's clangd, with the same archives and main function.
// The other files here replace five of clangd's functions.
//
//===----------------------------------------------------------------------===//

#include "ClangdApi.h"

int main(int ArgCount, char *Arguments[]) {
  return clang::clangd::clangdMain(ArgCount, Arguments);
}
