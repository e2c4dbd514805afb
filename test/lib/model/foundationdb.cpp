// RUN: %corolint_model_check --model=%models/foundationdb.yaml %s -- -std=c++20 -I%stubs

#include <foundationdb/foundationdb.h>
