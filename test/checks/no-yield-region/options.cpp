// RUN: %check_corolint %s coro-no-yield-region %t -std=c++20 -check-suffixes=DEFAULT
// RUN: %check_corolint %s coro-no-yield-region %t -std=c++20 -check-suffixes=SOME -- \
// RUN:   -config='{CheckOptions: {coro-no-yield-region.AllowedFunctions: "pump;app::loop::run_one"}}'
// RUN: %check_corolint %s coro-no-yield-region %t -std=c++20 -check-suffixes=INNER -- \
// RUN:   -config='{CheckOptions: {coro-no-yield-region.AllowedFunctions: "app::twice"}}'
// AllowedFunctions: what may be called in a no-yield region after all.

#include "coro.h"

COROLINT_YIELDS void pump();

namespace app {
COROLINT_YIELDS void pump();
struct loop {
  COROLINT_YIELDS void run_one();
};
inline void twice() { ::pump(); }
} // namespace app

COROLINT_NO_YIELD void free_function() {
  pump();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:3: warning: call to 'pump' yields
  // CHECK-MESSAGES-INNER: :[[@LINE-2]]:3: warning: call to 'pump' yields
}

// Names are qualified: an allowed `pump` allows no `app::pump`.
COROLINT_NO_YIELD void same_name_elsewhere() {
  app::pump();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:8: warning: call to 'pump' yields
  // CHECK-MESSAGES-SOME: :[[@LINE-2]]:8: warning: call to 'pump' yields
  // CHECK-MESSAGES-INNER: :[[@LINE-3]]:8: warning: call to 'pump' yields
}

COROLINT_NO_YIELD void method(app::loop &l) {
  l.run_one();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:5: warning: call to 'run_one' yields
  // CHECK-MESSAGES-INNER: :[[@LINE-2]]:5: warning: call to 'run_one' yields
}

// What only calls an allowed function is allowed with it.
COROLINT_NO_YIELD void through_function() {
  app::twice();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:8: warning: call to 'twice' yields
}
