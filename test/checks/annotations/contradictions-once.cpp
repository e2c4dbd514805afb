// RUN: %check_corolint %s coro-* %t -std=c++20
// With every check on, a contradiction is still said once.

#include <corolint/annotations.h>

COROLINT_BLOCKING COROLINT_NONBLOCKING int both();
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: 'both' is declared both blocking and nonblocking [{{.*}}]

[[clang::annotate("corolint::no_yeild")]] void misspelt();
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: unknown corolint annotation 'corolint::no_yeild'; did you mean 'corolint::no_yield'? [{{.*}}]
