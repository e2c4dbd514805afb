// REQUIRES: cpprest-headers
// RUN: %corolint_model_check --model=%models/cpprest.yaml %s -- -std=c++20

#include <pplx/pplxtasks.h>
