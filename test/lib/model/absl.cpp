// REQUIRES: absl-headers
// RUN: %corolint_model_check --model=%models/absl.yaml %s -- -std=c++20

#include <absl/synchronization/mutex.h>
#include <absl/synchronization/notification.h>
#include <absl/synchronization/barrier.h>
#include <absl/synchronization/blocking_counter.h>
#include <absl/base/call_once.h>
#include <absl/time/clock.h>
