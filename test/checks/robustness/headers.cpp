// RUN: %clang_tidy --checks=-*,coro-* --config={} --header-filter=.* %s -- -std=c++20 -I%source/include -I%S/../Inputs > %t.out 2>&1
// RUN: FileCheck %s --input-file=%t.out
// RUN: grep -c 'warning: .*coro-' %t.out | FileCheck %s --check-prefix=COUNT
// RUN: %clang_tidy --checks=-*,coro-* --config={} --header-filter=^$ %s -- -std=c++20 -I%source/include -I%S/../Inputs > %t.filtered.out 2>&1
// RUN: FileCheck %s --input-file=%t.filtered.out --check-prefix=MAIN --implicit-check-not=header.h:{{[0-9]+}}:{{[0-9]+}}:{{.*}}warning
// A finding in a header is reported once, and only if --header-filter says so.

// CHECK-DAG: header.h:9:3: warning: call to 'block_in_header' may block in coroutine 'in_header'
// CHECK-DAG: header.h:14:3: warning: call to 'block_in_header' may block in coroutine 'template_in_header
// CHECK-DAG: headers.cpp:[[@LINE+18]]:3: warning: call to 'block_in_header' may block in coroutine 'calls_header'
// CHECK-DAG: headers.cpp:[[@LINE+18]]:3: warning: call to 'through_header' may block in coroutine 'calls_header'
// CHECK-DAG: headers.cpp:[[@LINE+18]]:3: warning: call to 'block_in_header' may block in coroutine 'calls_header'
// COUNT: {{^}}5{{$}}

// MAIN: headers.cpp:[[@LINE+13]]:3: warning: call to 'block_in_header'
// MAIN: headers.cpp:[[@LINE+13]]:3: warning: call to 'through_header'
// MAIN: headers.cpp:[[@LINE+13]]:3: warning: call to 'block_in_header'

#include "Inputs/header.h"
#include "Inputs/header.h"

void instantiate() {
  (void)template_in_header(1);
  (void)template_in_header('c');
}

coro::task<> calls_header() {
  block_in_header();
  through_header();
  BLOCK_IN_HEADER();
  co_return;
}
