// REQUIRES: sdbus-cpp-headers
// RUN: %corolint_model_check --model=%models/sdbus-cpp.yaml %s -- -std=c++20

#include <sdbus-c++/sdbus-c++.h>
