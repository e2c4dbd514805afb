// RUN: %corolint_model_check --model=%models/sqlitecpp.yaml %s -- -std=c++20 -I%stubs

#include <sqlitecpp/sqlitecpp.h>
