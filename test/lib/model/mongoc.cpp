// REQUIRES: mongoc-headers
// RUN: %corolint_model_check --model=%models/mongoc.yaml %s -- -std=c++20 \
// RUN:   %mongoc_flags

#include <mongoc/mongoc.h>
