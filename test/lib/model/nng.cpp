// REQUIRES: nng-headers
// RUN: %corolint_model_check --model=%models/nng.yaml %s -- -std=c++20

#include <nng/nng.h>
#include <nng/supplemental/util/platform.h>
