// REQUIRES: leveldb-headers
// RUN: %corolint_model_check --model=%models/leveldb.yaml %s -- -std=c++20

#include <leveldb/db.h>
#include <leveldb/write_batch.h>
