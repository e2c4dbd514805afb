//===-- Context.cpp - The thread-local context stack ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/Context.h"

using namespace corolint::rt::detail;

constinit thread_local ThreadContext corolint::rt::detail::ThisThread;
