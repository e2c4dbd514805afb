// REQUIRES: odbc-headers
// RUN: %corolint_model_check --model=%models/odbc.yaml %s -- -std=c++20

#include <sql.h>
#include <sqlext.h>
