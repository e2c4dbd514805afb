// Only the full name turns the check on.
// RUN: %clang_tidy --checks='-*,coro-*' --config={} %s -- -std=c++20 -I%source/include -I%S/../Inputs > %t.pattern 2>&1
// RUN: FileCheck --implicit-check-not=warning: --check-prefix=OFF --allow-empty --input-file=%t.pattern %s
// RUN: %clang_tidy --checks='-*,coro-serial*' --config={} %s -- -std=c++20 -I%source/include -I%S/../Inputs > %t.prefix 2>&1
// RUN: FileCheck --implicit-check-not=warning: --check-prefix=OFF --allow-empty --input-file=%t.prefix %s
// RUN: %clang_tidy --checks='-*,coro-*,coro-serial-awaits' --config={} %s -- -std=c++20 -I%source/include -I%S/../Inputs > %t.named 2>&1
// RUN: FileCheck --implicit-check-not=warning: --check-prefix=ON --input-file=%t.named %s
// RUN: %clang_tidy --config='{Checks: "-*, coro-serial-awaits"}' %s -- -std=c++20 -I%source/include -I%S/../Inputs > %t.config 2>&1
// RUN: FileCheck --implicit-check-not=warning: --check-prefix=ON --input-file=%t.config %s
// RUN: %clang_tidy --checks='-*,coro-serial-awaits,-coro-*' --config={} %s -- -std=c++20 -I%source/include -I%S/../Inputs > %t.removed 2>&1 || true
// RUN: FileCheck --implicit-check-not=warning: --check-prefix=OFF --allow-empty --input-file=%t.removed %s

#include "tasks.h"
using namespace coro;

task<long> fetch(long key);

task<> row() {
  long a = co_await fetch(1);
  // OFF-NOT: independent
  // ON: named.cpp:[[@LINE-2]]:12: warning: independent tasks are awaited one after another
  long b = co_await fetch(2);
  use(a + b);
}
