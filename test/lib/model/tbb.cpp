// REQUIRES: tbb-headers
// RUN: %corolint_model_check --model=%models/tbb.yaml %s -- -std=c++20

#include <tbb/tbb.h>
#include <oneapi/tbb/mutex.h>
#include <oneapi/tbb/rw_mutex.h>
