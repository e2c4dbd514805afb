// RUN: %check_corolint %s coro-* %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/effects.yaml;%S/Inputs/contexts.yaml"}}'
// Several model files together, beside the built-in ones.

#include "coro.h"
#include <unistd.h>
using namespace coro;

namespace app {
int query(int); // effects.yaml
int block();    // contexts.yaml
} // namespace app

task<> calls() {
  app::query(1); // warn: coro-blocking-call
  app::block(); // warn: coro-blocking-call
  sleep(1); // warn: coro-blocking-call
  co_return;
}
