// REQUIRES: libev-headers
// RUN: %corolint_model_check --model=%models/libev.yaml %s -- -std=c++20

#include <ev.h>
