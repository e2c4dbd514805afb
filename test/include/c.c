/* C sees the same header: the functions that block are often C's. */

// RUN: gcc-12 -std=c11 %warnings -fsyntax-only %s
// RUN: gcc-12 -std=c17 %warnings -fsyntax-only %s
// RUN: clang-16 -std=c11 %warnings -fsyntax-only %s
// RUN: clang-19 -std=c11 %warnings -fsyntax-only %s
// RUN: clang-22 -std=c11 %warnings -fsyntax-only %s
// RUN: clang-22 -std=c17 %warnings -fsyntax-only %s
// RUN: clang-22 -std=c11 -I%source/include -E %s | FileCheck %s

#include <corolint/annotations.h>

// CHECK: annotate("corolint::blocking"))) int fetch
COROLINT_BLOCKING int fetch(void);
// CHECK: int fetch_after(void) __attribute__((annotate("corolint::blocking", "disk")))
int fetch_after(void) COROLINT_BLOCKING_FOR("disk");
COROLINT_NONBLOCKING int peek(void);
COROLINT_YIELDS void pump(void);
COROLINT_SYNC_WAIT int join(void);
COROLINT_EVENT_LOOP void on_event(void);
COROLINT_ALLOW_BLOCKING void start(void);
void post(void (*callback)(void) COROLINT_EVENT_LOOP);

/* A struct, as a C++ guard would be. */
struct COROLINT_NO_YIELD_SCOPE scope {
  int depth;
};

/* A region is a plain block here. */
int in_region(int value) {
  COROLINT_NO_YIELD_REGION {
    value = value + 1;
  }
  return value;
}
