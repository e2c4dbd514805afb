// REQUIRES: hiredis-headers
// RUN: %corolint_model_check --model=%models/hiredis.yaml %s -- -std=c++20

#include <hiredis/hiredis.h>
