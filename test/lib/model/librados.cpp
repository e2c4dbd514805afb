// REQUIRES: librados-headers
// RUN: %corolint_model_check --model=%models/librados.yaml %s -- -std=c++20

#include <rados/librados.hpp>
