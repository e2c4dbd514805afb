// RUN: %corolint_model_check --model=%models/libmdbx.yaml %s -- -std=c++20 -I%stubs

#include <libmdbx/libmdbx.h>
