// REQUIRES: cpp-httplib-headers
// RUN: %corolint_model_check --model=%models/cpp-httplib.yaml %s \
// RUN:   -- -std=c++20

#include <httplib.h>
