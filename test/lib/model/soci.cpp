// REQUIRES: soci-headers
// RUN: %corolint_model_check --model=%models/soci.yaml %s -- -std=c++20

#include <soci/soci.h>
