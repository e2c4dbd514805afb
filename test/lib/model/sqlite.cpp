// REQUIRES: sqlite-headers
// RUN: %corolint_model_check --model=%models/sqlite.yaml %s -- -std=c++20

#include <sqlite3.h>
