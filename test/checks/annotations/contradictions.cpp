// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// A function cannot both block and not block: said, never guessed.

#include "coro.h"
using namespace coro;

COROLINT_BLOCKING COROLINT_NONBLOCKING int both();
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: 'both' is declared both blocking and nonblocking [{{.*}}]

COROLINT_BLOCKING int on_two_declarations();
COROLINT_NONBLOCKING int on_two_declarations();
// CHECK-MESSAGES: warning: 'on_two_declarations' is declared both blocking and nonblocking [{{.*}}]

struct object {
  COROLINT_BLOCKING COROLINT_NONBLOCKING void method();
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: 'method' is declared both blocking and nonblocking [{{.*}}]
};

template <typename T> COROLINT_BLOCKING COROLINT_NONBLOCKING void of_template(T);
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: 'of_template' is declared both blocking and nonblocking [{{.*}}]
void use() {
  of_template(1);
  of_template('c');
}

// These go together.
COROLINT_BLOCKING COROLINT_SYNC_WAIT void wait_ok();
COROLINT_BLOCKING COROLINT_YIELDS void yield_ok();
COROLINT_NONBLOCKING COROLINT_YIELDS void pump_ok();
COROLINT_BLOCKING COROLINT_ALLOW_BLOCKING void worker_ok();
COROLINT_BLOCKING int overloaded_ok(int);
COROLINT_NONBLOCKING int overloaded_ok(char);
