// Clang has these attributes since 20.
// REQUIRES: llvm-22
// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// Ours against Clang's.

#include <corolint/annotations.h>

COROLINT_BLOCKING int ours_blocking() [[clang::nonblocking]];
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: 'ours_blocking' is declared both blocking and nonblocking [{{.*}}]

COROLINT_NONBLOCKING int ours_nonblocking() [[clang::blocking]];
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: 'ours_nonblocking' is declared both blocking and nonblocking [{{.*}}]

COROLINT_BLOCKING int agreed_ok() [[clang::blocking]];
COROLINT_NONBLOCKING int agreed_too_ok() [[clang::nonblocking]];
