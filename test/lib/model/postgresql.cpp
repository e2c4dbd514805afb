// REQUIRES: postgresql-headers
// RUN: %corolint_model_check --model=%models/postgresql.yaml %s \
// RUN:   -- -std=c++20

#include <postgresql/libpq-fe.h>
