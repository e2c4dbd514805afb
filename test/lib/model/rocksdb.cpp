// REQUIRES: rocksdb-headers
// RUN: %corolint_model_check --model=%models/rocksdb.yaml %s -- -std=c++20

#include <rocksdb/db.h>
