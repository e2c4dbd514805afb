// REQUIRES: liburing-headers
// RUN: %corolint_model_check --model=%models/liburing.yaml %s -- -std=c++20

#include <liburing.h>
