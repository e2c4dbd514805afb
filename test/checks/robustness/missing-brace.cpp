// RUN: %not %clang_tidy --checks=-*,coro-* --config={} %s -- -std=c++20 -I%source/include -I%S/../Inputs > %t.out 2>&1
// RUN: FileCheck %s --input-file=%t.out --implicit-check-not=Stack
// A file that ends in the middle of a coroutine.
// DOES-NOT-COMPILE
// CHECK: error: expected '}'

#include "coro.h"

namespace {
coro::task<> unfinished(bool c) {
  COROLINT_NO_YIELD_REGION {
    if (c)
      co_await coro::async_op<
