// REQUIRES: libuv-headers
// RUN: %corolint_model_check --model=%models/libuv.yaml %s -- -std=c++20

#include <uv.h>
