// REQUIRES: pqxx-headers
// RUN: %corolint_model_check --model=%models/pqxx.yaml %s -- -std=c++20

#include <pqxx/pqxx>
