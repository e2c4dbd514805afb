// REQUIRES: lmdb-headers
// RUN: %corolint_model_check --model=%models/lmdb.yaml %s -- -std=c++20

#include <lmdb.h>
