// REQUIRES: folly-headers
// RUN: %corolint_model_check --model=%models/folly.yaml %s -- -std=c++20

#include <folly/SharedMutex.h>
#include <folly/Synchronized.h>
#include <folly/coro/BlockingWait.h>
#include <folly/futures/Future.h>
#include <folly/synchronization/Baton.h>
