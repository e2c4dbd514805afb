// REQUIRES: fmt-headers
// RUN: %corolint_model_check --model=%models/fmt.yaml %s -- -std=c++20

#include <fmt/core.h>
#include <fmt/os.h>
