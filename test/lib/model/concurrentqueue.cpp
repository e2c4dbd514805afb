// REQUIRES: concurrentqueue-headers
// RUN: %corolint_model_check --model=%models/concurrentqueue.yaml %s \
// RUN:   -- -std=c++20

#include <concurrentqueue/blockingconcurrentqueue.h>
